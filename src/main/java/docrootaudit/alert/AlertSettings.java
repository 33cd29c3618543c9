package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told of what, and when.
 *
 * @param to addresses that are told of every root
 * @param owners addresses that are told of one root, by its path as configured
 * @param hold how long the first event waits for others to be told with it
 * @param recovered whether people are told that something is over
 * @param reminder after how long people are told again of what is still there; empty: never
 * @param damping when something counts as flapping
 * @param limit how many messages a recipient gets in an hour; what is more waits for the next
 * @param patience how long a message is tried before it is given up
 */
public record AlertSettings(
        List<String> to,
        Map<PathBytes, List<String>> owners,
        Duration hold,
        Recovered recovered,
        Optional<Duration> reminder,
        Damping damping,
        int limit,
        Duration patience) {
    public static final AlertSettings DEFAULT = new AlertSettings(
            List.of(),
            Map.of(),
            Duration.ofSeconds(60),
            Recovered.TOLD,
            Optional.empty(),
            new Damping(4, 10, 5),
            10,
            Duration.ofDays(5));

    public AlertSettings {
        to = List.copyOf(to);
        owners = Map.copyOf(owners);
    }

    /** Whether people are told that something is over. */
    public enum Recovered {
        TOLD,
        UNTOLD
    }

    /**
     * When something counts as flapping.
     *
     * @param changes so many
     * @param scans in so many scans make it unstable
     * @param calm after so many scans without a change it is at rest
     */
    public record Damping(int changes, int scans, int calm) {
        /** How many scans have to be looked at. */
        public int window() {
            return Math.max(scans, calm + 1);
        }
    }

    /** The same with other owners. */
    public AlertSettings withOwners(Map<PathBytes, List<String>> others) {
        return new AlertSettings(to, others, hold, recovered, reminder, damping, limit, patience);
    }

    /** The same with another reminder. */
    public AlertSettings withReminder(Optional<Duration> other) {
        return new AlertSettings(to, owners, hold, recovered, other, damping, limit, patience);
    }

    /** The addresses that are told of a root, each once. */
    public List<String> addresses(PathBytes root) {
        Set<String> all = new LinkedHashSet<>(to);
        all.addAll(owners.getOrDefault(root.withoutDots(), List.of()));
        return List.copyOf(all);
    }

    /** All addresses there are. */
    public List<String> addresses() {
        Set<String> all = new LinkedHashSet<>(to);
        owners.values().forEach(all::addAll);
        return new ArrayList<>(all);
    }
}
