package docrootaudit.audit;

import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.PackedNames;
import docrootaudit.walk.Directory;

/**
 * Entries of one directory that refuse access to themselves, alike in everything that matters.
 *
 * @param alike in what
 * @param directory where
 * @param names which
 */
record FileGroup(Alike alike, Directory<Place> directory, PackedNames names) {
    /** Whose refusal, of what, by which rule, of inodes with which attributes, behind another or not, on purpose or not. */
    record Alike(Reader reader, Need need, CauseKind kind, String rule, Inode inode, boolean behind, boolean secret) {
        /** Without the inode, which takes long to hash and seldom tells apart what the rest does not. */
        @Override
        public int hashCode() {
            return 31 * rule.hashCode() + inode.attributes().mode();
        }
    }

    PathBytes path() {
        return directory.path();
    }
}
