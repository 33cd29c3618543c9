package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command line sent to the service, with what it needs to know of where it was typed in order to answer as if it had
 * been run there.
 *
 * @param arguments as the kernel has them
 * @param directory the working directory; empty if there is none
 * @param charset in which text is wanted
 * @param zone of the times in text
 * @param outIsTerminal whether standard output is one
 * @param errIsTerminal whether standard error is one
 * @param environment what text on a terminal goes by
 */
public record Request(
        List<byte[]> arguments,
        PathBytes directory,
        String charset,
        String zone,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment) {
    /** Of the environment, these are sent. */
    public static final List<String> VARIABLES = List.of("COLUMNS", "NO_COLOR", "TERM");

    /** No request is larger, in bytes. */
    static final int LARGEST = 1 << 18;

    static final int MOST_ARGUMENTS = 4096;

    /** A version of this form: the first thing that is sent. */
    static final int FORM = 0x41554401;

    public Request {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(arguments.size());
            for (byte[] argument : arguments) {
                put(out, argument);
            }
            put(out, directory.bytes());
            put(out, charset);
            put(out, zone);
            out.writeBoolean(outIsTerminal);
            out.writeBoolean(errIsTerminal);
            out.writeInt(environment.size());
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                put(out, variable.getKey());
                put(out, variable.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if these are not the bytes of a request */
    static Request of(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<byte[]> arguments = new ArrayList<>();
        int count = count(in.readInt(), MOST_ARGUMENTS);
        for (int i = 0; i < count; i++) {
            arguments.add(get(in));
        }
        PathBytes directory = PathBytes.of(get(in));
        String charset = text(in);
        String zone = text(in);
        boolean out = in.readBoolean();
        boolean err = in.readBoolean();
        Map<String, String> environment = new LinkedHashMap<>();
        int variables = count(in.readInt(), VARIABLES.size());
        for (int i = 0; i < variables; i++) {
            String name = text(in);
            if (!VARIABLES.contains(name)) {
                throw new IOException("a variable that is not asked for");
            }
            environment.put(name, text(in));
        }
        if (in.available() > 0) {
            throw new IOException("more than a request");
        }
        return new Request(arguments, directory, charset, zone, out, err, environment);
    }

    private static void put(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void put(DataOutputStream out, String text) throws IOException {
        put(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] get(DataInputStream in) throws IOException {
        byte[] bytes = new byte[count(in.readInt(), in.available())];
        in.readFully(bytes);
        return bytes;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(get(in), StandardCharsets.UTF_8);
    }

    private static int count(int count, int most) throws IOException {
        if (count < 0 || count > most) {
            throw new IOException("a count that cannot be");
        }
        return count;
    }
}
