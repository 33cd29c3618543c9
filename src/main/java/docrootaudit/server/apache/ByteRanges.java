package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a file that a {@code Range} names ({@code ap_set_byterange()} in modules/http/byterange_filter.c).
 *
 * @param count how many are left when those that touch are joined; 0 where the header does not count, -1 where none of
 *     them is in the file
 * @param overlaps how many were joined
 * @param reversals how many began before the one before them
 */
record ByteRanges(int count, int overlaps, int reversals) {
    private static final ByteRanges IGNORED = new ByteRanges(0, 0, 0);

    /** The longest number that is taken for one. */
    private static final int DIGITS = 18;

    private record Part(long start, long end) {}

    static ByteRanges parse(String text, long size) {
        List<Part> parts = new ArrayList<>();
        boolean outside = false;
        for (String word : text.split(",", -1)) {
            if (word.isEmpty()) {
                break;
            }
            Optional<Part> part = part(word, size);
            if (part.isEmpty()) {
                return IGNORED;
            } else if (word.equals("0-")) {
                return new ByteRanges(1, 0, 0);
            } else if (part.get().start() >= size) {
                outside = true;
            } else {
                parts.add(new Part(
                        Math.max(0, part.get().start()),
                        Math.min(size - 1, part.get().end())));
            }
        }
        return parts.isEmpty() ? new ByteRanges(outside ? -1 : 0, 0, 0) : join(parts, size);
    }

    /** One of them; empty where it is none, and nothing of the header counts. */
    private static Optional<Part> part(String word, long size) {
        int dash = word.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        Optional<Long> first = number(word.substring(0, dash));
        Optional<Long> last = number(word.substring(dash + 1));
        if (dash == 0) {
            return last.filter(n -> n > 0).map(n -> new Part(size - n, size - 1));
        } else if (dash == word.length() - 1) {
            return first.map(n -> new Part(n, size - 1));
        }
        return first.isPresent() && last.isPresent() && first.get() <= last.get()
                ? Optional.of(new Part(first.get(), last.get()))
                : Optional.empty();
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1," + DIGITS + "}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static ByteRanges join(List<Part> parts, long size) {
        int count = 1;
        int overlaps = 0;
        int reversals = 0;
        long bytes = 0;
        Part whole = parts.get(0);
        for (Part part : parts.subList(1, parts.size())) {
            boolean before = part.start() < whole.start() && part.end() >= whole.start() - 1;
            boolean within = part.start() >= whole.start() && part.end() <= whole.end();
            long start = before ? part.start() : whole.start();
            boolean behind = part.end() >= whole.end() && part.start() <= whole.end() + 1;
            reversals += before ? 1 : 0;
            if (before || within || behind) {
                overlaps++;
                whole = new Part(start, behind ? part.end() : whole.end());
            } else {
                bytes += whole.end() - whole.start() + 1;
                count++;
                whole = part;
            }
        }
        bytes += whole.end() - whole.start() + 1;
        return bytes > size ? IGNORED : new ByteRanges(count, overlaps, reversals);
    }
}
