package docrootaudit.daemon;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Signs of life of the parts without which the service only seems to run. */
final class Pulses {
    /** A part, and for how long it may give no sign. */
    enum Part {
        /** It beats every few seconds; only a stuck thread keeps it from that. */
        SCHEDULER("the scheduler", Duration.ofSeconds(60)),
        /**
         * It beats whenever the store has answered, were it with an error: one that fails is told and tried again, only
         * one that does not answer is no longer alive. Recording a scan of millions of refusals takes its time.
         */
        STORE("the store", Duration.ofMinutes(10)),
        /** It beats before each delivery, which takes as long as its timeouts if the mail server gives no answer. */
        POST("the delivery of alerts", Duration.ofHours(2));

        private final String words;
        private final Duration patience;

        Part(String words, Duration patience) {
            this.words = words;
            this.patience = patience;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final LongSupplier nanos;
    private final Map<Part, Long> last = new EnumMap<>(Part.class);

    /** @param nanos a clock that nobody sets */
    Pulses(LongSupplier nanos) {
        this.nanos = nanos;
        for (Part part : Part.values()) {
            last.put(part, nanos.getAsLong());
        }
    }

    synchronized void beat(Part part) {
        last.put(part, nanos.getAsLong());
    }

    /** The parts that have been silent for too long. */
    synchronized List<Part> silent() {
        long now = nanos.getAsLong();
        return last.entrySet().stream()
                .filter(e -> now - e.getValue() > e.getKey().patience.toNanos())
                .map(Map.Entry::getKey)
                .toList();
    }
}
