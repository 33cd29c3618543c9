package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Arguments as the kernel has them. The Java runtime decodes arguments by the locale and loses what does not fit (under
 * {@code LC_ALL=C} all but ASCII); {@code /proc/self/cmdline} has the bytes. In a String here, a byte that is no UTF-8
 * stands as the lone surrogate U+DC80 to U+DCFF, so that nothing is lost on the way through the option parser.
 */
public final class RawArguments {
    private static final int ESCAPE = 0xdc00;

    private RawArguments() {}

    /** The arguments, losslessly where the kernel can be asked. */
    public static String[] of(String[] decoded) {
        try {
            List<String> all = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
            if (all.size() < decoded.length) {
                return decoded;
            }
            return all.subList(all.size() - decoded.length, all.size()).toArray(String[]::new);
        } catch (IOException e) {
            return decoded;
        }
    }

    private static List<String> split(byte[] cmdline) {
        List<String> arguments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < cmdline.length; i++) {
            if (cmdline[i] == 0) {
                arguments.add(decode(java.util.Arrays.copyOfRange(cmdline, start, i)));
                start = i + 1;
            }
        }
        return arguments;
    }

    /** An argument of these bytes. */
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        StringBuilder text = new StringBuilder();
        while (in.hasRemaining()) {
            out.clear();
            var result = decoder.reset().decode(in, out, true);
            text.append(out.flip());
            for (int i = 0; result.isError() && i < result.length(); i++) {
                text.append((char) (ESCAPE + (in.get() & 0xff)));
            }
        }
        return text.toString();
    }

    /** The bytes of an argument. */
    public static byte[] encode(String argument) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        argument.codePoints().forEach(c -> {
            if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff) {
                out.write(c - ESCAPE);
            } else {
                out.writeBytes(new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }

    static PathBytes path(String argument) {
        return PathBytes.of(encode(argument));
    }

    /** A file of the default filesystem, whatever the locale can spell. */
    static Path file(String argument) {
        PathBytes path = path(argument);
        boolean ascii = path.utf8().isPresent() && argument.chars().allMatch(c -> c < 0x80);
        if (ascii) {
            return Path.of(argument);
        }
        StringBuilder uri = new StringBuilder("file://");
        String here =
                path.isAbsolute() ? "" : Path.of("").toAbsolutePath().toUri().getRawPath();
        uri.append(here.endsWith("/") || here.isEmpty() ? here : here + "/");
        for (byte b : path.bytes()) {
            boolean plain = b == '/' || b == '.' || b == '-' || b == '_' || (b > 0 && Character.isLetterOrDigit(b));
            uri.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
        }
        return Path.of(URI.create(uri.toString()));
    }
}
