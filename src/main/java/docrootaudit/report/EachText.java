package docrootaudit.report;

import docrootaudit.finding.RefusedPath;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;

/** Each refused path on a line of its own, escaped. */
final class EachText {
    private EachText() {}

    static void write(Iterable<RefusedPath> each, Style style, OutputStream to) throws IOException {
        Writer out = CharsetOutput.to(to, style.charset());
        for (RefusedPath refused : each) {
            out.write(refused.path().toString());
            out.write('\n');
        }
        out.flush();
    }
}
