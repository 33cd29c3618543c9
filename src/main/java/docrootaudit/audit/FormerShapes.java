package docrootaudit.audit;

import docrootaudit.access.Attributes;
import docrootaudit.finding.FileSet;
import docrootaudit.finding.GrantedFiles;
import docrootaudit.finding.PackedNames;
import java.util.List;
import java.util.Optional;

/**
 * What files of one directory were like that are refused now. They are not remembered one by one: it is tried which of
 * them, each with which of the shapes that were there, make up the difference between the files that were granted then
 * and those that are granted now. If none do, because files came, went or changed besides, nothing is known.
 */
final class FormerShapes {
    /** Of more, the guesses would be so many that one could fit by chance. */
    private static final int GROUPS = 3;

    private final List<Attributes> shapes;
    private final List<PackedNames> refused;

    private FormerShapes(List<Attributes> shapes, List<PackedNames> refused) {
        this.shapes = shapes;
        this.refused = refused;
    }

    /**
     * What the files of one group were like.
     *
     * @param before the files that were granted before
     * @param now those that are now
     * @param refused all that came up as refused since, in groups that are alike
     * @param group the place of the one that is asked about
     * @return empty if they were not granted, were not all alike, or nobody knows
     */
    static Optional<Attributes> of(GrantedFiles before, FileSet now, List<PackedNames> refused, int group) {
        if (before.set().isEmpty() || refused.size() > GROUPS) {
            return Optional.empty();
        }
        FileSet lost = before.set().get().minus(now);
        FormerShapes former = new FormerShapes(before.shapes(), refused);
        for (Attributes shape : before.shapes()) {
            if (former.fits(0, group, lost.minus(files(refused.get(group), shape)))) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    private static FileSet files(PackedNames names, Attributes shape) {
        return new FileSet(FileSet.factor(shape) * FileSet.ofNames(names));
    }

    /** Whether the groups from one on, but for that which is settled, can be made what is left. */
    private boolean fits(int from, int settled, FileSet left) {
        if (from == refused.size()) {
            return left.equals(FileSet.NONE);
        }
        if (fits(from + 1, settled, left)) {
            return true;
        }
        if (from == settled) {
            return false;
        }
        for (Attributes shape : shapes) {
            if (fits(from + 1, settled, left.minus(files(refused.get(from), shape)))) {
                return true;
            }
        }
        return false;
    }
}
