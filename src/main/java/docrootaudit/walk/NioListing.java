package docrootaudit.walk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;

/** One directory and the stream of its names. */
final class NioListing implements Listing {
    private final NioNode directory;
    private final NioEntry self;
    private final NioEntry entry;
    private final DirectoryStream<Path> stream;
    private final Iterator<Path> paths;

    NioListing(NioSource source, NioNode directory, NioEntry self, DirectoryStream<Path> stream) {
        this.directory = directory;
        this.self = self;
        this.entry = NioEntry.in(source, directory);
        this.stream = stream;
        this.paths = stream.iterator();
    }

    @Override
    public Node directory() {
        return directory;
    }

    @Override
    public Entry self() {
        return self;
    }

    @Override
    public Entry next() throws SourceException {
        try {
            if (!paths.hasNext()) {
                return null;
            }
            entry.moveTo(paths.next());
            return entry;
        } catch (DirectoryIteratorException e) {
            throw NioErrors.of(e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // it was only read
        }
    }
}
