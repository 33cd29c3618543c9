package docrootaudit.walk;

import docrootaudit.access.FileType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * The numbers of one inode, by the {@code unix:} view; a link's own.
 *
 * @param type the inode's type
 * @param mode the twelve lower bits of {@code st_mode}
 * @param uid owner (unsigned)
 * @param gid group (unsigned)
 * @param id which inode it is
 */
record NioAttributes(FileType type, int mode, int uid, int gid, FileId id) {
    private static final String WANTED = "unix:mode,uid,gid,dev,ino,isDirectory,isRegularFile,isSymbolicLink";

    static NioAttributes read(Path path) throws SourceException {
        Map<String, Object> read;
        try {
            read = Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw NioErrors.of(e);
        }
        int mode = number(read, "mode").intValue();
        return new NioAttributes(
                type(read, mode),
                mode & 07777,
                number(read, "uid").intValue(),
                number(read, "gid").intValue(),
                new FileId(number(read, "dev").longValue(), number(read, "ino").longValue()));
    }

    /** Not every file system has the type in the mode. */
    private static FileType type(Map<String, Object> read, int mode) {
        FileType type = FileType.ofMode(mode);
        if (type != FileType.UNKNOWN) {
            return type;
        } else if (read.get("isDirectory").equals(true)) {
            return FileType.DIRECTORY;
        } else if (read.get("isSymbolicLink").equals(true)) {
            return FileType.SYMLINK;
        }
        return read.get("isRegularFile").equals(true) ? FileType.REGULAR : FileType.UNKNOWN;
    }

    private static Number number(Map<String, Object> read, String name) {
        return (Number) read.get(name);
    }

    boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }
}
