package docrootaudit.access;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A path or name as the filesystem has it: bytes, which need be no UTF-8 and may hold anything but NUL.
 *
 * <p>Stored losslessly; {@link #toString()} is for eyes, already escaped. Nothing is ever normalised: {@code a/../b}
 * is not {@code b} where {@code a} is a link or closed.
 */
public final class PathBytes implements Comparable<PathBytes> {
    public static final PathBytes ROOT = of("/");

    private final byte[] bytes;

    private PathBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the bytes. */
    public static PathBytes of(byte[] bytes) {
        return new PathBytes(copy(bytes));
    }

    /** A copy of a range of the bytes. */
    public static PathBytes of(byte[] bytes, int from, int to) {
        return new PathBytes(Arrays.copyOfRange(bytes, from, to));
    }

    /** The UTF-8 bytes of a text. */
    public static PathBytes of(String text) {
        return new PathBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes; a copy. */
    public byte[] bytes() {
        return copy(bytes);
    }

    /** Not {@code clone()}, which only the second compiler makes quick. */
    private static byte[] copy(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length);
    }

    /** This path and names below it, with a slash before each unless the path ends with one. */
    public PathBytes resolve(Collection<PathBytes> names) {
        int length = bytes.length;
        for (PathBytes name : names) {
            length += 1 + name.bytes.length;
        }
        byte[] joined = Arrays.copyOf(bytes, length);
        int at = bytes.length;
        boolean slash = at > 0 && bytes[at - 1] != '/';
        for (PathBytes name : names) {
            if (slash) {
                joined[at++] = '/';
            }
            System.arraycopy(name.bytes, 0, joined, at, name.bytes.length);
            at += name.bytes.length;
            slash = true;
        }
        return new PathBytes(at == length ? joined : Arrays.copyOf(joined, at));
    }

    public int length() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    public boolean isAbsolute() {
        return bytes.length > 0 && bytes[0] == '/';
    }

    /** This path, a slash unless it ends with one, and the name. */
    public PathBytes resolve(PathBytes name) {
        boolean slash = bytes.length > 0 && bytes[bytes.length - 1] != '/';
        byte[] joined = Arrays.copyOf(bytes, bytes.length + (slash ? 1 : 0) + name.bytes.length);
        if (slash) {
            joined[bytes.length] = '/';
        }
        System.arraycopy(name.bytes, 0, joined, joined.length - name.bytes.length, name.bytes.length);
        return new PathBytes(joined);
    }

    public PathBytes resolve(String name) {
        return resolve(of(name));
    }

    /** What is before the last slash, empty for {@code /} and for a bare name. */
    public Optional<PathBytes> parent() {
        int slash = lastSlash();
        if (slash < 0 || bytes.length == 1) {
            return Optional.empty();
        }
        return Optional.of(slash == 0 ? ROOT : of(bytes, 0, slash));
    }

    /** What is behind the last slash. */
    public PathBytes name() {
        return of(bytes, lastSlash() + 1, bytes.length);
    }

    /** Whether this path is {@code other} or lies below it, name by name. */
    public boolean startsWith(PathBytes other) {
        int n = other.bytes.length;
        if (n > 0 && other.bytes[n - 1] == '/') {
            n--;
        }
        return bytes.length >= n
                && Arrays.equals(bytes, 0, n, other.bytes, 0, n)
                && (bytes.length == n || bytes[n] == '/');
    }

    /** The names between slashes; empty ones are left out. */
    public List<PathBytes> names() {
        List<PathBytes> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                if (i > start) {
                    names.add(of(bytes, start, i));
                }
                start = i + 1;
            }
        }
        return names;
    }

    /** Whether a byte of it is zero: the kernel would take that for the end. */
    public boolean hasNul() {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** The same file in fewer words: without slashes and dots that name nothing. What {@code ..} leaves is not known. */
    public PathBytes withoutDots() {
        List<PathBytes> names = names();
        names.removeIf(n -> n.bytes.length == 1 && n.bytes[0] == '.');
        PathBytes path = isAbsolute() ? ROOT : of("");
        for (PathBytes name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    /** The text, if the bytes are UTF-8. */
    public Optional<String> utf8() {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return Optional.of(decoder.decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * For eyes: control, format and other invisible characters, backslashes and bytes that are no UTF-8 are escaped, so
     * that a name can neither end a line nor steer a terminal nor reverse what stands beside it.
     */
    @Override
    public String toString() {
        if (isPlain()) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        StringBuilder out = new StringBuilder(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        while (in.hasRemaining()) {
            decoded.clear();
            var result = decoder.reset().decode(in, decoded, true);
            decoded.flip().codePoints().forEach(c -> appendEscaped(out, c));
            for (int i = 0; result.isError() && i < result.length(); i++) {
                out.append(String.format(Locale.ROOT, "\\x%02x", in.get() & 0xff));
            }
        }
        return out.toString();
    }

    /** Most names are of ASCII, and nothing of it invisible. */
    private boolean isPlain() {
        for (byte b : bytes) {
            if (b < ' ' || b == 0x7f || b == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void appendEscaped(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            case '\\' -> out.append("\\\\");
            default -> {
                if (isInvisible(c)) {
                    String form = c < 0x80 ? "\\x%02x" : c > 0xffff ? "\\U%08x" : "\\u%04x";
                    out.append(String.format(Locale.ROOT, form, c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

    /** Whether a character shows nothing of itself: controls, format characters (bidi), separators, unassigned. */
    public static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> false;
        };
    }

    private int lastSlash() {
        int i = bytes.length - 1;
        while (i >= 0 && bytes[i] != '/') {
            i--;
        }
        return i;
    }

    /** By unsigned bytes, a slash before every other: a directory's tree is one contiguous run. */
    @Override
    public int compareTo(PathBytes other) {
        int at = Arrays.mismatch(bytes, other.bytes);
        if (at < 0) {
            return 0;
        }
        if (at == bytes.length || at == other.bytes.length) {
            return Integer.compare(bytes.length, other.bytes.length);
        }
        return Integer.compare(rank(bytes[at]), rank(other.bytes[at]));
    }

    private static int rank(byte b) {
        return b == '/' ? -1 : b & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathBytes path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
