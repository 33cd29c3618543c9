package docrootaudit.audit;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.finding.Cause;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Forecast;
import docrootaudit.finding.LogCause;
import docrootaudit.finding.UrlCause;
import docrootaudit.server.log.Spot;
import docrootaudit.server.log.Symptom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes causes of what logs tell. An error log names the whole path, never the component that refused: so the file
 * system is asked, as it is now, and what has one component to blame is one cause.
 */
final class LogCauses {
    /** So many paths are asked about; one below a directory that is known to be closed is not. */
    private static final int MOST_ASKED = 500;

    /** So many requests are held against the configuration, those that most visitors met first. */
    private static final int MOST_FORESEEN = 4000;

    private static final Set<Symptom> OF_FILES =
            Set.of(Symptom.PERMISSION, Symptom.HTACCESS, Symptom.SYMLINK, Symptom.AUTH);

    private final LogAudit.Explaining explaining;
    private final Function<Spot, Optional<Forecast>> forecasting;
    private final Map<String, LogCause> causes = new LinkedHashMap<>();
    private final Map<PathBytes, Closed> closed = new LinkedHashMap<>();
    private int asked;
    private int unasked;
    private int foreseen;
    private int unforeseen;

    /** A directory that refuses search, and what explained it. */
    private record Closed(String key, Explanation why) {}

    /** @param forecasting what is predicted for the requests of a spot */
    LogCauses(LogAudit.Explaining explaining, Function<Spot, Optional<Forecast>> forecasting) {
        this.explaining = explaining;
        this.forecasting = forecasting;
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

    /** How many were too many to be held against the configuration. */
    int unforeseen() {
        return unforeseen;
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
        foretold(spot.key().toString(), spot, Optional.empty());
    }

    /** What the file system does not refuse, the configuration may: that is the cause, or it ought to have been let in. */
    private void foretold(String key, Spot spot, Optional<Explanation> why) {
        Optional<Forecast> forecast = Optional.empty();
        boolean isOnePlace = spot.key().url().isPresent() || spot.key().file().isPresent();
        if (isOnePlace && spot.crowd().answers() > 0) {
            forecast = foreseen++ < MOST_FORESEEN ? forecasting.apply(spot) : Optional.empty();
            unforeseen += foreseen > MOST_FORESEEN ? 1 : 0;
        }
        LogCause cause = cause(spot, why, forecast);
        merge(cause.rule().map(LogCauses::key).orElse(key), cause);
    }

    /** One rule is one cause, at however many URLs; nothing but a request's own line is one a URL. */
    private static String key(UrlCause rule) {
        return "rule " + rule.kind() + " " + rule.blame() + " " + rule.rule();
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
        if (cause.isPresent()) {
            merge(key, spot, Optional.of(why));
        } else {
            foretold(key, spot, Optional.of(why));
        }
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
        merge(key, cause(spot, why, Optional.empty()));
    }

    private void merge(String key, LogCause more) {
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
                        a.forecast(),
                        a.crowd().with(b.crowd())));
    }

    private static LogCause cause(Spot spot, Optional<Explanation> why, Optional<Forecast> forecast) {
        Spot.Key key = spot.key();
        LogCause cause = new LogCause(
                "",
                key.symptom(),
                key.code(),
                spot.text(),
                key.status(),
                key.site(),
                why.flatMap(LogCauses::cause).map(Cause::path).or(key::file),
                key.url(),
                1,
                why,
                forecast,
                spot.crowd());
        return cause.called(id(cause));
    }

    private static String id(LogCause cause) {
        Optional<Cause> refusal = cause.cause();
        if (refusal.isPresent()) {
            int uid = cause.why().orElseThrow().identity().principal().uid();
            return CauseId.of(uid, refusal.get().path(), refusal.get().kind());
        }
        Optional<UrlCause> rule = cause.rule();
        if (rule.isPresent()) {
            return CauseId.ofRule(
                    rule.get().kind().word() + " " + rule.get().rule(),
                    rule.get().blame().value());
        }
        String message = cause.symptom().word() + " " + cause.code() + " " + cause.site();
        return CauseId.ofLog(message, cause.path().or(cause::url).orElse(PathBytes.of("")));
    }
}
