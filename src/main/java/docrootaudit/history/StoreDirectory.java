package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.history.StoreException.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The directory that holds a store: made 0700, its files 0600, and looked at before anything in it is opened. */
final class StoreDirectory {
    private static final String NAME = "history";
    private static final int TYPE = 0170000;

    private final Path path;

    private StoreDirectory(Path path) {
        this.path = path;
    }

    /** Refuses what H2 would not take literally in a URL: its separator, its second slash, and control characters. */
    static StoreDirectory of(Path directory) throws StoreException {
        Path path = directory.toAbsolutePath();
        String text = path.toString();
        for (char refused : new char[] {';', '\\'}) {
            if (text.indexOf(refused) >= 0) {
                throw new StoreException(
                        Kind.BAD_PATH,
                        "the store cannot be kept in " + show(path) + ": choose a path without “" + refused + "”");
            }
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\ufffd')) {
            throw new StoreException(
                    Kind.BAD_PATH,
                    "the store cannot be kept in " + show(path)
                            + ": choose a path without control characters that the locale can spell");
        }
        return new StoreDirectory(path);
    }

    Path path() {
        return path;
    }

    /** The path, for eyes. */
    @Override
    public String toString() {
        return show(path);
    }

    Path file() {
        return path.resolve(NAME + ".mv.db");
    }

    /** Equal for as long as it is the same file that has the name. */
    Object fileKey() throws IOException {
        return Files.readAttributes(file(), BasicFileAttributes.class).fileKey();
    }

    /** One that is needed while the file is written anew. */
    Path file(String suffix) {
        return path.resolve(NAME + ".mv.db." + suffix);
    }

    /** Where the store of an older schema is kept when it is upgraded. */
    Path backup(int schema) {
        return path.resolve(NAME + "-schema-" + schema + ".zip");
    }

    String url() {
        return "jdbc:h2:file:" + path.resolve(NAME);
    }

    /** Makes what is missing, becomes the owner if need be, and sees to it that the store can be written. */
    void prepare(StoreOwner owner) throws StoreException {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(path.getParent() == null ? path : path.getParent());
                createDirectory();
            }
            check(owner);
            if (!Files.exists(file(), LinkOption.NOFOLLOW_LINKS)) {
                createFile(file());
            }
        } catch (IOException e) {
            throw StoreErrors.of(e, this);
        }
        if (!Files.isWritable(path) || !Files.isWritable(file())) {
            throw notWritable();
        }
    }

    /** Looks at what is there and becomes the owner if need be; creates nothing. */
    void require(StoreOwner owner) throws StoreException {
        try {
            check(owner);
            if (Files.size(file()) == 0) {
                throw absent();
            }
        } catch (NoSuchFileException e) {
            throw absent();
        } catch (IOException e) {
            throw StoreErrors.of(e, this);
        }
        if (!Files.isReadable(file())) {
            throw new StoreException(
                    Kind.NOT_PERMITTED, "the store in " + this + " may not be read: ask as root or as its owner");
        }
    }

    StoreException absent() {
        return new StoreException(
                Kind.ABSENT,
                "no scan has been recorded in " + this + ": run audit now first, or name another history with --store");
    }

    StoreException notWritable() {
        return new StoreException(
                Kind.NOT_PERMITTED,
                "the store in " + this + " cannot be written: run as its owner, or choose another with --store");
    }

    /** An empty file of mode 0600 is what H2 takes for a new database: its own would have the umask's mode. */
    static void createFile(Path file) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createFile(file, mode);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker; the lock decides between the two.
        }
    }

    private void createDirectory() throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            Files.createDirectory(path, mode);
        } catch (FileAlreadyExistsException e) {
            // As above.
        }
    }

    private void check(StoreOwner owner) throws IOException, StoreException {
        Map<String, Object> unix = Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) unix.get("mode");
        int uid = (int) unix.get("uid");
        switch (mode & TYPE) {
            case 0040000 -> {}
            case 0120000 ->
                throw new StoreException(
                        Kind.UNSAFE,
                        "the store's directory " + this + " is a symbolic link: name the directory itself");
            default -> throw new StoreException(Kind.BAD_PATH, this + " is not a directory: choose another --store");
        }
        if ((mode & 022) != 0) {
            throw new StoreException(
                    Kind.UNSAFE,
                    "others than its owner may write in the store's directory " + this
                            + ": take that away (chmod 700)");
        }
        if (uid != 0 && ownUid() == 0) {
            owner.become(uid);
        }
    }

    private static int ownUid() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static String show(Path path) {
        return PathBytes.of(path.toString()).toString();
    }
}
