package docrootaudit.server;

import java.time.Duration;

/**
 * A line by which a server remembers what it refused.
 *
 * @param source the directive
 * @param rule the same as written
 * @param longest for how long
 */
public record Memory(Source source, String rule, Duration longest) {
    /** What it means, a clause. */
    public String sentence() {
        return source + ": " + rule
                + ": after a mend the server goes on answering a refusal that it remembers, for up to "
                + longest.toSeconds() + " s (cached)";
    }
}
