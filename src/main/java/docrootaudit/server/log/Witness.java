package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One request of many, as far as an access log has it, so that it can be asked about again. It is kept in memory for as
 * long as that takes, and is in nothing that is told.
 *
 * @param method {@code GET}, …
 * @param target as on the request line
 * @param address the visitor's; empty if the log has none
 * @param agent what he calls himself; empty if the log does not say
 * @param referrer where he came from; empty if the log does not say
 * @param port the server's
 * @param log the file that it stands in, once somebody said so
 */
public record Witness(
        String method,
        String target,
        String address,
        String agent,
        String referrer,
        OptionalInt port,
        Optional<PathBytes> log) {
    /** Nobody needs more to ask again, and many of them are kept. */
    private static final int LONGEST = 2048;

    /** Empty if there is too much to keep. */
    static Optional<Witness> of(
            String method, String target, String address, String agent, String referrer, OptionalInt port) {
        boolean isShort =
                method.length() + target.length() + address.length() + agent.length() + referrer.length() <= LONGEST;
        return isShort
                ? Optional.of(new Witness(method, target, address, agent, referrer, port, Optional.empty()))
                : Optional.empty();
    }

    Witness in(PathBytes file) {
        return new Witness(method, target, address, agent, referrer, port, Optional.of(file));
    }

    /** Keeps the visitor out of messages. */
    @Override
    public String toString() {
        return "Witness[log=" + log + "]";
    }
}
