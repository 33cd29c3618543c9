package docrootaudit.server.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a stream, each as a string of one character a byte. One that is longer than any server writes is cut, and
 * counted; its rest is skipped without being kept.
 */
public final class Lines {
    /** An entry of an audit log holds a request with its body; nothing else comes near. */
    public static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private byte[] started = new byte[0];
    private int position;
    private int limit;
    private boolean overlong;
    private long cut;

    public Lines(InputStream in) {
        this.in = in;
    }

    /** How many lines were cut. */
    public long cut() {
        return cut;
    }

    /**
     * The next line that ends with a line feed; empty when the stream has no more for now. What stands behind the last
     * line feed is kept: the stream may go on later.
     *
     * @throws IOException if the stream cannot be read on
     */
    public Optional<String> next() throws IOException {
        while (true) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            if (end < limit) {
                String line = started.length == 0 && end - position <= LONGEST
                        ? new String(buffer, position, end - position, StandardCharsets.ISO_8859_1)
                        : kept(end);
                position = end + 1;
                return Optional.of(line);
            }
            keep(end);
            position = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
            if (limit == 0) {
                return Optional.empty();
            }
        }
    }

    /** The line that has no line feed, at the end of a file that will not go on. */
    public Optional<String> rest() {
        return started.length == 0 ? Optional.empty() : Optional.of(kept(position));
    }

    private String kept(int end) {
        keep(end);
        String line = new String(started, StandardCharsets.ISO_8859_1);
        started = new byte[0];
        overlong = false;
        return line;
    }

    private void keep(int end) {
        int wanted = end - position;
        int had = started.length;
        int room = Math.min(wanted, LONGEST - had);
        if (room < wanted && !overlong) {
            overlong = true;
            cut++;
        }
        started = Arrays.copyOf(started, had + room);
        System.arraycopy(buffer, position, started, had, room);
        position = end;
    }
}
