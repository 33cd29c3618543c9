package docrootaudit.server.nginx;

/**
 * The parts of a file that are asked for: {@code ngx_http_range_parse()}.
 *
 * @param count how many
 * @param bytes of all of them
 */
record Ranges(int count, long bytes) {
    /** None of them lies in the file, or they are not written as they should be. */
    static final Ranges WRONG = new Ranges(0, 0);

    private static final int MOST_DIGITS = 18;

    /** @param size of the file */
    static Ranges parse(String text, long size) {
        int count = 0;
        long bytes = 0;
        for (String part : text.split(",", -1)) {
            String bare = part.strip();
            int dash = bare.indexOf('-');
            String first = dash < 0 ? "" : bare.substring(0, dash).stripTrailing();
            String last = dash < 0 ? "" : bare.substring(dash + 1).stripLeading();
            if (dash < 0 || !isNumber(first) || !isNumber(last) || (first.isEmpty() && last.isEmpty())) {
                return WRONG;
            }
            long start;
            long end;
            if (first.isEmpty()) {
                start = Math.max(0, size - Long.parseLong(last));
                end = size;
            } else {
                start = Long.parseLong(first);
                end = last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
            }
            if (start < end) {
                count++;
                bytes += end - start;
            }
        }
        return count == 0 ? WRONG : new Ranges(count, bytes);
    }

    private static boolean isNumber(String digits) {
        return digits.length() <= MOST_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
