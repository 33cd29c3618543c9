package docrootaudit.audit;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.finding.Cause;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.LogCause;
import docrootaudit.server.log.Spot;
import docrootaudit.server.log.Symptom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes causes of what logs tell. An error log names the whole path, never the component that refused: so the file
 * system is asked, as it is now, and what has one component to blame is one cause.
 */
final class LogCauses {
    /** So many paths are asked about; one below a directory that is known to be closed is not. */
    private static final int MOST_ASKED = 500;

    private static final Set<Symptom> OF_FILES =
            Set.of(Symptom.PERMISSION, Symptom.HTACCESS, Symptom.SYMLINK, Symptom.AUTH);

    private final LogAudit.Explaining explaining;
    private final Map<String, LogCause> causes = new LinkedHashMap<>();
    private final Map<PathBytes, Closed> closed = new LinkedHashMap<>();
    private int asked;
    private int unasked;

    /** A directory that refuses search, and what explained it. */
    private record Closed(String key, Explanation why) {}

    LogCauses(LogAudit.Explaining explaining) {
        this.explaining = explaining;
    }

    /** What the spots have in common, that which met most requests first. */
    List<LogCause> of(List<Spot> spots) {
        List<Spot> byRequests = new ArrayList<>(spots);
        byRequests.sort(
                Comparator.comparingLong((Spot s) -> s.crowd().requests()).reversed());
        byRequests.forEach(this::add);
        List<LogCause> all = new ArrayList<>(causes.values());
        all.sort(Comparator.comparingLong((LogCause c) -> c.crowd().requests()).reversed());
        return all;
    }

    /** How many paths were too many to be asked about. */
    int unasked() {
        return unasked;
    }

    private void add(Spot spot) {
        Optional<PathBytes> file = spot.key().file();
        if (file.isPresent()
                && file.get().isAbsolute()
                && OF_FILES.contains(spot.key().symptom())) {
            Optional<Closed> above = above(file.get());
            if (above.isPresent()) {
                merge(above.get().key(), spot, Optional.of(above.get().why()));
                return;
            }
            Optional<Explanation> why = asked++ < MOST_ASKED ? explain(spot, file.get()) : Optional.empty();
            if (why.isPresent()) {
                explained(spot, file.get(), why.get());
                return;
            }
            unasked++;
            merge(spot.key().symptom() + " unasked " + file.get().parent().orElse(file.get()), spot, Optional.empty());
            return;
        }
        merge(spot.key().toString(), spot, Optional.empty());
    }

    /** What is not there behind a closed directory cannot be mended, the directory can: an index, an .htaccess. */
    private Optional<Explanation> explain(Spot spot, PathBytes file) {
        Optional<Explanation> why = explaining.of(file, need(spot));
        Optional<PathBytes> directory = why.filter(w -> w.remedies().fixes().isEmpty())
                .flatMap(LogCauses::cause)
                .filter(c -> c.kind() == CauseKind.SEARCH)
                .map(Cause::path);
        return directory.isPresent() ? explaining.of(directory.get(), Optional.of(Need.SEARCH)) : why;
    }

    private void explained(Spot spot, PathBytes file, Explanation why) {
        Optional<Cause> cause = cause(why);
        String key = key(spot, file, why, cause);
        cause.filter(c -> c.kind() == CauseKind.SEARCH).ifPresent(c -> closed.put(c.path(), new Closed(key, why)));
        merge(key, spot, Optional.of(why));
    }

    private Optional<Closed> above(PathBytes file) {
        for (Optional<PathBytes> path = file.parent();
                path.isPresent();
                path = path.get().parent()) {
            Closed known = closed.get(path.get());
            if (known != null) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** A server that is refused a socket cannot pass a request on. */
    private static Optional<Need> need(Spot spot) {
        int status = spot.key().status().orElse(0);
        return spot.key().symptom() == Symptom.PERMISSION && status > 500 ? Optional.of(Need.WRITE) : Optional.empty();
    }

    private static Optional<Cause> cause(Explanation why) {
        return why.answer() == PathVerdict.Answer.DENIED ? why.causes().stream().findFirst() : Optional.empty();
    }

    /** Files of one directory that are refused alike are one cause, as in scans. */
    private static String key(Spot spot, PathBytes file, Explanation why, Optional<Cause> cause) {
        if (cause.isEmpty()) {
            return spot.key().symptom() + " " + why.answer() + " "
                    + file.parent().orElse(file);
        }
        Cause first = cause.get();
        boolean isOneOfMany = first.kind() != CauseKind.SEARCH && first.path().equals(file);
        PathBytes place = isOneOfMany ? file.parent().orElse(file) : first.path();
        return first.kind() + " " + first.rule() + " " + place;
    }

    private void merge(String key, Spot spot, Optional<Explanation> why) {
        LogCause more = cause(spot, why);
        causes.merge(
                key,
                more,
                (a, b) -> new LogCause(
                        a.id(),
                        a.symptom(),
                        a.code(),
                        a.text(),
                        a.status(),
                        a.site(),
                        a.path(),
                        a.url(),
                        a.places() + b.places(),
                        a.why(),
                        a.crowd().with(b.crowd())));
    }

    private static LogCause cause(Spot spot, Optional<Explanation> why) {
        Spot.Key key = spot.key();
        Optional<Cause> cause = why.flatMap(LogCauses::cause);
        Optional<PathBytes> path = cause.map(Cause::path).or(key::file);
        String id = cause.isPresent()
                ? CauseId.of(
                        why.get().identity().principal().uid(),
                        cause.get().path(),
                        cause.get().kind())
                : CauseId.ofLog(
                        key.symptom().word() + " " + key.code() + " " + key.site(),
                        path.or(key::url).orElse(PathBytes.of("")));
        return new LogCause(
                id,
                key.symptom(),
                key.code(),
                spot.text(),
                key.status(),
                key.site(),
                path,
                key.url(),
                1,
                why,
                spot.crowd());
    }
}
