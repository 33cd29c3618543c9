package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Since;
import docrootaudit.finding.UrlCause;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One finding for people: what is to blame and why, how much lies behind it, what mends it, what comes next.
 *
 * @param page where to write
 * @param identity names whoever is refused
 * @param times writes times
 * @param previous the scan to compare with
 */
record FindingText(Page page, IdentityWords identity, LocalTimes times, Optional<Instant> previous) {
    private static final int EXAMPLES = 3;

    void write(Finding finding) throws IOException {
        page.marked(0, Mark.NO, head(finding));
        int indent = page.markWidth();
        Prose why = new Prose();
        if (!finding.attributes().isEmpty()) {
            why.atom(finding.attributes()).glue(";");
        }
        new RuleWords(identity.label(finding.uid()), RuleWords.lacked(finding.kind()))
                .add(why, finding.kind(), finding.rule())
                .words("(" + finding.kind().word()
                        + finding.server().map(s -> ", status " + s.status()).orElse("") + ")");
        page.prose(indent, why);
        page.prose(indent, extent(finding).atom("cause " + finding.id()));
        examples(indent + 2, finding);
        remedy(indent, finding);
        if (finding.next().isPresent()) {
            next(indent, finding, finding.next().get());
        }
    }

    private Prose head(Finding finding) {
        Optional<UrlCause.Blame.Line> line = finding.server().flatMap(Finding.OfServer::line);
        if (line.isPresent()) {
            return new Prose().atom(line.get().value());
        }
        int count = finding.names().count();
        if (count == 1) {
            return new Prose().atom(finding.blame(finding.names().iterator().next()));
        }
        String many = finding.attributes().startsWith("-")
                ? "files"
                : finding.attributes().startsWith("d") ? "directories" : "names";
        return Prose.of(count + " " + many + " in").atom(finding.directory());
    }

    /** How many paths, and since when, if there was a scan to compare with. */
    private Prose extent(Finding finding) {
        Prose prose = new Prose();
        boolean itself = finding.paths() == finding.names().count()
                && finding.server().flatMap(Finding.OfServer::line).isEmpty();
        if (!itself) {
            prose.words(Counted.paths(finding.paths()) + " behind " + (finding.isSingle() ? "it" : "them"));
        }
        if (previous.isPresent()) {
            since(itself ? prose : prose.glue(","), finding, previous.get());
        }
        return itself && previous.isEmpty() ? prose : prose.glue(";");
    }

    private void since(Prose prose, Finding finding, Instant last) {
        long opened = 0;
        Optional<Instant> oldest = Optional.empty();
        for (Since part : finding.since()) {
            if (part.state() == Since.State.NEW) {
                opened += part.names().count();
            } else if (oldest.isEmpty() || part.firstSeen().isBefore(oldest.get())) {
                oldest = Optional.of(part.firstSeen());
            }
        }
        if (opened > 0) {
            prose.words((finding.isSingle() ? "new" : opened + " new") + " since")
                    .atom(times.text(last));
        }
        if (opened > 0 && oldest.isPresent()) {
            prose.glue(",").words("the oldest");
        }
        if (oldest.isPresent()) {
            prose.words("refused since").atom(times.text(oldest.get()));
        }
    }

    private void examples(int indent, Finding finding) throws IOException {
        List<PathBytes> all = finding.server().map(Finding.OfServer::urls).orElse(finding.examples());
        List<PathBytes> shown = all.stream().limit(EXAMPLES).toList();
        boolean itself = finding.isSingle()
                && finding.paths() == 1
                && shown.size() == 1
                && shown.get(0).equals(finding.blame(finding.names().iterator().next()));
        if (shown.isEmpty() || itself) {
            return;
        }
        for (PathBytes example : shown) {
            page.line(indent, example.toString());
        }
        long more = finding.paths() - shown.size();
        if (more > 0) {
            page.line(indent, page.ellipsis() + " and " + more + " more");
        }
    }

    private void remedy(int indent, Finding finding) throws IOException {
        if (!finding.remedies().fixes().isEmpty()) {
            page.line(indent, "mend it with");
            RemedyText.write(page, indent + 2, finding.remedies().fixes().get(0));
        }
        if (finding.remedies().advice().isPresent()) {
            page.prose(indent, Prose.of(finding.remedies().advice().get()));
        }
    }

    private void next(int indent, Finding finding, Finding.Next next) throws IOException {
        Prose prose = Prose.of("then")
                .atom(next.path())
                .words("keeps " + (next.paths() == finding.paths() ? "all" : next.paths()) + " of them refused:");
        new RuleWords(identity.label(finding.uid()), RuleWords.lacked(next.kind()))
                .add(prose, next.kind(), next.rule())
                .words("(" + next.kind().word() + ")");
        page.prose(indent, prose);
    }
}
