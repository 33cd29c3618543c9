package docrootaudit.cli;

import docrootaudit.report.Format;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How to say it. */
final class OutputOptions {
    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text, json, jsonl or csv.")
    String format;

    @Option(names = "--quiet", description = "No progress line, and no report where nothing is refused.")
    boolean quiet;

    @Option(names = "--debug", description = "Say everything about a failure.")
    boolean debug;

    /** For what is no table. */
    Format formatWithoutTable() throws UsageException {
        Format chosen = format();
        if (chosen == Format.CSV) {
            throw new UsageException("--format csv: this is no table; choose text, json or jsonl");
        }
        return chosen;
    }

    Format format() throws UsageException {
        String all = Arrays.stream(Format.values()).map(Format::word).collect(Collectors.joining(", "));
        return Format.of(format)
                .orElseThrow(() -> new UsageException(
                        "--format " + Words.show(format) + ": there is no such format; choose one of " + all));
    }
}
