package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Who was refused, how often, when and where: numbers and paths, nothing of any visitor. */
public final class Crowd {
    /** As many URLs are remembered of one place; of the others only how many they are. */
    private static final int URLS = 16;

    private final Distinct visitors = new Distinct();
    private final Distinct bots = new Distinct();
    private final Distinct differentUrls = new Distinct();
    private final Map<PathBytes, Long> urls = new HashMap<>();
    private long errors;
    private long answeredErrors;
    private long answers;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** A URL and how many requests for it were refused. */
    public record Url(PathBytes path, long requests) {}

    /** One line of an error log. */
    void error() {
        errors++;
    }

    /**
     * One line of an access log.
     *
     * @param lines so many lines of an error log are about requests that the access log has too
     */
    void answer(int lines) {
        answers++;
        answeredErrors += lines;
    }

    void at(OptionalLong second) {
        if (second.isPresent()) {
            first = Math.min(first, second.getAsLong());
            last = Math.max(last, second.getAsLong());
        }
    }

    void visitor(long hash, Agent agent) {
        visitors.add(hash);
        if (agent == Agent.BOT) {
            bots.add(hash);
        }
    }

    void url(PathBytes path, long hash, long requests) {
        differentUrls.add(hash);
        if (urls.size() < URLS || urls.containsKey(path)) {
            urls.merge(path, requests, Long::sum);
        }
    }

    /** Adds another one; both stay what they are. */
    public Crowd with(Crowd other) {
        Crowd both = new Crowd();
        both.add(this);
        both.add(other);
        return both;
    }

    private void add(Crowd other) {
        visitors.add(other.visitors);
        bots.add(other.bots);
        differentUrls.add(other.differentUrls);
        other.urls.forEach((path, requests) -> urls.merge(path, requests, Long::sum));
        if (urls.size() > URLS) {
            Map<PathBytes, Long> most = new HashMap<>();
            urls(URLS).forEach(u -> most.put(u.path(), u.requests()));
            urls.keySet().retainAll(most.keySet());
        }
        errors += other.errors;
        answeredErrors += other.answeredErrors;
        answers += other.answers;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
    }

    /** How many requests were refused: those of access logs, and those of which an error log alone tells. */
    public long requests() {
        return answers + errors - answeredErrors;
    }

    /** How many of them an access log has. */
    public long answers() {
        return answers;
    }

    /** From how many different addresses they came that no bot used; about, where they are many. */
    public long visitors() {
        return Math.max(0, visitors.count() - bots.count());
    }

    /** From how many addresses those came that call themselves a program; about, where they are many. */
    public long bots() {
        return Math.min(bots.count(), visitors.count());
    }

    /** When the first one was, to the second; empty if no log said. */
    public Optional<Instant> first() {
        return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(first));
    }

    /** When the last one was. */
    public Optional<Instant> last() {
        return last == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(last));
    }

    /** The URLs that were asked for most. */
    public List<Url> urls(int most) {
        return urls.entrySet().stream()
                .map(e -> new Url(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingLong(Url::requests).reversed().thenComparing(Url::path))
                .limit(most)
                .toList();
    }

    /** How many different URLs there were; about, where they are many. */
    public long differentUrls() {
        return Math.max(differentUrls.count(), urls.size());
    }
}
