package docrootaudit.cli;

import docrootaudit.finding.ShellQuote;
import java.nio.charset.Charset;

/** How commands are written for an output. */
final class Quoting {
    private Quoting() {}

    /** With characters beyond ASCII only where the output can show them all. */
    static ShellQuote of(Charset charset) {
        return charset.name().startsWith("UTF") ? ShellQuote.UNICODE : ShellQuote.ASCII;
    }
}
