package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Standard error as the journal wants it: one line an event, its priority in front as {@code <4>} (sd-daemon(3)), no time
 * of our own. The logging library writes lines that begin with a level; what else is written there, such as the trace of
 * a fault, is a warning.
 */
public final class Journal extends OutputStream {
    private static final Map<String, String> PRIORITIES =
            Map.of("ERROR", "<3>", "WARN", "<4>", "INFO", "<6>", "DEBUG", "<7>", "TRACE", "<7>");
    private static final String LIBRARY = "org.slf4j.simpleLogger.";

    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Journal(OutputStream out) {
        this.out = out;
    }

    /**
     * Has everything that is logged written that way from now on; to be called before anything is. To a terminal or a
     * file, where no journal adds it, it comes with the time.
     *
     * @param out standard error
     * @param environment of the process
     */
    public static void take(OutputStream out, Map<String, String> environment) {
        boolean journal = environment.containsKey("JOURNAL_STREAM");
        System.setProperty(LIBRARY + "defaultLogLevel", "info");
        System.setProperty(LIBRARY + "log.org.quartz", "warn");
        System.setProperty(LIBRARY + "showThreadName", "false");
        System.setProperty(LIBRARY + "showLogName", "false");
        if (journal) {
            System.setErr(new PrintStream(new Journal(out), true, StandardCharsets.UTF_8));
        } else {
            System.setProperty(LIBRARY + "showDateTime", "true");
            System.setProperty(LIBRARY + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ssXXX");
        }
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (b == '\n') {
            end();
        } else {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    private void end() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        int blank = text.indexOf(' ');
        String priority = blank < 0 ? null : PRIORITIES.get(text.substring(0, blank));
        String message = priority == null ? text.strip() : text.substring(blank + 1);
        if (!message.isEmpty()) {
            String whole = (priority == null ? "<4>" : priority) + visible(message) + "\n";
            out.write(whole.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /** Names are escaped by whoever tells them; this is for what libraries and the system say. */
    private static String visible(String message) {
        return message.codePoints().anyMatch(PathBytes::isInvisible)
                ? PathBytes.of(message).toString()
                : message;
    }
}
