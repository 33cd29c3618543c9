package docrootaudit.report;

import docrootaudit.finding.RefusedPath;
import java.io.IOException;
import java.io.OutputStream;

/** A row for each refused path. */
final class EachCsv {
    private EachCsv() {}

    static void write(Iterable<RefusedPath> each, OutputStream to) throws IOException {
        Csv out = new Csv(to);
        out.row("path", "need", "cause_id");
        for (RefusedPath refused : each) {
            out.row(refused.path(), refused.need().word(), refused.causeId());
        }
        out.flush();
    }
}
