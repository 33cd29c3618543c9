package docrootaudit.alert;

import docrootaudit.report.Visible;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What client and server say, out of the trace that the mail library writes: {@code > EHLO web1}, {@code < 250 ok}. The
 * library leaves out what is said during a login; of the mail itself only the number of lines is told.
 */
final class Conversation {
    private static final Pattern ANSWER = Pattern.compile("[0-9]{3}([ -].*)?");
    private static final String NOTE = "DEBUG";

    private final Consumer<String> listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean inMail;
    private int linesOfMail;

    Conversation(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Where the library shall write its trace. */
    PrintStream stream() {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        take((byte) b);
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    private void take(byte b) {
        if (b == '\n') {
            end();
        } else if (b != '\r') {
            line.write(b);
        }
    }

    /** Tells what was said without the end of a line. */
    void end() {
        if (line.size() > 0) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            said(text);
        }
    }

    private void said(String text) {
        if (text.startsWith(NOTE)) {
            note(text);
        } else if (inMail && !text.equals(".")) {
            linesOfMail++;
        } else if (inMail) {
            inMail = false;
            listener.accept("> (the mail, " + linesOfMail + " lines)");
        } else if (ANSWER.matcher(text).matches()) {
            inMail = text.startsWith("354");
            listener.accept("< " + Visible.text(text));
        } else {
            listener.accept("> " + Visible.text(text));
        }
    }

    private void note(String text) {
        if (text.matches("DEBUG SMTP: (SASL )?AUTH .*trace suppressed")) {
            listener.accept("> AUTH (the login is not shown)");
        } else if (text.matches("DEBUG SMTP: AUTH [A-Z0-9-]+ succeeded")) {
            listener.accept("< 235 (the login was good)");
        }
    }
}
