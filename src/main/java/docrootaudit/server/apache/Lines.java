package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The logical lines of a file: trimmed, continued ones joined ({@code ap_varbuf_cfg_getline()} in server/util.c). */
final class Lines {
    /**
     * One line that may span several.
     *
     * @param source where it begins
     * @param last the number of the last that it spans
     */
    record Line(String text, Source source, int last) {}

    private Lines() {}

    /**
     * Splits a text.
     *
     * @param longest the most characters a line may have; httpd allows 16 MiB, in .htaccess 8192
     */
    static List<Line> of(PathBytes file, String text, int longest) throws ConfigSyntaxException {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        int at = 0;
        while (at < text.length()) {
            StringBuilder line = new StringBuilder();
            int begins = number + 1;
            boolean continued = true;
            while (continued && at < text.length()) {
                int end = text.indexOf('\n', at);
                end = end < 0 ? text.length() : end;
                String piece = text.substring(at, end);
                at = end + 1;
                number++;
                String bare =
                        end < text.length() && piece.endsWith("\r") ? piece.substring(0, piece.length() - 1) : piece;
                continued = end < text.length() && bare.endsWith("\\");
                line.append(continued ? bare.substring(0, bare.length() - 1) : piece);
                if (line.length() >= longest) {
                    throw new ConfigSyntaxException(
                            Optional.of(new Source(file, begins)), "the line is too long for the server");
                }
            }
            lines.add(new Line(trim(line), new Source(file, begins), number));
        }
        return lines;
    }

    private static String trim(StringBuilder line) {
        int from = 0;
        int to = line.length();
        while (from < to && Words.isSpace(line.charAt(from))) {
            from++;
        }
        while (to > from && Words.isSpace(line.charAt(to - 1))) {
            to--;
        }
        return line.substring(from, to);
    }
}
