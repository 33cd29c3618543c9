package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Encounters;
import docrootaudit.finding.LogCounts;
import docrootaudit.server.log.Crowd;
import docrootaudit.server.log.LogKind;
import docrootaudit.server.log.LogReading;
import docrootaudit.server.log.Spot;
import docrootaudit.server.log.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Follows logs and counts what they tell, in memory alone, a day at a time. One thread polls it; any may ask for the
 * counts.
 */
public final class LogFollower {
    private static final Duration WINDOW = Duration.ofDays(1);
    /** So that a flood in one file does not keep the others waiting. */
    private static final int LINES_AT_ONCE = 200_000;

    private static final int WORST = 20;

    private final Host host;
    private final LogReading reading;
    private final long key;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PathBytes, FollowedLog> logs = new LinkedHashMap<>();
    private Tally tally;
    private Instant since;

    /**
     * @param zone of the times in logs that name none
     * @param key random, by which visitors are told from each other and by nobody else
     */
    public LogFollower(Host host, ZoneId zone, long key, Clock clock) {
        this.host = host;
        this.reading = LogReading.usual(zone);
        this.key = key;
        this.clock = clock;
        this.tally = Tally.ofGrowingFiles(key);
        this.since = clock.instant();
    }

    /** Follows these from now on, and no others. */
    public void follow(List<LogInput> wanted) {
        lock.lock();
        try {
            logs.values().removeIf(log -> {
                boolean gone = wanted.stream().noneMatch(w -> w.file().equals(log.path()));
                if (gone) {
                    log.close();
                }
                return gone;
            });
            wanted.forEach(input -> logs.computeIfAbsent(input.file(), path -> followed(input)));
        } finally {
            lock.unlock();
        }
    }

    private FollowedLog followed(LogInput input) {
        LogOpening opening = new LogOpening(host);
        return new FollowedLog(input, opening::open, reading.trying(input.formats(), input.errorFormats()));
    }

    /** Reads what has come. To be called every few seconds. */
    public void poll() {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (since.plus(WINDOW).isBefore(now)) {
                tally = Tally.ofGrowingFiles(key);
                since = now;
            }
            List<FollowedLog> ordered = new ArrayList<>(logs.values());
            ordered.forEach(log -> log.look(now));
            // error logs first: an answer is joined to the lines before it
            ordered.sort(Comparator.comparing(log -> log.kind().orElse(LogKind.ACCESS)));
            ordered.forEach(log -> log.read(LINES_AT_ONCE, tally::add));
        } finally {
            lock.unlock();
        }
    }

    /** What they told; empty if no file is followed, or one of them does not answer. */
    public Optional<LogCounts> counts() {
        try {
            if (!lock.tryLock(1, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return logs.isEmpty() ? Optional.empty() : Optional.of(counted());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whom a cause met since counting began; empty if nobody, or it cannot be told now.
     *
     * @param blamed the path to blame, or the directory that holds those
     * @param names how many names in it are
     */
    public Optional<Encounters> met(PathBytes blamed, int names) {
        try {
            if (!lock.tryLock(1, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return tally.spots().stream()
                    .filter(s -> s.key()
                            .file()
                            .filter(f -> isBehind(f, blamed, names))
                            .isPresent())
                    .map(Spot::crowd)
                    .reduce(Crowd::with)
                    .map(c -> new Encounters(c.requests(), c.visitors(), c.bots(), c.first(), c.last()));
        } finally {
            lock.unlock();
        }
    }

    private static boolean isBehind(PathBytes file, PathBytes blamed, int names) {
        return names == 1
                ? file.startsWith(blamed)
                : file.parent().filter(blamed::equals).isPresent();
    }

    private LogCounts counted() {
        List<Spot> spots = tally.spots();
        List<Spot> worst = spots.stream()
                .sorted(Comparator.comparingLong((Spot s) -> s.crowd().requests())
                        .reversed())
                .limit(WORST)
                // a copy: counting goes on
                .map(s -> new Spot(s.key(), s.text(), s.crowd().with(new Crowd())))
                .toList();
        List<LogCounts.Followed> files = logs.values().stream()
                .map(log -> new LogCounts.Followed(log.path(), log.state()))
                .toList();
        return new LogCounts(since, files, tally.refused(), tally.unexplained(), spots.size(), worst);
    }
}
