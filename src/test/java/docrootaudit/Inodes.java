package docrootaudit;

import com.sun.jna.Native;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PosixAcl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Makes and changes files of any name: what the product never does, and NIO cannot in every locale. */
final class Inodes {
    private static final int O_PATH = 0x200000;
    private static final byte[] ACCESS = name("system.posix_acl_access");
    private static final byte[] DEFAULT = name("system.posix_acl_default");
    private static final int LARGEST_ACL = 1 << 12;

    static {
        Native.register(Inodes.class, "c");
    }

    private Inodes() {}

    private static native int mkdir(byte[] path, int mode);

    private static native int creat(byte[] path, int mode);

    private static native int mkfifo(byte[] path, int mode);

    private static native int symlink(byte[] target, byte[] path);

    private static native int open(byte[] path, int flags);

    private static native int close(int fd);

    private static native int lchown(byte[] path, int uid, int gid);

    private static native int chmod(byte[] path, int mode);

    private static native int setxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

    private static native int removexattr(byte[] path, byte[] name);

    private static native long getxattr(byte[] path, byte[] name, byte[] value, long size);

    /** Owner, mode and access ACL of an inode. */
    record Dress(int uid, int gid, int mode, Optional<PosixAcl> acl) {
        Dress owned(int newUid, int newGid) {
            return new Dress(newUid, newGid, mode, acl);
        }
    }

    /** An inode held open without a right to anything in it, so that it can be asked about whatever leads there. */
    record Held(int fd) implements AutoCloseable {
        /** The inode itself: this path needs no search permission but within this process. */
        PathBytes path() {
            return PathBytes.of(text());
        }

        private String text() {
            return "/proc/self/fd/" + fd;
        }

        boolean isRegular() {
            return Files.isRegularFile(Path.of(text()));
        }

        boolean isDirectory() {
            return Files.isDirectory(Path.of(text()));
        }

        Dress dress() throws IOException {
            var attributes = Files.readAttributes(Path.of(text()), "unix:uid,gid,mode");
            byte[] value = new byte[LARGEST_ACL];
            int size = (int) getxattr(name(text()), ACCESS, value, LARGEST_ACL);
            Optional<PosixAcl> acl =
                    size < 0 ? Optional.empty() : Optional.of((PosixAcl) PosixAcl.parse(Arrays.copyOf(value, size)));
            return new Dress(
                    (int) attributes.get("uid"),
                    (int) attributes.get("gid"),
                    (int) attributes.get("mode") & 07777,
                    acl);
        }

        @Override
        public void close() {
            Inodes.close(fd);
        }
    }

    static void directory(PathBytes path) throws IOException {
        done(mkdir(name(path), 0700), path);
    }

    static void file(PathBytes path) throws IOException {
        int fd = creat(name(path), 0600);
        done(fd, path);
        close(fd);
    }

    static void fifo(PathBytes path) throws IOException {
        done(mkfifo(name(path), 0600), path);
    }

    static void link(PathBytes path, PathBytes target) throws IOException {
        done(symlink(name(target), name(path)), path);
    }

    /** Follows links, as whoever runs the tests; empty if that leads nowhere. */
    static Optional<Held> hold(PathBytes path) {
        int fd = open(name(path), O_PATH);
        return fd < 0 ? Optional.empty() : Optional.of(new Held(fd));
    }

    static void chown(PathBytes path, int uid, int gid) throws IOException {
        done(lchown(name(path), uid, gid), path);
    }

    static void dress(PathBytes path, Dress dress) throws IOException {
        chown(path, dress.uid(), dress.gid());
        if (dress.acl().isPresent()) {
            byte[] value = dress.acl().get().toBytes();
            done(setxattr(name(path), ACCESS, value, value.length, 0), path);
        } else {
            removexattr(name(path), ACCESS);
        }
        done(chmod(name(path), dress.mode()), path);
    }

    static void defaultAcl(PathBytes path, PosixAcl acl) throws IOException {
        byte[] value = acl.toBytes();
        done(setxattr(name(path), DEFAULT, value, value.length, 0), path);
    }

    private static void done(int result, PathBytes path) throws IOException {
        if (result < 0) {
            throw new IOException("error " + Native.getLastError() + " at " + path);
        }
    }

    private static byte[] name(PathBytes path) {
        return Arrays.copyOf(path.bytes(), path.length() + 1);
    }

    private static byte[] name(String text) {
        return name(PathBytes.of(text));
    }
}
