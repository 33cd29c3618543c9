package docrootaudit.walk;

import docrootaudit.access.Acl;
import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A tree by {@code java.nio.file}: the portable reference, on any file system that has the {@code unix:} attributes.
 *
 * <p>It goes by paths, so that a name is resolved again for each question. Each is checked for links before it is used;
 * against somebody who swaps directories in that very moment only a source that holds what it looks at is safe.
 */
public final class NioSource implements EntrySource {
    private final FileSystem fileSystem;
    private final NioNames names;
    private final Function<UserPrincipal, OptionalInt> numbers;
    private final PosixAcls posixAcls;
    private final Mount mount;
    private final boolean orderedAcls;

    /** Reads POSIX ACLs, which {@code java.nio.file} does not know. */
    @FunctionalInterface
    public interface PosixAcls {
        /** No file has any. */
        PosixAcls NONE = (path, kind) -> Optional.empty();

        /**
         * The ACL of an inode that is no link.
         *
         * @param kind which of a directory's two; of anything else the access ACL
         */
        Optional<Acl> of(PathBytes path, Kind kind) throws SourceException;

        /** The two ACLs of a directory (acl(5)). */
        enum Kind {
            ACCESS,
            DEFAULT
        }
    }

    /**
     * @param fileSystem with the {@code unix} view, and perhaps the {@code acl} view
     * @param numbers the uid of an account or the gid of a group that an NFSv4 ACL names
     * @param posixAcls how to read POSIX ACLs
     * @throws IOException if the file system's root cannot be looked at
     */
    public NioSource(FileSystem fileSystem, Function<UserPrincipal, OptionalInt> numbers, PosixAcls posixAcls)
            throws IOException {
        this.fileSystem = fileSystem;
        this.names = NioNames.of(fileSystem);
        this.numbers = numbers;
        this.posixAcls = posixAcls;
        Path root = names.path(PathBytes.ROOT);
        this.orderedAcls = Files.getFileAttributeView(root, AclFileAttributeView.class) != null;
        this.mount = Mount.plain(Files.getFileStore(root).type());
    }

    @Override
    public Node root() throws SourceException {
        return node(PathBytes.ROOT);
    }

    @Override
    public Node workingDirectory() throws SourceException {
        return node(workingDirectoryPath());
    }

    @Override
    public PathBytes workingDirectoryPath() throws SourceException {
        try {
            Path here = fileSystem.getPath("").toRealPath();
            return names.bytes(here);
        } catch (IOException e) {
            throw NioErrors.of(e);
        }
    }

    @Override
    public Mounts mounts() {
        return Mounts.NONE;
    }

    @Override
    public TreeReader reader() {
        return new NioReader(this);
    }

    NioNode node(PathBytes canonical) throws SourceException {
        return new NioNode(
                this, canonical, NioAttributes.read(names.path(canonical)).id());
    }

    NioNames names() {
        return names;
    }

    Function<UserPrincipal, OptionalInt> numbers() {
        return numbers;
    }

    PosixAcls posixAcls() {
        return posixAcls;
    }

    boolean hasOrderedAcls() {
        return orderedAcls;
    }

    Mount mount() {
        return mount;
    }
}
