package docrootaudit.access;

import java.util.Optional;

/**
 * Type, mode, owner, group and access ACL of one inode, as the filesystem stores them.
 *
 * @param type the inode's type
 * @param mode the twelve lower bits of {@code st_mode}
 * @param uid owner (unsigned)
 * @param gid group (unsigned)
 * @param acl the access ACL, if there is one beyond the mode
 */
public record Attributes(FileType type, int mode, int uid, int gid, Optional<Acl> acl) {
    public Attributes {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("no mode: " + Integer.toOctalString(mode));
        }
    }

    /** The owner class: with an ACL, its {@code user::} entry, which is the same bits. */
    public AclEntry owner() {
        return AclEntry.of(AclEntry.Tag.OWNER, mode >>> 6 & 7);
    }

    /** The group class bits of the mode: without an ACL the owning group's, with one the mask. */
    public AclEntry group() {
        return AclEntry.of(AclEntry.Tag.OWNING_GROUP, mode >>> 3 & 7);
    }

    /** The other class, which no mask touches. */
    public AclEntry other() {
        return AclEntry.of(AclEntry.Tag.OTHER, mode & 7);
    }

    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    /** The POSIX ACL, if that is the kind there is. */
    public Optional<PosixAcl> posixAcl() {
        return acl.filter(PosixAcl.class::isInstance).map(PosixAcl.class::cast);
    }

    /** As the first column of {@code ls -l}: {@code drwxr-x--T}, with {@code +} where there is an ACL. */
    public String modeText() {
        char[] text = (type.letter() + owner().permissions().toString() + group().permissions() + other().permissions())
                .toCharArray();
        special(text, 3, 04000, 's');
        special(text, 6, 02000, 's');
        special(text, 9, 01000, 't');
        return new String(text) + (acl.isPresent() ? "+" : "");
    }

    /** What causes of several files are told apart by, in one version as in the next: not left to how Java writes a record. */
    @Override
    public String toString() {
        return "Attributes[type=" + type + ", mode=" + mode + ", uid=" + uid + ", gid=" + gid + ", acl=" + acl + "]";
    }

    private void special(char[] text, int at, int bit, char letter) {
        if ((mode & bit) != 0) {
            text[at] = text[at] == 'x' ? letter : Character.toUpperCase(letter);
        }
    }
}
