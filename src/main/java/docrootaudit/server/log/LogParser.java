package docrootaudit.server.log;

import java.util.function.Consumer;

/** Makes events of the lines of one file, in their order. It remembers what it needs of the lines before, and no more. */
public interface LogParser {
    /**
     * Takes the next line.
     *
     * @param line its bytes as characters, without the line feed
     * @param to takes what it tells; perhaps only when a later line shows that it is genuine
     */
    void line(String line, Consumer<LogEvent> to);

    /** The file ends here, for now. */
    default void end(Consumer<LogEvent> to) {}

    /** How many lines looked like a refusal and were not counted, for a visitor may have forged them. */
    default long distrusted() {
        return 0;
    }
}
