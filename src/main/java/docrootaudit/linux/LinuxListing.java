package docrootaudit.linux;

import docrootaudit.walk.Entry;
import docrootaudit.walk.Listing;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;

/** One open directory. */
final class LinuxListing implements Listing {
    private final FdNode directory;
    private final LinuxEntry entry;
    private final LinuxEntry self;

    LinuxListing(LinuxSource source, int fd, LinuxEntry entry, LinuxEntry self) throws SourceException {
        this.directory = new FdNode(source, fd);
        this.entry = entry;
        this.self = self;
        try {
            self.standFor(fd);
            entry.start(fd);
        } catch (SourceException e) {
            directory.close();
            throw e;
        }
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
        return entry.advance() ? entry : null;
    }

    @Override
    public void close() {
        directory.close();
    }
}
