package docrootaudit.audit;

import docrootaudit.walk.Pace;
import java.util.OptionalInt;

/**
 * How much of the machine a scan may take.
 *
 * @param rate files and directories a second at most, at least 1; empty: as many as it can
 * @param pressure in percent of the time: it rests while somebody else has to wait for a processor or a disk more often
 */
public record PaceSettings(OptionalInt rate, int pressure) {
    /** More than there can be. */
    public static final int ANY_PRESSURE = 100;

    public static final PaceSettings FASTEST = new PaceSettings(OptionalInt.empty(), ANY_PRESSURE);

    Pace pace(Host host) {
        return new Pace(rate, pressure, host::waited, System::nanoTime);
    }
}
