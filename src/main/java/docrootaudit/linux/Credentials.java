package docrootaudit.linux;

import java.io.IOException;

/** The identity of this process as a whole. */
public final class Credentials {
    private Credentials() {}

    /** The effective uid of this process (unsigned). */
    public static int uid() {
        return Libc.geteuid();
    }

    /**
     * Gives the process, all its threads, to an account for good (the C library's setgroups(2), setresgid(2) and
     * setresuid(2) change every thread).
     *
     * @throws IOException if the kernel refuses; the process may then be half changed and should end
     */
    public static void become(int uid, int gid, int... groups) throws IOException {
        Scratch scratch = new Scratch(Math.max(4, groups.length * 4));
        for (int i = 0; i < groups.length; i++) {
            scratch.bytes.putInt(i * 4, groups[i]);
        }
        if (Libc.setgroups(groups.length, scratch.address) != 0
                || Libc.setresgid(gid, gid, gid) != 0
                || Libc.setresuid(uid, uid, uid) != 0) {
            throw new IOException("the process cannot become uid " + Integer.toUnsignedString(uid) + ": "
                    + Libc.sentence(Libc.errno()));
        }
    }
}
