package docrootaudit.linux;

/** Whether somebody is watching. */
public final class Terminal {
    private Terminal() {}

    /** Whether the file descriptor is a terminal (isatty(3)). */
    public static boolean is(int fd) {
        return Libc.isatty(fd) == 1;
    }
}
