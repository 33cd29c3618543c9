package docrootaudit.report;

import java.util.Optional;

/**
 * How a scan is to be shown.
 *
 * @param format the format
 * @param content what is listed
 * @param filter what the report was cut down to before, as in {@code only what is new}; text says so
 */
public record ScanView(Format format, Content content, Optional<String> filter) {
    /** What a report lists. */
    public enum Content {
        /** Causes. */
        CAUSES,
        /** Every refused path: alone in text and CSV, beside the causes in JSON. */
        EACH
    }

    /** The causes, unfiltered. */
    public static ScanView of(Format format) {
        return new ScanView(format, Content.CAUSES, Optional.empty());
    }
}
