package docrootaudit.history;

import docrootaudit.access.Attributes;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.Changes;
import docrootaudit.finding.GrantedFiles;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Says what people may have to be told of a scan, while its findings are being written. */
@FunctionalInterface
public interface Alerting {
    /** Nobody wants to know. */
    Alerting NONE = (changes, past) -> List.of();

    /**
     * What is to be queued.
     *
     * @param changes what the scan changed
     * @param past what was known before it
     * @return in the order in which they happened
     */
    List<Queued> of(Changes changes, Past past) throws SQLException;

    /**
     * What waits for whoever reads the queue.
     *
     * @param body only he has to understand it
     * @param hearing whether anybody is told of it
     */
    record Queued(String body, Hearing hearing) {}

    /** Whether people hear of something. */
    enum Hearing {
        TOLD,
        /** It only ends what they were told. */
        SILENT
    }

    /**
     * What the store knows from before a scan.
     *
     * @param told whether people were told of such a scan before
     * @param granted what was last seen granted
     * @param blinded the parts that this scan is the first not to see
     * @param seeing the parts that it sees again
     */
    record Past(Told told, Granted granted, List<Blind> blinded, List<Blind> seeing) {}

    /** Whether people know how a root stands, as scans of one subject see it. */
    enum Told {
        /** They know, and hear what changes. */
        BEFORE,
        /** They hear of all there is. */
        FIRST,
        /** Nobody wants to know. */
        NOBODY,
        /** They do not know, and this scan was interrupted: the next one tells all. */
        NOT_YET
    }

    /** Looks up what was last seen granted. */
    interface Granted {
        /** Of a root that was not scanned. */
        Granted NOTHING = new Granted() {
            @Override
            public Optional<Attributes> of(PathBytes directory) {
                return Optional.empty();
            }

            @Override
            public GrantedFiles files(PathBytes directory) {
                return GrantedFiles.UNKNOWN;
            }
        };

        /** What a directory was like; empty if that is not known. */
        Optional<Attributes> of(PathBytes directory) throws SQLException;

        /** What the files of a directory were like. */
        GrantedFiles files(PathBytes directory) throws SQLException;
    }
}
