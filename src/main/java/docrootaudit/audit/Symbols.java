package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The characters of a path: code points, and for a byte that is part of no UTF-8 character a number above them all. */
final class Symbols {
    static final int SLASH = '/';
    private static final int STRAY = Character.MAX_CODE_POINT + 1;

    private Symbols() {}

    /** Of a part of a path; repeated slashes are one, as the kernel has it, and one at the end is none. */
    static int[] of(PathBytes path, int from, int to) {
        int[] symbols = new int[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = path.at(i);
            if (b < 0) {
                return decode(path, from, to);
            }
            if (b != '/' || (i + 1 < to && path.at(i + 1) != '/')) {
                symbols[length++] = b;
            }
        }
        return Arrays.copyOf(symbols, length);
    }

    private static int[] decode(PathBytes path, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (path.at(i) != '/' || (i + 1 < to && path.at(i + 1) != '/')) {
                bytes[length++] = path.at(i);
            }
        }
        return decode(ByteBuffer.wrap(bytes, 0, length));
    }

    private static int[] decode(ByteBuffer in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer decoded = CharBuffer.allocate(in.remaining());
        IntStream.Builder symbols = IntStream.builder();
        while (in.hasRemaining()) {
            decoded.clear();
            var result = decoder.reset().decode(in, decoded, true);
            decoded.flip().codePoints().forEach(symbols::add);
            for (int i = 0; result.isError() && i < result.length(); i++) {
                symbols.add(STRAY + (in.get() & 0xff));
            }
        }
        return symbols.build().toArray();
    }
}
