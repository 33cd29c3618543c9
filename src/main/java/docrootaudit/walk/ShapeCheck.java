package docrootaudit.walk;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.Capability;
import docrootaudit.access.FileType;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import java.util.Optional;

/**
 * Decides by shape, not by file: a million entries have a few dozen distinct (mode, owner, group, ACL), and the pure
 * check is asked once for each. An ACL is read only where it can matter. Used by one thread.
 */
public final class ShapeCheck {
    private static final int SLOTS = 4096;

    private final Principal who;
    private final Permissions asked;
    private final int[] modes = new int[SLOTS];
    private final int[] uids = new int[SLOTS];
    private final int[] gids = new int[SLOTS];
    private final Acl[] acls = new Acl[SLOTS];
    private final Verdict[] verdicts = new Verdict[SLOTS];
    private int used;

    public ShapeCheck(Principal who, Permissions asked) {
        this.who = who;
        this.asked = asked;
    }

    /**
     * The verdict on an entry whose {@link Entry#stat()} was called; by its own bits and ACL, not by its mount. Where a
     * capability grants, another rule may be named for it than {@link AccessCheck} names, which reads the ACL first.
     */
    public Verdict decide(Entry entry) throws SourceException {
        int mode = entry.mode();
        int uid = entry.uid();
        int gid = entry.gid();
        Acl acl = aclMatters(entry, mode, uid) ? entry.acl().orElse(null) : null;
        int slot = (mode * 31 + uid * 17 + gid * 13 + (acl == null ? 0 : System.identityHashCode(acl)) & 0x7fffffff)
                % SLOTS;
        while (verdicts[slot] != null) {
            if (modes[slot] == mode && uids[slot] == uid && gids[slot] == gid && acls[slot] == acl) {
                return verdicts[slot];
            }
            slot = (slot + 1) % SLOTS;
        }
        Attributes attributes = entry.attributes(Optional.ofNullable(acl));
        Verdict verdict = AccessCheck.decide(who, attributes, asked);
        if (++used > SLOTS / 2) {
            java.util.Arrays.fill(verdicts, null);
            used = 0;
            return verdict;
        }
        modes[slot] = mode;
        uids[slot] = uid;
        gids[slot] = gid;
        acls[slot] = acl;
        verdicts[slot] = verdict;
        return verdict;
    }

    /** The kernel's own reasons not to read the ACL, and ours: a capability that grants whatever it says. */
    private boolean aclMatters(Entry entry, int mode, int uid) {
        if (isOverridden(mode, uid, entry.gid())) {
            return false;
        }
        return entry.hasOrderedAcls() || (uid != who.uid() && (mode & 070) != 0);
    }

    /** As {@link AccessCheck} asks the capabilities, only first. */
    private boolean isOverridden(int mode, int uid, int gid) {
        boolean directory = (mode & 0170000) == FileType.DIRECTORY.bits();
        boolean writing = (asked.bits() & 2) != 0;
        boolean executing = (asked.bits() & 1) != 0;
        return (!writing && (directory || !executing) && who.has(Capability.CAP_DAC_READ_SEARCH, uid, gid))
                || ((directory || !executing || (mode & 0111) != 0) && who.has(Capability.CAP_DAC_OVERRIDE, uid, gid));
    }
}
