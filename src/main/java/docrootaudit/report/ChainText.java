package docrootaudit.report;

import docrootaudit.access.AclEntry;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a path as a table, like {@code namei -l}: mark, mode, owner, group, the entry that decided, name. The
 * name is last, so that its length pushes nothing out of its column.
 */
final class ChainText {
    private static final String OFF = "the kernel does not ask its ACL while the mask is empty";

    private final Page page;
    private final JudgedSteps steps;
    private final PathVerdict verdict;

    ChainText(Page page, JudgedSteps steps, PathVerdict verdict) {
        this.page = page;
        this.steps = steps;
        this.verdict = verdict;
    }

    /** A line of the table; {@code more} goes below it. */
    private record Row(Mark mark, List<String> cells, String name, Optional<Prose> more) {}

    void write() throws IOException {
        List<Row> rows = rows();
        int[] widths = new int[4];
        for (Row row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Prose.columns(row.cells().get(i)));
            }
        }
        for (Row row : rows) {
            StringBuilder line = new StringBuilder(row.mark().text(page.style()));
            for (int i = 0; i < widths.length; i++) {
                String cell = row.cells().get(i);
                if (widths[i] > 0) {
                    line.append("  ").append(cell).append(" ".repeat(widths[i] - Prose.columns(cell)));
                }
            }
            page.line(2, line + "  " + row.name());
            if (row.more().isPresent()) {
                page.prose(2 + page.markWidth(), row.more().get());
            }
        }
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Optional<PathBytes> at = Optional.empty();
        for (PathVerdict.Judged judged : verdict.steps()) {
            Step step = judged.step();
            if (step instanceof Step.Search && at.filter(step.path()::equals).isPresent()) {
                // asked again behind a relative link: the same answer
                continue;
            }
            rows.add(row(judged, name(step, at)));
            at = step instanceof Step.Follow ? step.path().parent() : Optional.of(step.path());
        }
        return rows;
    }

    /** The bare name below the line before, the whole path where resolution went elsewhere. */
    private static String name(Step step, Optional<PathBytes> at) {
        boolean child = at.isPresent()
                && (step.path().parent().equals(at) || step.path().equals(at.get()));
        String name = (child ? step.path().name() : step.path()).toString();
        return step instanceof Step.Follow follow ? name + " -> " + follow.target() : name;
    }

    private Row row(PathVerdict.Judged judged, String name) {
        Optional<Inode> inode = JudgedSteps.inode(judged.step());
        List<String> cells = List.of(
                inode.map(i -> i.attributes().modeText()).orElse(""),
                Visible.text(inode.map(steps::owner).orElse("")),
                Visible.text(inode.map(steps::group).orElse("")),
                Visible.text(steps.rule(judged)));
        if (judged.verdict() instanceof Verdict.Denied) {
            return new Row(Mark.NO, cells, name, Optional.of(refusal(judged, inode)));
        } else if (judged.verdict() instanceof Verdict.Failed failed) {
            return new Row(
                    Mark.NO, cells, name, Optional.of(Prose.of(failed.errno().sentence())));
        } else if (judged.verdict() instanceof Verdict.Unknown unknown) {
            return new Row(Mark.UNKNOWN, cells, name, Optional.of(Prose.of(unknown.why())));
        }
        boolean byBits = judged.verdict() instanceof Verdict.Granted granted && granted.by() instanceof AclEntry;
        Optional<Inode> off = inode.filter(i -> byBits && steps.isAclSwitchedOff(i));
        return new Row(Mark.OK, cells, name, off.map(i -> Prose.of(OFF)));
    }

    private Prose refusal(PathVerdict.Judged judged, Optional<Inode> inode) {
        Prose prose = Prose.of("refuses");
        if (judged.step() instanceof Step.Follow) {
            return prose.words("to be followed");
        }
        prose.words(judged.need().word());
        List<String> acl = inode.map(steps::acl).orElse(List.of());
        if (!acl.isEmpty()) {
            prose.glue(";").words("its ACL is");
            acl.forEach(prose::atom);
            boolean saysSo = steps.rule(judged).startsWith("mask::");
            if (!saysSo && inode.filter(steps::isAclSwitchedOff).isPresent()) {
                prose.glue(";").words(OFF);
            }
        }
        return prose;
    }
}
