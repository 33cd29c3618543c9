package docrootaudit.server.log;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.util.Arrays;
import java.util.Optional;

/**
 * Counts different things by their keyed hashes: a few of them exactly, many by a sketch of 1 KiB with a standard error of
 * 2.5 % (Ertl, UltraLogLog, 2023).
 */
final class Distinct {
    private static final int EXACTLY = 64;
    /** 2^10 registers of a byte. */
    private static final int PRECISION = 10;

    private long[] hashes = new long[1];
    private int count;
    private Optional<UltraLogLog> sketch = Optional.empty();

    void add(long hash) {
        if (sketch.isPresent()) {
            sketch.get().add(hash);
            return;
        }
        for (int i = 0; i < count; i++) {
            if (hashes[i] == hash) {
                return;
            }
        }
        if (count == EXACTLY) {
            sketch().add(hash);
            return;
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash;
    }

    /** Adds all that another has counted by the same key. */
    void add(Distinct other) {
        if (other.sketch.isPresent()) {
            sketch().add(other.sketch.get());
        } else {
            for (int i = 0; i < other.count; i++) {
                add(other.hashes[i]);
            }
        }
    }

    private UltraLogLog sketch() {
        if (sketch.isEmpty()) {
            UltraLogLog all = UltraLogLog.create(PRECISION);
            for (int i = 0; i < count; i++) {
                all.add(hashes[i]);
            }
            sketch = Optional.of(all);
            hashes = new long[0];
        }
        return sketch.get();
    }

    long count() {
        return sketch.map(s -> Math.round(s.getDistinctCountEstimate())).orElse((long) count);
    }
}
