package docrootaudit.linux;

import docrootaudit.access.Capability;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;

/**
 * The kernel's own answers for a principal: a thread of its own takes the identity for real and asks
 * {@code faccessat2(AT_EACCESS)}. Credentials belong to threads in the kernel (credentials(7)); only the C library makes
 * all threads of a process change together, and the raw system calls used here do not. Needs root.
 */
public final class KernelAnswers implements AutoCloseable {
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
    private static final boolean ARM64 = System.getProperty("os.arch").equals("aarch64");
    static final long SYS_SETGROUPS = ARM64 ? 159 : 116;
    private static final long SYS_SETRESGID = ARM64 ? 149 : 119;
    private static final long SYS_SETRESUID = ARM64 ? 147 : 117;
    private static final long SYS_CAPSET = ARM64 ? 91 : 126;
    private static final long SYS_PRCTL = ARM64 ? 167 : 157;
    private static final long SYS_UNSHARE = ARM64 ? 97 : 272;
    private static final long SYS_SETNS = ARM64 ? 268 : 308;
    private static final long SYS_FCHDIR = ARM64 ? 50 : 81;
    private static final long SYS_CHROOT = ARM64 ? 51 : 161;
    private static final long CLONE_FS = 0x200;
    private static final long CLONE_NEWNS = 0x20000;

    private final SynchronousQueue<Question> questions = new SynchronousQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final Thread thread;

    private record Question(PathBytes path, int mode) {}

    /**
     * Answers about the files as this process sees them.
     *
     * @throws IOException if this process may not take the identity
     */
    public KernelAnswers(Principal who) throws IOException {
        this(who, Optional.empty());
    }

    /**
     * Answers about the files as another process sees them.
     *
     * @param pid the process whose mounts and root directory are meant
     * @throws IOException if this process may not take the identity, or may not go where the other is
     */
    public KernelAnswers(Principal who, long pid) throws IOException {
        this(who, Optional.of(pid));
    }

    private KernelAnswers(Principal who, Optional<Long> pid) throws IOException {
        if (!who.reach().isEverything()) {
            // setns(2): a process with several threads cannot join a user namespace
            throw new IOException("cannot take the identity of uid " + Integer.toUnsignedString(who.uid())
                    + ": it has capabilities in another user namespace only");
        }
        thread = new Thread(() -> serve(who, pid), "as-" + Integer.toUnsignedString(who.uid()));
        thread.setDaemon(true);
        thread.start();
        int errno = take();
        if (errno != 0) {
            throw new IOException("cannot take the identity of uid " + Integer.toUnsignedString(who.uid())
                    + pid.map(p -> " where process " + p + " is").orElse("") + ": "
                    + (errno == Libc.EPERM ? "that needs root" : Libc.sentence(errno)));
        }
    }

    /** 0 if the kernel grants it, else the error number. */
    public int ask(PathBytes path, Permissions asked) {
        try {
            questions.put(new Question(path, asked.bits()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return take();
    }

    private int take() {
        try {
            return answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void serve(Principal who, Optional<Long> pid) {
        Scratch scratch = new Scratch(1 << 17);
        int moved = pid.map(p -> enter(p, scratch)).orElse(0);
        answers.add(moved != 0 ? moved : become(who, scratch));
        try {
            while (true) {
                Question question = questions.take();
                long result = Libc.syscall(
                        Libc.SYS_FACCESSAT2,
                        Libc.AT_FDCWD,
                        scratch.put(0, question.path()),
                        question.mode(),
                        Libc.AT_EACCESS,
                        0,
                        0);
                answers.add(result == 0 ? 0 : Libc.errno());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes this thread into the mount namespace and to the root directory of another process (setns(2)). */
    private static int enter(long pid, Scratch scratch) {
        String process = "/proc/" + pid;
        int root = Libc.openat(
                Libc.AT_FDCWD, scratch.put(0, PathBytes.of(process + "/root")), Libc.O_PATH | Libc.O_CLOEXEC, 0);
        int mounts = Libc.openat(Libc.AT_FDCWD, scratch.put(0, PathBytes.of(process + "/ns/mnt")), Libc.O_CLOEXEC, 0);
        // a thread that shares its working directory with others cannot move alone
        boolean entered = root >= 0
                && mounts >= 0
                && Libc.syscall(SYS_UNSHARE, CLONE_FS, 0, 0, 0, 0, 0) == 0
                && Libc.syscall(SYS_SETNS, mounts, CLONE_NEWNS, 0, 0, 0, 0) == 0
                && Libc.syscall(SYS_FCHDIR, root, 0, 0, 0, 0, 0) == 0
                && Libc.syscall(SYS_CHROOT, scratch.put(0, PathBytes.of(".")), 0, 0, 0, 0, 0) == 0;
        int errno = entered ? 0 : Libc.errno();
        Libc.close(root);
        Libc.close(mounts);
        return errno;
    }

    static int become(Principal who, Scratch scratch) {
        int[] groups = who.groups().gids();
        for (int i = 0; i < groups.length; i++) {
            scratch.bytes.putInt(i * 4, groups[i]);
        }
        long keep = Libc.syscall(SYS_PRCTL, PR_SET_KEEPCAPS, 1, 0, 0, 0, 0);
        long uid = Integer.toUnsignedLong(who.uid());
        long gid = Integer.toUnsignedLong(who.gid());
        if (keep < 0
                || Libc.syscall(SYS_SETGROUPS, groups.length, scratch.address, 0, 0, 0, 0) < 0
                || Libc.syscall(SYS_SETRESGID, gid, gid, gid, 0, 0, 0) < 0
                || Libc.syscall(SYS_SETRESUID, uid, uid, uid, 0, 0, 0) < 0) {
            return Libc.errno();
        }
        int effective = 0;
        for (Capability capability : who.capabilities()) {
            effective |= 1 << capability.number();
        }
        scratch.bytes.putInt(0, CAPABILITY_VERSION_3);
        scratch.bytes.putInt(4, 0);
        for (int i = 0; i < 6; i++) {
            scratch.bytes.putInt(64 + i * 4, i < 2 ? effective : 0);
        }
        return Libc.syscall(SYS_CAPSET, scratch.address, scratch.address + 64, 0, 0, 0, 0) < 0 ? Libc.errno() : 0;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
