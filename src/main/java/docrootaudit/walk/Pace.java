package docrootaudit.walk;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How fast a walk goes: so many entries a second at most, and with rests while others wait for the machine. Shared by the
 * workers of a walk.
 *
 * <p>Whether others wait, the kernel tells as pressure (PSI, Documentation/accounting/psi.rst), but of all together: a
 * walk that reads from a slow disk waits for it itself. So the whole walk holds still for a moment now and then, and what
 * is waited for in that moment is none of its own.
 */
public final class Pace {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** So long a walk goes before it holds still. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** So long it holds still to see whether others wait. */
    private static final Duration LOOK = Duration.ofMillis(50);

    /** And so long at most before it goes on, whoever waits: it has to end one day. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    /** Without rests. */
    public static final Pace FASTEST = new Pace(OptionalInt.empty(), 100, List::of, System::nanoTime);

    private final OptionalInt rate;
    private final int pressure;
    private final Supplier<List<Duration>> waited;
    private final LongSupplier nanos;
    private final long began;
    /** By the clock, when the entries so far may have been visited at the soonest. */
    private long allowed;
    /** When the walk holds still next. */
    private long look;
    /** Until when it holds still. */
    private long stillUntil;
    /** When it began to, and what others had waited by then; null while it goes. */
    private List<Duration> before;

    private long stillSince;
    private long lookedAt;

    /**
     * @param rate entries a second at most, at least 1; empty: no bound
     * @param pressure in percent of the time: so much may others wait before the walk rests; 100: as much as they have to
     * @param waited how long, since the machine started, somebody has waited for a processor, for a disk, …; empty where
     *     nobody knows
     * @param nanos a clock that nobody sets
     */
    public Pace(OptionalInt rate, int pressure, Supplier<List<Duration>> waited, LongSupplier nanos) {
        this.rate = rate;
        this.pressure = pressure;
        this.waited = waited;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.look = LOOK_EVERY.toNanos();
    }

    boolean isFastest() {
        return rate.isEmpty() && pressure >= 100;
    }

    /**
     * To be asked by each worker every so many entries, and again after each rest with none.
     *
     * @param entries how many it has visited since it asked last
     * @return for how many nanoseconds it has to rest now; 0 or less: not at all
     */
    synchronized long rest(int entries) {
        long now = nanos.getAsLong() - began;
        return Math.max(restForRate(entries, now), restForOthers(now));
    }

    private long restForRate(int entries, long now) {
        if (rate.isEmpty()) {
            return 0;
        }
        // what was not used is lost: no burst follows a slow directory
        allowed = Math.max(allowed, now) + entries * SECOND / rate.getAsInt();
        return allowed - now;
    }

    private long restForOthers(long now) {
        if (pressure >= 100) {
            return 0;
        }
        if (before == null) {
            if (now < look) {
                return 0;
            }
            hold(now);
            stillSince = now;
            if (before.isEmpty()) {
                // nobody knows; that may change
                return go(now);
            }
        } else if (now >= stillUntil) {
            boolean pressed = pressed(now);
            if (!pressed || now - stillSince >= LONGEST_REST.toNanos()) {
                return go(now);
            }
            hold(now);
        }
        return stillUntil - now;
    }

    private long go(long now) {
        before = null;
        look = now + LOOK_EVERY.toNanos();
        return 0;
    }

    private void hold(long now) {
        before = waited.get();
        lookedAt = now;
        stillUntil = now + LOOK.toNanos();
    }

    /** Whether others have waited more than they should since the last look. */
    private boolean pressed(long now) {
        List<Duration> after = waited.get();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            long share = after.get(i).minus(before.get(i)).toNanos() * 100 / (now - lookedAt);
            if (share > pressure) {
                return true;
            }
        }
        return false;
    }
}
