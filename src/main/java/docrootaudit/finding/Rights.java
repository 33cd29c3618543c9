package docrootaudit.finding;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.Attributes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import java.util.Set;

/**
 * Everything a principal is granted on one inode: each of the seven combinations of read, write and execute, for an ACL
 * may grant two permissions singly and refuse them together ({@code posix_acl_permission()}).
 *
 * @param combinations bit N is set if the permissions N are granted together
 */
record Rights(int combinations) {
    static final Permissions WRITE = Permissions.WRITE;

    static Rights of(Principal who, Attributes what) {
        int combinations = 0;
        for (int bits = 1; bits <= 7; bits++) {
            if (AccessCheck.decide(who, what, new Permissions(bits)) instanceof Verdict.Granted) {
                combinations |= 1 << bits;
            }
        }
        return new Rights(combinations);
    }

    /** What the bits and ACL alone grant, capabilities apart. */
    static Rights discretionary(Principal who, Attributes what) {
        return of(new Principal(who.uid(), who.gid(), who.groups(), Set.of()), what);
    }

    /** The permissions that are granted each for itself. */
    Permissions singly() {
        return new Permissions((combinations >> 1 & 1) | (combinations >> 2 & 1) << 1 | (combinations >> 4 & 1) << 2);
    }

    /** What is granted now, each for itself, and was not before. */
    Permissions since(Rights before) {
        return new Permissions(singly().bits() & ~before.singly().bits());
    }

    /** Whether something that was granted before no longer is. */
    boolean lacks(Rights before) {
        return (before.combinations & ~combinations) != 0;
    }
}
