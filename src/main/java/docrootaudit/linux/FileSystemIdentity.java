package docrootaudit.linux;

import docrootaudit.access.Capability;
import docrootaudit.access.Principal;

/**
 * The file system identity of somebody else, which one thread takes for a few system calls and puts down again
 * (credentials(7), setfsuid(2)). With it go the capabilities that override file permissions: the kernel takes them from a
 * thread whose file system uid leaves 0 and gives them back when it returns ({@code cap_task_fix_setuid()} in {@code
 * security/commoncap.c}). The thread keeps the other's groups.
 *
 * <p>Nothing else may be done while it is taken: the thread could not even load a class from a jar that the other may not
 * read.
 */
final class FileSystemIdentity {
    private static final boolean ARM64 = System.getProperty("os.arch").equals("aarch64");
    private static final long SYS_SETFSUID = ARM64 ? 151 : 122;
    private static final long SYS_SETFSGID = ARM64 ? 152 : 123;
    private static final long SYS_CAPGET = ARM64 ? 90 : 125;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final int OVERRIDING =
            1 << Capability.CAP_DAC_OVERRIDE.number() | 1 << Capability.CAP_DAC_READ_SEARCH.number();

    /** As an id that is nobody's: answers what the present one is, and changes nothing. */
    private static final long ASK = 0xffffffffL;

    private final long uid;
    private final boolean usable;

    private FileSystemIdentity(long uid, boolean usable) {
        this.uid = uid;
        this.usable = usable;
    }

    /** What cannot be taken. */
    static FileSystemIdentity none() {
        return new FileSystemIdentity(0, false);
    }

    /** Prepares the calling thread, and only it, to take the identity. */
    static FileSystemIdentity ofThread(Principal who) {
        long uid = Integer.toUnsignedLong(who.uid());
        boolean plain =
                uid != 0 && who.capabilities().isEmpty() && who.reach().isEverything() && Credentials.uid() == 0;
        return new FileSystemIdentity(uid, plain && prepare(who, uid));
    }

    /** Tries it once: a process may be root in name only, or have the secure bit that keeps capabilities (SECBIT_NO_SETUID_FIXUP). */
    private static boolean prepare(Principal who, long uid) {
        int[] groups = who.groups().gids();
        Scratch scratch = new Scratch(Math.max(64, 4 * groups.length));
        long gid = Integer.toUnsignedLong(who.gid());
        if (overriding(scratch) == 0
                || Libc.syscall(KernelAnswers.SYS_SETGROUPS, groups.length, put(scratch, groups), 0, 0, 0, 0) < 0) {
            return false;
        }
        set(SYS_SETFSGID, gid);
        set(SYS_SETFSUID, uid);
        boolean taken = set(SYS_SETFSGID, ASK) == gid && set(SYS_SETFSUID, ASK) == uid && overriding(scratch) == 0;
        set(SYS_SETFSUID, 0);
        return taken && set(SYS_SETFSUID, ASK) == 0 && overriding(scratch) != 0;
    }

    private static long put(Scratch scratch, int[] groups) {
        for (int i = 0; i < groups.length; i++) {
            scratch.bytes.putInt(i * 4, groups[i]);
        }
        return scratch.address;
    }

    /** The effective capabilities of this thread that override file permissions. */
    private static int overriding(Scratch scratch) {
        scratch.bytes.putInt(0, CAPABILITY_VERSION_3);
        scratch.bytes.putInt(4, 0);
        long done = Libc.syscall(SYS_CAPGET, scratch.address, scratch.address + 8, 0, 0, 0, 0);
        return done < 0 ? 0 : scratch.bytes.getInt(8) & OVERRIDING;
    }

    private static long set(long call, long id) {
        return Integer.toUnsignedLong((int) Libc.syscall(call, id));
    }

    /** False if this process may not. */
    boolean take() {
        if (usable) {
            set(SYS_SETFSUID, uid);
        }
        return usable;
    }

    void putDown() {
        set(SYS_SETFSUID, 0);
    }
}
