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

    /** Of each shape, what its files' names are multiplied by; of each group, what its names add up to. */
    private final int[] factors;

    private final int[] names;

    private FormerShapes(List<Attributes> shapes, List<PackedNames> refused) {
        this.factors = shapes.stream().mapToInt(FileSet::factor).toArray();
        this.names = refused.stream().mapToInt(FileSet::ofNames).toArray();
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
        for (int shape = 0; shape < before.shapes().size(); shape++) {
            if (former.fits(0, group, lost.minus(former.files(group, shape)))) {
                return Optional.of(before.shapes().get(shape));
            }
        }
        return Optional.empty();
    }

    private FileSet files(int group, int shape) {
        return new FileSet(factors[shape] * names[group]);
    }

    /** Whether the groups from one on, but for that which is settled, can be made what is left. */
    private boolean fits(int from, int settled, FileSet left) {
        if (from == names.length) {
            return left.equals(FileSet.NONE);
        }
        if (fits(from + 1, settled, left)) {
            return true;
        }
        if (from == settled) {
            return false;
        }
        for (int shape = 0; shape < factors.length; shape++) {
            if (fits(from + 1, settled, left.minus(files(from, shape)))) {
                return true;
            }
        }
        return false;
    }
}
