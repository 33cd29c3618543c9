package docrootaudit.daemon;

import java.io.OutputStream;

/** Runs commands for those who ask at the control socket. */
@FunctionalInterface
public interface Commands {
    /**
     * Runs one to its end.
     *
     * @param out takes its standard output
     * @param err takes its standard error
     */
    Answer run(Request request, Inside inside, OutputStream out, OutputStream err);
}
