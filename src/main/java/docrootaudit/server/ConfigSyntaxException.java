package docrootaudit.server;

import java.util.Optional;

/** A configuration that the server itself would refuse, or that cannot be read; the message holds the place. */
public final class ConfigSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Source> source;

    /**
     * @param source where; empty where there is no line yet
     * @param problem one sentence without a full stop; nothing of a line's content but directive names
     */
    public ConfigSyntaxException(Optional<Source> source, String problem) {
        super(source.map(s -> s + ": " + problem).orElse(problem));
        this.source = source;
    }

    /** Where; empty where there is no line. */
    public Optional<Source> source() {
        return source;
    }
}
