package docrootaudit.server.log;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Counts what events tell, by what refused, in bounded memory.
 *
 * <p>A line of an access log is about the same request as a line of an error log where address and URL are the same and
 * the seconds nearly. Where an error log names no URL, as Apache's, it is the file that is most like it, or the only one. So error logs have to come before access logs.
 *
 * <p>Of addresses it keeps hashes by a key that nobody else has, and sketches of these; of whole files also one request a
 * place, for a rule may be about who asked ({@link Witness}).
 */
public final class Tally {
    /** So many places are told from each other; what comes up after them is counted by its kind. */
    static final int MOST_SPOTS = 4096;

    private static final int MOST_DOUBTFUL = 256;
    private static final int MOST_CANDIDATES = 64;
    private static final long[] NEARBY = {0, -1, 1, -2, 2};

    private final Hasher64 hasher;
    private final Joins joins;
    private final Map<Spot.Key, Spot> spots = new LinkedHashMap<>();
    private final Map<Spot.Key, Spot> doubtful = new LinkedHashMap<>();
    private final Map<Symptom, Long> crowdedOut = new EnumMap<>(Symptom.class);
    private final Map<Spot.Key, Witness> witnesses = new HashMap<>();
    private final Witnesses keeping;
    private long refused;
    private long challenged;
    private long unexplained;

    private Tally(long key, Joins joins, Witnesses keeping) {
        this.hasher = Hashing.komihash5_0(key);
        this.joins = joins;
        this.keeping = keeping;
    }

    /** Whether requests are kept to ask about them. */
    private enum Witnesses {
        ONE_A_SPOT,
        NONE
    }

    /**
     * For files that are read from their beginning to their end, error logs first.
     *
     * @param key random, of this process alone
     */
    public static Tally ofWholeFiles(long key) {
        return new Tally(key, new Joins(1 << 20, Joins.WhenFull.STOP), Witnesses.ONE_A_SPOT);
    }

    /**
     * For files that are read while they grow.
     *
     * @param key random, of this process alone
     */
    public static Tally ofGrowingFiles(long key) {
        return new Tally(key, new Joins(1 << 16, Joins.WhenFull.FORGET), Witnesses.NONE);
    }

    /** Counts an event. */
    public void add(LogEvent event) {
        if (event instanceof LogEvent.Refused line) {
            refused(line);
        } else if (event instanceof LogEvent.Answered line) {
            answered(line);
        }
    }

    /** Everything that refused somebody. */
    public List<Spot> spots() {
        return Stream.concat(spots.values().stream(), doubtful.values().stream())
                .filter(s -> s.crowd().requests() > 0)
                .toList();
    }

    /** The first request that a spot refused, if an access log has it; of growing files none is kept. */
    public Optional<Witness> witness(Spot spot) {
        return Optional.ofNullable(witnesses.get(spot.key()));
    }

    /** How many answers of 403 the access logs have. */
    public long refused() {
        return refused;
    }

    /** How many answers of 401 they have. */
    public long challenged() {
        return challenged;
    }

    /** How many of the answers of 403 no line of an error log tells about. */
    public long unexplained() {
        return unexplained;
    }

    /** How many events of each kind are not told apart from others of their kind any more. */
    public Map<Symptom, Long> crowdedOut() {
        return Map.copyOf(crowdedOut);
    }

    /** Whether there were so many error lines that some found no room to wait for their access line. */
    public boolean isJoinedInPart() {
        return joins.isIncomplete();
    }

    private void refused(LogEvent.Refused line) {
        LogEvent.What what = line.what();
        boolean certain = line.certainty() == LogEvent.Certainty.REFUSED;
        boolean byRule = what.symptom() == Symptom.WAF;
        Optional<PathBytes> url = what.subject().isPresent() || byRule ? Optional.empty() : line.url();
        Spot.Key key = new Spot.Key(
                what.symptom(),
                what.code(),
                what.status(),
                url.isPresent() ? line.site() : "",
                what.subject().map(PathBytes::withoutDots),
                url);
        if (!certain && !doubtful.containsKey(key) && doubtful.size() == MOST_DOUBTFUL) {
            return;
        }
        Spot spot = certain
                ? spot(key, what.text())
                : doubtful.computeIfAbsent(key, k -> new Spot(k, what.text(), new Crowd()));
        long visitor = hash(line.visitor().address());
        if (certain) {
            if (isToldTwice(line, spot, visitor)) {
                return;
            }
            spot.crowd().error();
            count(spot.crowd(), line, visitor);
            line.url().ifPresent(u -> spot.crowd().url(u, hash(ByteText.of(u)), 1));
        }
        if (line.second().isPresent() && !line.visitor().address().isEmpty()) {
            wait(line, spot, visitor);
        }
    }

    /** A firewall tells the error log, which knows no {@code User-Agent}, and then a log of its own, which does. */
    private boolean isToldTwice(LogEvent.Refused line, Spot spot, long visitor) {
        boolean isOwnLog = line.visitor().agent() != Agent.UNKNOWN;
        if (line.what().symptom() != Symptom.WAF
                || !isOwnLog
                || line.second().isEmpty()
                || line.url().isEmpty()) {
            return false;
        }
        long second = line.second().getAsLong();
        String url = ByteText.of(line.url().get());
        for (long away : new long[] {0, -1, 1}) {
            int row = joins.row(key(By.FIREWALL, visitor, second + away, url));
            if (row != Joins.NONE && joins.spot(row).equals(spot)) {
                spot.crowd().visitor(visitor, line.visitor().agent());
                return true;
            }
        }
        return false;
    }

    private void wait(LogEvent.Refused line, Spot spot, long visitor) {
        long second = line.second().getAsLong();
        if (line.url().isEmpty()) {
            joins.add(spot, 1, byTime(visitor, second));
            return;
        }
        long byUrl = byUrl(visitor, second, line.url().get());
        if (line.certainty() == LogEvent.Certainty.REFUSED) {
            joins.add(spot, 1, byUrl);
        } else if (joins.row(byUrl) == Joins.NONE) {
            joins.add(spot, 0, byUrl);
        }
        if (spot.key().symptom() == Symptom.WAF && line.visitor().agent() == Agent.UNKNOWN) {
            joins.add(
                    spot,
                    0,
                    key(By.FIREWALL, visitor, second, ByteText.of(line.url().get())));
        }
    }

    private void answered(LogEvent.Answered line) {
        boolean isRefusal = line.status() == 403;
        refused += isRefusal ? 1 : 0;
        challenged += isRefusal ? 0 : 1;
        long visitor = hash(line.visitor().address());
        int byUrl = line.second().isPresent() ? findByUrl(line, visitor) : Joins.NONE;
        int row = byUrl == Joins.NONE && line.second().isPresent() ? findByFile(line, visitor) : byUrl;
        int lines = row == Joins.NONE ? 0 : joins.answer(row);
        Spot spot = row == Joins.NONE ? unexplained(line, isRefusal) : joins.spot(row);
        if (keeping == Witnesses.ONE_A_SPOT) {
            line.witness().ifPresent(w -> witnesses.putIfAbsent(spot.key(), w));
        }
        Crowd crowd = spot.crowd();
        crowd.answer(lines);
        count(crowd, line, visitor);
        // the lines of the error log that named the URL have counted it
        crowd.url(line.url(), hash(ByteText.of(line.url())), byUrl == Joins.NONE ? 1 : 1 - lines);
    }

    private Spot unexplained(LogEvent.Answered line, boolean isRefusal) {
        unexplained += isRefusal ? 1 : 0;
        return spot(
                new Spot.Key(
                        isRefusal ? Symptom.UNEXPLAINED : Symptom.AUTH,
                        "",
                        OptionalInt.of(line.status()),
                        line.site(),
                        Optional.empty(),
                        Optional.of(line.url())),
                "");
    }

    private int findByUrl(LogEvent.Answered line, long visitor) {
        for (long away : NEARBY) {
            int row = joins.row(byUrl(visitor, line.second().getAsLong() + away, line.url()));
            if (row != Joins.NONE) {
                return row;
            }
        }
        return Joins.NONE;
    }

    /** Of the lines about this visitor that name no URL, that whose file is most like it. */
    private int findByFile(LogEvent.Answered line, long visitor) {
        int best = Joins.NONE;
        int likeness = Likeness.NONE;
        int only = Joins.NONE;
        int candidates = 0;
        for (long away : NEARBY) {
            int row = joins.row(byTime(visitor, line.second().getAsLong() + away));
            for (int i = 0; row != Joins.NONE && i < MOST_CANDIDATES; i++, row = joins.next(row)) {
                int found = Likeness.of(line.url(), joins.spot(row).key());
                if (found > likeness && (joins.isFree(row) || found >= Likeness.WHOLE)) {
                    best = row;
                    likeness = found;
                }
                if (joins.isFree(row)) {
                    only = row;
                    candidates++;
                }
            }
        }
        return best == Joins.NONE && candidates == 1 ? only : best;
    }

    private static void count(Crowd crowd, LogEvent line, long visitor) {
        crowd.at(line.second());
        if (!line.visitor().address().isEmpty()) {
            crowd.visitor(visitor, line.visitor().agent());
        }
    }

    private Spot spot(Spot.Key key, String text) {
        Spot known = spots.get(key);
        if (known != null) {
            return known;
        }
        if (spots.size() >= MOST_SPOTS) {
            crowdedOut.merge(key.symptom(), 1L, Long::sum);
            return spots.computeIfAbsent(
                    Spot.Key.others(key.symptom(), key.status()), k -> new Spot(k, "", new Crowd()));
        }
        Spot spot = new Spot(key, text, new Crowd());
        spots.put(key, spot);
        return spot;
    }

    private long hash(String text) {
        return hasher.hashCharsToLong(text);
    }

    /** By what a request is found again. */
    private enum By {
        URL,
        TIME,
        FIREWALL
    }

    private long byUrl(long visitor, long second, PathBytes url) {
        return key(By.URL, visitor, second, ByteText.of(url));
    }

    private long byTime(long visitor, long second) {
        return key(By.TIME, visitor, second, "");
    }

    private long key(By by, long visitor, long second, String name) {
        return hasher.hashLongLongLongToLong(visitor, second, hash(by.name() + name));
    }
}
