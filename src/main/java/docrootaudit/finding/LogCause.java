package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.server.log.Crowd;
import docrootaudit.server.log.Symptom;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that refused visitors, as logs tell it, and what stands behind it now.
 *
 * @param id the cause's own where it is explained, as scans call it; else one that only logs have
 * @param symptom what the logs say
 * @param code the message's number or the rule's id; else empty
 * @param text the firewall's or kernel's own words; else empty
 * @param status what was answered, where the logs say
 * @param site the virtual host, where only the URL tells what it is about; else empty
 * @param path what is to blame: the inode that refuses, else the file or directory that the logs name
 * @param url the path of the URL, where no file is known
 * @param places how many files or URLs it stands for
 * @param why the file system's own answer about one of them, as it is now
 * @param crowd whom it refused
 */
public record LogCause(
        String id,
        Symptom symptom,
        String code,
        String text,
        OptionalInt status,
        String site,
        Optional<PathBytes> path,
        Optional<PathBytes> url,
        int places,
        Optional<Explanation> why,
        Crowd crowd) {
    /** The refusal that the file system would answer now. */
    public Optional<Cause> cause() {
        return why.filter(w -> w.answer() == PathVerdict.Answer.DENIED)
                .flatMap(w -> w.causes().stream().findFirst());
    }

    /** The cause's name in the documents; empty where nothing is known but that it was refused. */
    public Optional<String> word() {
        Optional<String> known = cause().map(c -> c.kind().word());
        return known.isPresent() || symptom == Symptom.UNEXPLAINED ? known : Optional.of(symptom.word());
    }

    /** Whether credentials were asked for, which is how a login begins. */
    public boolean isChallenge() {
        return status.isPresent() && status.getAsInt() == 401;
    }
}
