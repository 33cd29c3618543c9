package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Subject;
import docrootaudit.finding.Unseen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scans and refusals that tests record: the scan of hour 3 begins at the third hour of 1970. */
final class Scans {
    static final Subject WWW = new Subject(PathBytes.of("/srv/www"), 33, "default");
    static final StoreOwner NOBODY = uid -> {
        throw new IllegalStateException("asked to become " + uid);
    };

    private Scans() {}

    static History open(Path directory) throws StoreException {
        return History.open(directory, NOBODY, Duration.ZERO);
    }

    static Instant hour(int hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }

    static ScanRecord finished(int hour, String... unseen) {
        return scan(WWW, hour, true, unseen);
    }

    static ScanRecord interrupted(int hour) {
        return scan(WWW, hour, false);
    }

    static ScanRecord scan(Subject subject, int hour, boolean finished, String... unseen) {
        List<Unseen> parts = Stream.of(unseen)
                .map(path -> new Unseen(PathBytes.of(path), "permission denied", false))
                .toList();
        return new ScanRecord(subject, hour(hour), hour(hour).plusSeconds(60), finished, 1000, parts);
    }

    static PackedNames names(String... names) {
        return PackedNames.of(Stream.of(names).map(PathBytes::of).toArray(PathBytes[]::new));
    }

    static Refusals files(String directory, String... names) {
        return refused(directory, CauseKind.MODE, "other::---", names);
    }

    static Refusals refused(String directory, CauseKind kind, String rule, String... names) {
        return new Refusals(
                PathBytes.of(directory), names(names), kind, rule, Optional.empty(), false, false, names.length);
    }

    static Refusals behind(Refusals r) {
        return new Refusals(r.directory(), r.names(), r.kind(), r.rule(), r.blame(), true, r.intended(), 0);
    }

    static Refusals intended(Refusals r) {
        return new Refusals(r.directory(), r.names(), r.kind(), r.rule(), r.blame(), r.behind(), true, r.paths());
    }

    static Refusals standingFor(long paths, Refusals r) {
        return new Refusals(r.directory(), r.names(), r.kind(), r.rule(), r.blame(), r.behind(), r.intended(), paths);
    }

    static Refusals blaming(String blame, Refusals r) {
        return new Refusals(
                r.directory(),
                r.names(),
                r.kind(),
                r.rule(),
                Optional.of(PathBytes.of(blame)),
                r.behind(),
                r.intended(),
                r.paths());
    }
}
