package docrootaudit.walk;

import docrootaudit.access.Attributes;
import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/** An inode by its canonical path; whatever takes its place is refused. */
final class NioNode implements Node {
    private static final int NAME_MAX = 255;

    private final NioSource source;
    private final PathBytes canonical;
    private final FileId id;

    NioNode(NioSource source, PathBytes canonical, FileId id) {
        this.source = source;
        this.canonical = canonical;
        this.id = id;
    }

    PathBytes canonical() {
        return canonical;
    }

    /** Its attributes now. */
    NioAttributes read() throws SourceException {
        NioAttributes attributes = NioAttributes.read(source.names().path(canonical));
        if (!attributes.id().equals(id)) {
            throw NioErrors.of(Errno.ENOENT);
        }
        return attributes;
    }

    @Override
    public Inode inode() throws SourceException {
        NioAttributes read = read();
        NioAcls acls = new NioAcls(source);
        Attributes attributes =
                new Attributes(read.type(), read.mode(), read.uid(), read.gid(), acls.access(canonical, read.type()));
        return new Inode(attributes, source.mount(), acls.defaults(canonical, read.type()));
    }

    @Override
    public Node child(PathBytes name) throws SourceException {
        if (!read().isDirectory()) {
            throw NioErrors.of(Errno.ENOTDIR);
        } else if (name.length() > NAME_MAX) {
            throw NioErrors.of(Errno.ENAMETOOLONG);
        }
        return source.node(canonical.resolve(name));
    }

    /** {@code ..} of a canonical path is what is before its last name. */
    @Override
    public Node parent() throws SourceException {
        if (!read().isDirectory()) {
            throw NioErrors.of(Errno.ENOTDIR);
        }
        return source.node(canonical.parent().orElse(PathBytes.ROOT));
    }

    @Override
    public PathBytes readLink() throws SourceException {
        try {
            Path target = Files.readSymbolicLink(source.names().path(canonical));
            return source.names().target(target);
        } catch (NotLinkException e) {
            throw new SourceException(22, "no symbolic link");
        } catch (IOException e) {
            throw NioErrors.of(e);
        }
    }

    @Override
    public Stamp stamp() throws SourceException {
        read();
        try {
            Path path = source.names().path(canonical);
            return new Stamp(
                    Files.size(path),
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant(),
                    ((FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS)).toInstant());
        } catch (IOException e) {
            throw NioErrors.of(e);
        }
    }

    @Override
    public byte[] content(int most) throws SourceException {
        NioAttributes before = read();
        if (before.type() != FileType.REGULAR) {
            throw new SourceException(0, "not a regular file");
        }
        try (InputStream in = Files.newInputStream(source.names().path(canonical), LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(most + 1);
            read();
            if (content.length > most) {
                throw new SourceException(0, "larger than " + most + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw NioErrors.of(e);
        }
    }

    @Override
    public FileChannel open() throws SourceException {
        if (read().type() != FileType.REGULAR) {
            throw new SourceException(0, "not a regular file");
        }
        try {
            return FileChannel.open(source.names().path(canonical), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw NioErrors.of(e);
        }
    }

    @Override
    public FileId id() {
        return id;
    }

    @Override
    public void close() {
        // a path holds nothing open
    }
}
