package docrootaudit.access;

/** The one thing that decided: an ACL entry or mode class, a capability, a mount option, a kernel setting. */
public sealed interface Rule permits AclEntry, OrderedAclEntry, Rule.Capability, Rule.MountOption, Rule.Setting {
    /** The rule as an administrator knows it, with account names where {@code names} has them. */
    String text(Names names);

    /** A capability of the process (capabilities(7)), such as {@code CAP_DAC_READ_SEARCH}. */
    record Capability(String name) implements Rule {
        @Override
        public String text(Names names) {
            return name;
        }
    }

    /** An option of the mount the inode is on, such as {@code noexec}. */
    record MountOption(String name) implements Rule {
        @Override
        public String text(Names names) {
            return name;
        }
    }

    /** A sysctl, such as {@code fs.protected_symlinks=1}. */
    record Setting(String assignment) implements Rule {
        @Override
        public String text(Names names) {
            return assignment;
        }
    }
}
