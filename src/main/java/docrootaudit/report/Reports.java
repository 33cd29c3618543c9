package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.finding.Discovery;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Proof;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.UrlExplanation;
import docrootaudit.finding.UrlProof;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * The door: says a scan or an explanation in any format. Nothing closes the stream it is given, everything flushes it,
 * and an {@link IOException} means that not all was written.
 *
 * @param names account names for the numbers of filesystem and kernel
 * @param style of text; other formats are UTF-8 and know no style
 * @param zone of the times in text, asked when there are any
 */
public record Reports(Names names, Style style, Supplier<ZoneId> zone) {
    /** Writes a scan. */
    public void scan(ScanReport report, ScanView view, OutputStream out) throws IOException {
        boolean each = view.content() == ScanView.Content.EACH;
        switch (view.format()) {
            case TEXT -> {
                if (each) {
                    EachText.write(report.each(), style, out);
                } else {
                    Writer text = CharsetOutput.to(out, style.charset());
                    new ScanText(report, names, new LocalTimes(zone.get()), new Page(text, style)).write(view.filter());
                    text.flush();
                }
            }
            case JSON -> ScanJson.write(report, view.content(), out);
            case JSONL -> ScanJsonl.write(report, view.content(), out);
            case CSV -> {
                if (each) {
                    EachCsv.write(report.each(), out);
                } else {
                    ScanCsv.write(report, out);
                }
            }
        }
    }

    /** Writes the bytes of every refused path, each with a NUL behind it. */
    public void eachNul(ScanReport report, OutputStream out) throws IOException {
        EachNul.write(report.each(), out);
    }

    /** Writes an explanation; as JSON Lines it is one line. */
    public void explain(Explanation explanation, Format format, OutputStream out) throws IOException {
        switch (format) {
            case TEXT -> {
                Writer text = CharsetOutput.to(out, style.charset());
                new ExplainText(explanation, names, new Page(text, style)).write();
                text.flush();
            }
            case JSON, JSONL -> {
                try (JsonOut json = format == Format.JSON ? JsonOut.document(out) : JsonOut.lines(out)) {
                    new ExplainJson(json, explanation, names).write();
                }
            }
            case CSV -> ExplainCsv.write(explanation, out);
        }
    }

    /** Writes the explanation of a URL; as JSON Lines it is one line. */
    public void explain(UrlExplanation explanation, Format format, OutputStream out) throws IOException {
        switch (format) {
            case TEXT -> {
                Writer text = CharsetOutput.to(out, style.charset());
                new UrlText(explanation, names, new Page(text, style)).write();
                text.flush();
            }
            case JSON, JSONL -> {
                try (JsonOut json = format == Format.JSON ? JsonOut.document(out) : JsonOut.lines(out)) {
                    new UrlJson(json, explanation).write();
                }
            }
            case CSV -> UrlCsv.write(explanation, out);
        }
    }

    /** Writes what the web servers' configurations name. */
    public void discovery(Discovery discovery, Format format, OutputStream out) throws IOException {
        if (format == Format.TEXT) {
            Writer text = CharsetOutput.to(out, style.charset());
            new DiscoveryText(names, new Page(text, style)).write(discovery);
            text.flush();
        } else {
            try (JsonOut json = format == Format.JSON ? JsonOut.document(out) : JsonOut.lines(out)) {
                new DiscoveryJson(json).write(discovery);
            }
        }
    }

    /** Writes what a web server answered. */
    public void proof(UrlProof proof, Format format, OutputStream out) throws IOException {
        if (format == Format.TEXT) {
            Writer text = CharsetOutput.to(out, style.charset());
            new UrlProofText(new Page(text, style)).write(proof);
            text.flush();
        } else {
            try (JsonOut json = format == Format.JSON ? JsonOut.document(out) : JsonOut.lines(out)) {
                new UrlProofJson(json).write(proof);
            }
        }
    }

    /** Writes what the kernel said. */
    public void proof(Proof proof, Format format, OutputStream out) throws IOException {
        if (format == Format.TEXT) {
            Writer text = CharsetOutput.to(out, style.charset());
            new ProofText(new Page(text, style)).write(proof);
            text.flush();
        } else {
            try (JsonOut json = format == Format.JSON ? JsonOut.document(out) : JsonOut.lines(out)) {
                new ProofJson(json).write(proof);
            }
        }
    }

    /** Writes why a question has no answer: an object of kind {@code error}, or for people and spreadsheets a line. */
    public void error(String message, Format format, OutputStream out) throws IOException {
        switch (format) {
            case TEXT, CSV -> {
                Writer text = CharsetOutput.to(out, style.charset());
                text.write(Visible.text(message));
                text.write('\n');
                text.flush();
            }
            case JSON, JSONL -> {
                try (JsonOut json = format == Format.JSON ? JsonOut.document(out) : JsonOut.lines(out)) {
                    json.begin("error");
                    json.json.writeStringField("message", message);
                    json.end();
                }
            }
        }
    }
}
