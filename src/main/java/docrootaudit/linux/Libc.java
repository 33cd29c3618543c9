package docrootaudit.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Locale;

/**
 * The system calls that are needed, with the signatures that cost JNA least: numbers, and addresses as {@code long}.
 * After a result of -1 {@link #errno()} has the reason.
 */
final class Libc {
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_EACCESS = 0x200;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int AT_STATX_DONT_SYNC = 0x4000;

    static final int O_RDONLY = 0;
    static final int O_NOCTTY = 0400;
    static final int O_NONBLOCK = 04000;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;
    static final int O_DIRECTORY;
    static final int O_NOFOLLOW;

    static final int ENOENT = 2;
    static final int EACCES = 13;
    static final int ERANGE = 34;
    static final int ENOSYS = 38;
    static final int ENOTDIR = 20;
    static final int ELOOP = 40;
    static final int ENODATA = 61;
    static final int EOPNOTSUPP = 95;
    static final int EPERM = 1;

    /** Numbers that every architecture shares, as all since 424 do. */
    static final long SYS_OPENAT2 = 437;

    static final long SYS_FACCESSAT2 = 439;
    static final long SYS_GETXATTRAT = 464;

    private static final String LIBRARY_PATH = "jna.platform.library.path";

    static {
        // the generic numbers (asm-generic/fcntl.h) and those of arm, which swapped them
        boolean arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("aarch64|arm.*|ppc.*");
        O_DIRECTORY = arm ? 040000 : 0200000;
        O_NOFOLLOW = arm ? 0100000 : 0400000;
        // else JNA runs ldconfig(8), to learn where libraries are; the C library is in the process
        if (System.getProperty(LIBRARY_PATH) == null) {
            System.setProperty(LIBRARY_PATH, "");
        }
        Native.register(Libc.class, NativeLibrary.getProcess());
    }

    private Libc() {}

    static native int openat(int directory, long path, int flags, int mode);

    static native int close(int fd);

    static native long read(int fd, long buffer, long size);

    static native int statx(int directory, long path, int flags, int mask, long buffer);

    static native long getdents64(int fd, long buffer, long size);

    static native long readlinkat(int directory, long path, long buffer, long size);

    static native long fgetxattr(int fd, long name, long value, long size);

    static native long getxattr(long path, long name, long value, long size);

    static native long lgetxattr(long path, long name, long value, long size);

    static native long syscall(long number, long a, long b, long c, long d, long e, long f);

    /** The same for calls that are made for every entry: each argument costs, needed or not. */
    static native long syscall(long number, long a, long b, long c, long d);

    static native long syscall(long number, long a);

    static native long getcwd(long buffer, long size);

    static native int getpwnam_r(long name, long record, long buffer, long size, long result);

    static native int getpwuid_r(int uid, long record, long buffer, long size, long result);

    static native int getgrnam_r(long name, long record, long buffer, long size, long result);

    static native int getgrgid_r(int gid, long record, long buffer, long size, long result);

    static native int getgrouplist(long user, int group, long groups, long count);

    static native void setpwent();

    static native long getpwent();

    static native void endpwent();

    static native void setgrent();

    static native long getgrent();

    static native void endgrent();

    static native int geteuid();

    static native int setgroups(long count, long groups);

    static native int setresgid(int real, int effective, int saved);

    static native int setresuid(int real, int effective, int saved);

    static native int socket(int domain, int type, int protocol);

    static native long sendto(int fd, long bytes, long size, int flags, long address, int length);

    static native int clock_gettime(int clock, long time);

    static int errno() {
        return Native.getLastError();
    }

    /** The sentence for an error number; not strerror(3)'s, which speaks the locale's language. */
    static String sentence(int errno) {
        return switch (errno) {
            case EPERM -> "operation not permitted";
            case ENOENT -> "no such file or directory";
            case 5 -> "input/output error";
            case 12 -> "out of memory";
            case EACCES -> "permission denied to the auditor";
            case ENOTDIR -> "not a directory";
            case 23, 24 -> "too many open files";
            case 36 -> "file name too long";
            case ELOOP -> "too many levels of symbolic links";
            case 107 -> "the file system's program is gone (transport endpoint is not connected)";
            case 110 -> "timed out";
            case 112 -> "host is down";
            case 113 -> "no route to host";
            case 116 -> "stale file handle";
            default -> "error " + errno;
        };
    }
}
