package docrootaudit.report;

import docrootaudit.finding.RefusedPath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The raw bytes of each refused path and a NUL, and nothing else: for {@code xargs -0} and its kin. */
final class EachNul {
    private EachNul() {}

    static void write(Iterable<RefusedPath> each, OutputStream to) throws IOException {
        BufferedOutputStream out = new BufferedOutputStream(to);
        for (RefusedPath refused : each) {
            out.write(refused.path().bytes());
            out.write(0);
        }
        out.flush();
    }
}
