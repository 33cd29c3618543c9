package docrootaudit.audit;

import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Refusals;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * Entries of one directory that refuse access to themselves, alike in everything that matters.
 *
 * @param alike in what
 * @param directory where, as walked
 * @param canonical the same without links
 * @param names which
 * @param id of the cause that they are, or of all their causes together
 */
record FileGroup(Alike alike, PathBytes directory, PathBytes canonical, PackedNames names, String id) {
    /** That of the drafts made of them. */
    static final Comparator<FileGroup> IN_ORDER =
            (a, b) -> Drafts.inOrder(a.directory, a.names, a.alike.kind(), b.directory, b.names, b.alike.kind());

    /** Whose refusal, of what, by which rule, of inodes with which attributes, behind another or not, on purpose or not. */
    record Alike(Reader reader, Need need, CauseKind kind, String rule, Inode inode, boolean behind, boolean secret) {
        /** Asked for every refused file: written out, it takes a tenth of what a record's own takes. */
        @Override
        public boolean equals(Object other) {
            return this == other
                    || (other instanceof Alike alike
                            && reader == alike.reader
                            && need == alike.need
                            && kind == alike.kind
                            && behind == alike.behind
                            && secret == alike.secret
                            && rule.equals(alike.rule)
                            && isLike(alike.inode));
        }

        /** Most inodes that are alike are one object, and most others differ in their mode. */
        @SuppressWarnings("ReferenceEquality") // equals() is asked where it is not the same object
        private boolean isLike(Inode other) {
            return inode == other
                    || (inode.attributes().mode() == other.attributes().mode() && inode.equals(other));
        }

        /** Without the inode, which takes long to hash and seldom tells apart what the rest does not. */
        @Override
        public int hashCode() {
            return 31 * rule.hashCode() + inode.attributes().mode();
        }
    }

    /**
     * Puts a group together.
     *
     * @param attributes the inodes' in words, by which files that are refused alike are one group or another
     */
    static FileGroup of(Alike alike, String attributes, PathBytes directory, PathBytes canonical, PackedNames names) {
        int uid = alike.reader().uid();
        String id = names.count() == 1
                ? CauseId.of(uid, Refusals.path(directory, names.iterator().next()), alike.kind())
                : CauseId.ofGroup(
                        uid, directory, alike.kind(), alike.rule() + "\0" + attributes + "\0" + alike.secret());
        return new FileGroup(alike, directory, canonical, names, id);
    }

    /** The id that is kept as a number. */
    static String id(long number) {
        return HexFormat.of().toHexDigits(number);
    }

    /** The number that stands for its id. */
    long number() {
        return HexFormat.fromHexDigitsToLong(id);
    }
}
