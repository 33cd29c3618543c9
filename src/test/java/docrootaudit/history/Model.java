package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Unseen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the history should say, the slow and simple way: every name an entry of a map, every scan a copy of it. */
final class Model {
    record Named(String directory, String name, CauseKind.Family family, String blame) implements Comparable<Named> {
        PathBytes path() {
            return directory.equals("/") && name.equals(".")
                    ? PathBytes.ROOT
                    : PathBytes.of(directory).resolve(name);
        }

        @Override
        public int compareTo(Named other) {
            return toString().compareTo(other.toString());
        }
    }

    record Seen(CauseKind kind, String rule, boolean behind, boolean intended) {
        boolean isAlarming(Named name) {
            return !behind && !intended && name.blame().isEmpty();
        }
    }

    /** Under which all of it is told. */
    static final String CAUSE = "0123456789abcdef";

    record Answer(
            Optional<Instant> previous,
            TreeSet<String> since,
            TreeMap<String, Integer> recovered,
            TreeSet<String> surfaced) {}

    private record Open(Seen seen, Instant first, boolean told) {}

    private record Past(ScanRecord scan, Map<Named, Open> open) {}

    private final List<Past> past = new ArrayList<>();
    private Map<Named, Open> open = new TreeMap<>();

    Answer record(ScanRecord scan, Map<Named, Seen> seen) {
        Optional<Instant> previous = Optional.empty();
        for (Past before : past) {
            previous = before.scan().finished() ? Optional.of(before.scan().started()) : previous;
        }
        Map<Named, Open> next = new TreeMap<>();
        TreeMap<String, Integer> recovered = new TreeMap<>();
        open.forEach((key, was) -> {
            if (!seen.containsKey(key)) {
                if (!scan.finished() || isUnseen(key, scan.unseen())) {
                    next.put(key, was);
                } else if (!was.seen().behind()) {
                    String more = was.first() + " " + was.seen().intended() + " " + (was.told() ? CAUSE : "");
                    recovered.merge(
                            line(
                                    PathBytes.of(key.directory()),
                                    PathBytes.of(key.name()),
                                    was.seen().kind(),
                                    was.seen().rule(),
                                    more),
                            1,
                            Integer::sum);
                }
            }
        });
        TreeSet<String> since = new TreeSet<>();
        TreeSet<String> surfaced = new TreeSet<>();
        for (Map.Entry<Named, Seen> entry : seen.entrySet()) {
            Named key = entry.getKey();
            Seen how = entry.getValue();
            Instant first = open.containsKey(key) ? open.get(key).first() : scan.started();
            boolean told = open.containsKey(key) && open.get(key).told();
            if (how.isAlarming(key) && !told) {
                surfaced.add(line(PathBytes.of(key.directory()), PathBytes.of(key.name()), how.kind(), how.rule(), ""));
            }
            next.put(key, new Open(how, first, told || how.isAlarming(key)));
            String state = previous.isPresent() && first.isAfter(previous.get()) ? "NEW" : "KNOWN";
            since.add(line(
                    PathBytes.of(key.directory()),
                    PathBytes.of(key.name()),
                    how.kind(),
                    how.rule(),
                    first + " " + state));
        }
        open = next;
        past.add(new Past(scan, next));
        return new Answer(previous, since, recovered, surfaced);
    }

    /** What {@link History#at} says of a path at an hour: refused by what, or not, or not seen. */
    String stateAt(PathBytes path, int hour) {
        String state = "NotSeen";
        for (Past scan : past) {
            if (scan.scan().started().isAfter(Scans.hour(hour))) {
                break;
            }
            Set<String> by = new TreeSet<>();
            scan.open().forEach((name, was) -> {
                if (path.startsWith(name.path())) {
                    by.add(cause(name.path(), was.seen().kind(), was.seen().rule(), was.first()));
                }
            });
            state = !by.isEmpty() ? "Refused " + by : lookedBy(path, scan) ? "NotRefused" : "NotSeen";
        }
        return state;
    }

    static String cause(PathBytes path, CauseKind kind, String rule, Instant firstSeen) {
        return String.join(" ", path.toString(), kind.toString(), rule, firstSeen.toString());
    }

    private boolean lookedBy(PathBytes path, Past until) {
        return past.subList(0, past.indexOf(until) + 1).stream()
                .anyMatch(scan -> scan.scan().finished()
                        && scan.scan().unseen().stream().noneMatch(part -> path.startsWith(part.path())));
    }

    static boolean isUnseen(Named key, List<Unseen> unseen) {
        PathBytes blame = PathBytes.of(key.blame());
        return unseen.stream()
                .anyMatch(part -> key.path().startsWith(part.path())
                        || (!key.blame().isEmpty() && blame.startsWith(part.path())));
    }

    static String line(PathBytes directory, PathBytes name, CauseKind kind, String rule, String more) {
        return String.join(" ", directory.toString(), name.toString(), kind.toString(), rule, more);
    }
}
