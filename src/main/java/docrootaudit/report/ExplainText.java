package docrootaudit.report;

import docrootaudit.access.Errno;
import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.finding.Cause;
import docrootaudit.finding.Explanation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** An explanation for people: the verdict, the path step by step, what is to blame, what comes next, what mends it. */
final class ExplainText {
    private final Explanation explanation;
    private final IdentityWords identity;
    private final JudgedSteps steps;
    private final Page page;

    ExplainText(Explanation explanation, Names names, Page page) {
        this.explanation = explanation;
        this.identity = new IdentityWords(explanation.identity(), names);
        this.steps = JudgedSteps.of(explanation, names);
        this.page = page;
    }

    void write() throws IOException {
        page.marked(0, mark(), title());
        page.prose(page.markWidth(), identity.addSource(new Prose()));
        page.blank();
        new ChainText(page, steps, explanation.verdict()).write();
        causes();
        for (String reason : explanation.uncertain()) {
            page.blank();
            page.marked(0, Mark.UNKNOWN, Prose.of("cannot tell: " + reason));
        }
        if (explanation.intended()) {
            page.blank();
            page.prose(0, Prose.of("It is closed on purpose; to open it is no mending."));
        }
        RemedyText.writeAll(page, explanation.remedies());
    }

    private Mark mark() {
        return switch (explanation.answer()) {
            case ALLOWED -> Mark.OK;
            case DENIED, ABSENT -> Mark.NO;
            case UNCERTAIN -> Mark.UNKNOWN;
        };
    }

    private Prose title() {
        String need = explanation.verdict().need().word();
        PathBytes asked = explanation.verdict().asked();
        Prose prose = new Prose();
        return switch (explanation.answer()) {
            case ALLOWED -> identity.add(prose).words("can " + need).atom(asked);
            case DENIED, ABSENT ->
                failure().isPresent()
                        ? prose.words("nobody can " + need)
                                .atom(asked)
                                .glue(":")
                                .words(failure().get().sentence())
                        : identity.add(prose).words("cannot " + need).atom(asked);
            case UNCERTAIN ->
                identity.add(prose.words("cannot tell whether"))
                        .words("can " + need)
                        .atom(asked);
        };
    }

    /** Why the path resolves for nobody, if that is the first thing that is wrong with it. */
    private Optional<Errno> failure() {
        return explanation.causes().stream().findFirst().map(Cause::errno).filter(e -> e != Errno.EACCES);
    }

    private void causes() throws IOException {
        List<Cause> causes = explanation.causes();
        if (causes.isEmpty()) {
            return;
        }
        Cause first = causes.get(0);
        page.blank();
        if (first.errno() == Errno.EACCES) {
            page.prose(0, sentence(Prose.of("Blocked at"), first).glue("."));
        } else {
            page.prose(
                    0,
                    Prose.of("It ends at")
                            .atom(first.path())
                            .glue(":")
                            .words(first.errno().sentence() + "."));
        }
        if (first.via().isPresent()) {
            page.prose(
                    0,
                    Prose.of("The way there led through the link")
                            .atom(first.via().get())
                            .glue("."));
        }
        page.prose(
                0,
                Prose.of("Cause: " + first.kind().word() + ", " + first.kind().explanation() + "."));
        String place = "Behind it waits";
        for (Cause next : causes.subList(1, causes.size())) {
            page.prose(
                    0, sentence(Prose.of(place), next).words("(" + next.kind().word() + ")."));
            place = "Behind that waits";
        }
    }

    private Prose sentence(Prose prose, Cause cause) {
        prose.atom(cause.path()).glue(":");
        if (cause.errno() != Errno.EACCES) {
            return prose.words(cause.errno().sentence());
        }
        return new RuleWords(explanation.identity().label(), lacked(cause)).add(prose, cause.kind(), cause.rule());
    }

    private static boolean isOf(Cause cause, Need need) {
        return switch (cause.kind()) {
            case SEARCH -> need == Need.SEARCH;
            case EXECUTE -> need == Need.EXECUTE;
            case MODE -> need == Need.READ || need == Need.LIST || need == Need.WRITE;
            default -> true;
        };
    }

    /** What a cause lacked: search on the way, the need at the end. */
    private String lacked(Cause cause) {
        List<Need> needs = explanation.verdict().refusals().stream()
                .filter(judged -> judged.step().path().equals(cause.path()))
                .map(PathVerdict.Judged::need)
                .toList();
        if (needs.isEmpty()) {
            return RuleWords.lacked(cause.kind());
        }
        // one inode may refuse several needs, each a cause of its own kind
        Need need = needs.stream().filter(n -> isOf(cause, n)).findFirst().orElse(needs.get(0));
        return (need == Need.LIST ? "read" : need.word()) + " permission";
    }
}
