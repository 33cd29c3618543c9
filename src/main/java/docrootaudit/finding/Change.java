package docrootaudit.finding;

import docrootaudit.access.Attributes;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import java.util.List;

/** One single step that may mend a refusal: what one command changes. */
sealed interface Change {
    /** The kinds of step; of two that grant the same the earlier is preferred. */
    enum Kind {
        OWNER_BIT,
        MASK,
        REMOVED_ENTRY,
        GROUP_BIT,
        NAMED_USER,
        NAMED_GROUP,
        OWNING_GROUP,
        OTHER_BIT,
        LINK,
        MEMBERSHIP
    }

    Kind kind();

    /**
     * Mode or ACL of one inode change.
     *
     * @param path canonical
     * @param before the inode as it is
     * @param after its attributes then
     * @param words the command without the path, such as {@code setfacl -m u:www-data:x}
     */
    record Edit(Kind kind, PathBytes path, Inode before, Attributes after, List<String> words) implements Change {}

    /**
     * A link is made anew by the owner of its directory.
     *
     * @param directory attributes of the directory that holds it
     * @param after the link's attributes then
     */
    record Relink(PathBytes path, Attributes directory, Attributes after, PathBytes target) implements Change {
        @Override
        public Kind kind() {
            return Kind.LINK;
        }
    }

    /** The principal becomes a member of one more group. */
    record Join(int gid, List<String> words) implements Change {
        @Override
        public Kind kind() {
            return Kind.MEMBERSHIP;
        }
    }
}
