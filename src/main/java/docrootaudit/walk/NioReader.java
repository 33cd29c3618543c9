package docrootaudit.walk;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens directories by their paths, after a look at each name on the way. */
final class NioReader implements TreeReader {
    private final NioSource source;

    NioReader(NioSource source) {
        this.source = source;
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the listing closes it
    public Listing list(Node base, PathBytes relative) throws SourceException {
        NioNode directory = look(base, relative);
        if (!directory.read().isDirectory()) {
            throw NioErrors.of(Errno.ENOTDIR);
        }
        NioEntry self = NioEntry.of(source, directory);
        DirectoryStream<Path> stream;
        try {
            stream = Files.newDirectoryStream(source.names().path(directory.canonical()));
        } catch (IOException e) {
            throw NioErrors.of(e);
        }
        return new NioListing(source, directory, self, stream);
    }

    @Override
    public NioNode look(Node base, PathBytes relative) throws SourceException {
        NioNode at = (NioNode) base;
        at.read();
        for (PathBytes name : relative.names()) {
            FileType type = at.read().type();
            if (type != FileType.DIRECTORY) {
                throw NioErrors.of(type == FileType.SYMLINK ? Errno.ELOOP : Errno.ENOTDIR);
            }
            at = source.node(at.canonical().resolve(name));
        }
        return at;
    }

    @Override
    public void close() {
        // nothing is kept
    }
}
