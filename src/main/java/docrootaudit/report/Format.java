package docrootaudit.report;

import java.util.Locale;
import java.util.Optional;

/** The formats a report comes in. */
public enum Format {
    /** For people. */
    TEXT,
    /** One document. */
    JSON,
    /** The same, one object a line. */
    JSONL,
    /** For spreadsheets. */
    CSV;

    /** The word of the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of this {@link #word()}. */
    public static Optional<Format> of(String word) {
        for (Format format : values()) {
            if (format.word().equals(word)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
