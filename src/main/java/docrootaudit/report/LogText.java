package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.Cause;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Forecast;
import docrootaudit.finding.LogCause;
import docrootaudit.finding.LogReport;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.UrlCause;
import docrootaudit.server.log.Crowd;
import docrootaudit.server.log.Symptom;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What logs tell, for people: what refused, whom it met, what mends it; then what nothing explains. */
final class LogText {
    private static final int CAUSES = 50;
    private static final int LISTED = 20;
    private static final int URLS = 5;

    private final LogReport report;
    private final IdentityWords identity;
    private final CrowdWords crowds;
    private final Page page;

    LogText(LogReport report, Names names, LocalTimes times, Page page) {
        this.report = report;
        this.identity = new IdentityWords(report.identity(), names);
        this.crowds = new CrowdWords(times);
        this.page = page;
    }

    void write() throws IOException {
        header();
        List<LogCause> refusals =
                report.refusals().stream().filter(c -> !c.isIntended()).toList();
        for (LogCause cause : refusals.subList(0, Math.min(CAUSES, refusals.size()))) {
            cause(cause);
            page.blank();
        }
        more(refusals.size() - CAUSES);
        list(
                report.unexplainedUrls(),
                Mark.UNKNOWN,
                "answered with 403, and neither an error log nor the configuration tells why:");
        list(
                report.refusals().stream().filter(LogCause::isIntended).toList(),
                Mark.OK,
                "refused by rules that read as written on purpose:");
        list(report.challenges(), Mark.OK, "asked for credentials (401), which is how a login begins:");
        limits();
        page.prose(0, sum());
    }

    private void header() throws IOException {
        page.prose(
                0,
                identity.addSource(identity.add(Prose.of("Logs, explained for")).glue(",")));
        for (LogReport.Read file : report.files()) {
            page.line(
                    2,
                    file.path() + ": " + file.title()
                            + (file.kind().isPresent() ? ", " + Counted.of(file.lines(), "line", "lines") : ""));
        }
        page.blank();
    }

    private void cause(LogCause cause) throws IOException {
        page.marked(0, Mark.NO, head(cause));
        int indent = page.markWidth();
        page.prose(indent, crowds.of(cause.crowd()).glue(";").words("cause " + cause.id()));
        page.prose(indent, why(cause));
        urls(indent + 2, cause.crowd());
        remedies(indent, cause);
    }

    private static Prose head(LogCause cause) {
        Optional<PathBytes> path = cause.path();
        boolean several = cause.places() > 1
                && cause.cause().map(c -> path.isPresent() && isOwn(cause, c)).orElse(true);
        Optional<UrlCause> rule = cause.rule();
        if (rule.isPresent()) {
            return new Prose().atom(rule.get().blame().value());
        } else if (several && path.isPresent()) {
            return Prose.of(cause.places() + " paths in")
                    .atom(path.get().parent().orElse(path.get()));
        } else if (path.isPresent()) {
            return new Prose().atom(path.get());
        } else if (cause.url().isPresent()) {
            return new Prose().atom(site(cause) + cause.url().get());
        }
        String what = cause.symptom() == Symptom.WAF ? "rule " : "message ";
        return Prose.of(cause.code().isEmpty() ? "all others" : what + cause.code());
    }

    /** Whether the target itself refuses, so that several of them are several inodes. */
    private static boolean isOwn(LogCause cause, Cause first) {
        return first.kind() != CauseKind.SEARCH
                && cause.why()
                        .flatMap(w -> w.verdict().steps().stream().reduce((a, b) -> b))
                        .map(last -> last.step().path().equals(first.path()))
                        .orElse(false);
    }

    private static String site(LogCause cause) {
        return cause.site().isEmpty() ? "" : PathBytes.of(cause.site()).toString();
    }

    private Prose why(LogCause cause) {
        Optional<Cause> first = cause.cause();
        if (first.isPresent()) {
            Prose prose = new Prose();
            new RuleWords(
                            cause.why().get().identity().label(),
                            RuleWords.lacked(first.get().kind()))
                    .add(prose, first.get().kind(), first.get().rule());
            return prose.words("(" + first.get().kind().word() + ")");
        }
        Optional<UrlCause> rule = cause.rule();
        if (rule.isPresent()) {
            return rule(rule.get());
        }
        Prose prose = Prose.of(cause.symptom().explanation());
        if (!cause.text().isEmpty()) {
            prose.glue(":").words(cause.text());
        }
        if (!cause.code().isEmpty() && cause.path().isPresent()) {
            prose.words("(" + cause.code() + ")");
        }
        cause.why().ifPresent(w -> now(prose, cause, w));
        return prose;
    }

    private static Prose rule(UrlCause rule) {
        Prose prose = new Prose();
        if (!rule.rule().isEmpty()) {
            prose.atom(rule.rule()).glue(":");
        }
        return prose.words(rule.kind().explanation()).words("(" + rule.kind().word() + ")");
    }

    /** What ought to have been answered instead. */
    private static Prose foretold(Prose prose, LogCause cause) {
        if (!cause.isUnexplained() || cause.forecast().isEmpty()) {
            return prose;
        }
        Forecast forecast = cause.forecast().get();
        prose.words(
                forecast.status().isPresent()
                        ? "predicted " + forecast.status().getAsInt() + ", yet refused:"
                        : "refused, and nobody can predict it:");
        return forecast.uncertain().isEmpty()
                ? prose
                : prose.words("perhaps by " + forecast.uncertain().get(0) + ";");
    }

    /** What the file system answers now that the log is read, where that is no refusal. */
    private static void now(Prose prose, LogCause cause, Explanation why) {
        switch (why.answer()) {
            case ALLOWED ->
                prose.glue(";")
                        .words(
                                cause.symptom() == Symptom.PERMISSION || cause.symptom() == Symptom.HTACCESS
                                        ? "now it is allowed: mended since, or the server has other groups or mounts (--as-pid)"
                                        : "its permissions allow it");
            case ABSENT -> prose.glue(";").words("it is not there now");
            case UNCERTAIN -> prose.glue(";").words("now nobody but the machine can tell");
            case DENIED -> {}
        }
    }

    private void remedies(int indent, LogCause cause) throws IOException {
        Remedies remedies = cause.remedies();
        boolean several =
                cause.places() > 1 && cause.cause().map(c -> isOwn(cause, c)).orElse(false);
        if (several) {
            page.prose(
                    indent,
                    Prose.of("audit now")
                            .atom(cause.path().flatMap(PathBytes::parent).orElse(PathBytes.ROOT))
                            .words("has one command that mends all of them."));
        } else if (!remedies.fixes().isEmpty()) {
            page.line(indent, "mend it with");
            RemedyText.write(page, indent + 2, remedies.fixes().get(0));
        }
        if (!several && remedies.advice().isPresent()) {
            page.prose(indent, Prose.of(remedies.advice().get()));
        }
    }

    private void urls(int indent, Crowd crowd) throws IOException {
        List<Crowd.Url> shown = crowd.urls(URLS);
        for (Crowd.Url url : shown) {
            page.line(indent, url.path() + (url.requests() > 1 ? "  " + url.requests() : ""));
        }
        long more = crowd.differentUrls() - shown.size();
        if (more > 0) {
            page.line(indent, page.ellipsis() + " and " + Counted.of(more, "more URL", "more URLs"));
        }
    }

    /** Causes that are told in a line each. */
    private void list(List<LogCause> causes, Mark mark, String title) throws IOException {
        if (causes.isEmpty()) {
            return;
        }
        page.marked(0, mark, Prose.of(title));
        int indent = page.markWidth();
        for (LogCause cause : causes.subList(0, Math.min(LISTED, causes.size()))) {
            page.prose(indent, foretold(head(cause).glue(":"), cause).words(crowds.text(cause.crowd())));
        }
        if (causes.size() > LISTED) {
            page.line(indent, page.ellipsis() + " and " + (causes.size() - LISTED) + " more: --format json");
        }
        page.blank();
    }

    private void more(int causes) throws IOException {
        if (causes > 0) {
            page.line(
                    0, page.ellipsis() + " and " + Counted.of(causes, "more cause", "more causes") + ": --format json");
            page.blank();
        }
    }

    private void limits() throws IOException {
        for (String note : report.notes()) {
            page.prose(0, Prose.of("Note: " + note));
        }
        for (String failure : report.failures()) {
            page.marked(0, Mark.NO, Prose.of("failed: " + failure));
        }
        if (!report.notes().isEmpty() || !report.failures().isEmpty()) {
            page.blank();
        }
    }

    private Prose sum() {
        int causes = report.refusals().size();
        return Prose.of(Counted.of(report.refused(), "answer", "answers") + " of 403 in access logs, "
                + report.unexplained() + " of them unexplained; " + Counted.causes(causes) + " of refusals.");
    }
}
