package docrootaudit.report;

import docrootaudit.access.Errno;
import docrootaudit.access.Names;
import docrootaudit.access.PathVerdict;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.UrlCause;
import docrootaudit.finding.UrlExplanation;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A URL's explanation for people: the answer, what is to blame, what comes next, what the server asked, what mends it. */
final class UrlText {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(410, "Gone"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"));

    private final UrlExplanation explanation;
    private final Names names;
    private final Page page;

    UrlText(UrlExplanation explanation, Names names, Page page) {
        this.explanation = explanation;
        this.names = names;
        this.page = page;
    }

    void write() throws IOException {
        page.marked(0, mark(), title());
        page.prose(page.markWidth(), Prose.of(explanation.request()));
        page.prose(page.markWidth(), Prose.of(explanation.server()));
        Prose who = new IdentityWords(explanation.identity(), names).add(Prose.of("worker:"));
        page.prose(page.markWidth(), new IdentityWords(explanation.identity(), names).addSource(who.glue(",")));
        for (String note : explanation.notes()) {
            page.prose(page.markWidth(), Prose.of(note));
        }
        causes();
        chain();
        for (String reason : explanation.uncertain()) {
            page.blank();
            page.marked(0, Mark.UNKNOWN, Prose.of("cannot tell: " + reason));
        }
        RemedyText.writeAll(page, explanation.remedies());
    }

    private Mark mark() {
        return switch (explanation.answer()) {
            case ALLOWED -> explanation.causes().isEmpty() ? Mark.OK : Mark.NO;
            case DENIED, ABSENT -> Mark.NO;
            case UNCERTAIN -> Mark.UNKNOWN;
        };
    }

    private Prose title() {
        Prose prose = new Prose().atom(explanation.target());
        String unsure = explanation.answer() == PathVerdict.Answer.UNCERTAIN ? "probably " : "";
        if (explanation.status().isEmpty()) {
            return prose.words("is " + unsure + "passed to")
                    .atom(explanation.passedTo().orElse("an upstream"))
                    .glue(",")
                    .words("which answers it");
        }
        int status = explanation.status().getAsInt();
        prose.words(unsure + "answers " + (status + " " + REASONS.getOrDefault(status, "")).trim());
        if (status < 400 && !explanation.causes().isEmpty()) {
            prose.glue(",").words("but with something else than what was asked for");
        }
        return prose;
    }

    private void causes() throws IOException {
        List<UrlCause> causes = explanation.causes();
        if (causes.isEmpty()) {
            return;
        }
        page.blank();
        UrlCause first = causes.get(0);
        page.prose(0, sentence(Prose.of("Blocked at"), first).glue("."));
        if (first.via().isPresent()) {
            page.prose(
                    0,
                    Prose.of("The way there led through the link")
                            .atom(first.via().get())
                            .glue("."));
        }
        page.prose(0, Prose.of("Cause: " + first.kind().word() + ", " + meaning(first) + "."));
        String place = "Behind it waits";
        for (UrlCause next : causes.subList(1, causes.size())) {
            page.prose(
                    0, sentence(Prose.of(place), next).words("(" + next.kind().word() + ")."));
            place = "Behind that waits";
        }
        if (explanation.intended()) {
            page.prose(0, Prose.of("It is refused on purpose; to open it is no mending."));
        }
    }

    private static String meaning(UrlCause cause) {
        boolean byServer = cause.kind() == CauseKind.SYMLINK && cause.blame() instanceof UrlCause.Blame.Line;
        return byServer
                ? "the web server's configuration has it not follow this link"
                : cause.kind().explanation();
    }

    private static Prose sentence(Prose prose, UrlCause cause) {
        if (cause.blame() instanceof UrlCause.Blame.Request) {
            prose.words("the request");
        }
        prose.atom(cause.blame().value());
        if (!cause.rule().isEmpty()) {
            prose.glue(":").atom(cause.rule());
        } else if (cause.errno().filter(e -> e != Errno.EACCES).isPresent()) {
            prose.glue(":").words(cause.errno().get().sentence());
        }
        return prose;
    }

    private void chain() throws IOException {
        if (!explanation.chain().isEmpty()) {
            page.blank();
        }
        int width = explanation.chain().stream()
                .mapToInt(s -> Prose.columns(Visible.text(s.what())))
                .max()
                .orElse(0);
        for (UrlExplanation.Step step : explanation.chain()) {
            String what = Visible.text(step.what());
            String mark = (step.refuses() ? Mark.NO : Mark.OK).text(page.style());
            String place = step.source()
                    .map(s -> s.value().toString())
                    .or(() -> step.path().map(Object::toString))
                    .orElse("");
            String rule = step.rule().isEmpty() ? "" : "  " + Visible.text(step.rule());
            page.line(
                    2,
                    (mark + "  " + what + " ".repeat(width - Prose.columns(what)) + "  " + Visible.text(place) + rule)
                            .stripTrailing());
            boolean both = step.source().isPresent() && step.path().isPresent();
            if (!step.result().equals("allowed")) {
                Prose result = both ? new Prose().atom(step.path().get()).glue(":") : new Prose();
                page.prose(2 + page.markWidth() + width + 2, result.words(step.result()));
            }
        }
    }
}
