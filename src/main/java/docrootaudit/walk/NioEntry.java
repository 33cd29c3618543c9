package docrootaudit.walk;

import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import java.nio.file.Path;
import java.util.Optional;

/** A cursor over the names of a directory; or the directory itself. */
final class NioEntry extends Entry {
    private static final PathBytes NO_NAME = PathBytes.of("");

    private final NioSource source;
    private final NioAcls acls;
    private final PathBytes directory;
    private PathBytes name = NO_NAME;
    private NioAttributes read;

    private NioEntry(NioSource source, NioNode directory) {
        this.source = source;
        this.acls = new NioAcls(source);
        this.directory = directory.canonical();
    }

    /** Before the first of a directory's entries. */
    static NioEntry in(NioSource source, NioNode directory) {
        return new NioEntry(source, directory);
    }

    /** The directory itself. */
    static NioEntry of(NioSource source, NioNode directory) throws SourceException {
        NioEntry self = new NioEntry(source, directory);
        self.read = directory.read();
        return self;
    }

    void moveTo(Path path) {
        name = source.names().name(path);
        read = null;
    }

    private PathBytes path() {
        return name.equals(NO_NAME) ? directory : directory.resolve(name);
    }

    @Override
    public byte[] name() {
        return name.bytes();
    }

    @Override
    public int nameLength() {
        return name.length();
    }

    /** A stream of names does not tell. */
    @Override
    public FileType listedType() {
        return name.equals(NO_NAME) ? FileType.DIRECTORY : FileType.UNKNOWN;
    }

    @Override
    public void stat() throws SourceException {
        if (read == null) {
            read = NioAttributes.read(source.names().path(path()));
        }
    }

    @Override
    public int mode() {
        return read.type().bits() | read.mode();
    }

    @Override
    public int uid() {
        return read.uid();
    }

    @Override
    public int gid() {
        return read.gid();
    }

    @Override
    public Mount mount() {
        return source.mount();
    }

    @Override
    public Optional<Acl> acl() throws SourceException {
        return acls.access(path(), read.type());
    }

    @Override
    public boolean hasOrderedAcls() {
        return acls.areOrdered();
    }

    @Override
    public Inode inode() throws SourceException {
        Attributes attributes = attributes(acl());
        return new Inode(attributes, source.mount(), acls.defaults(path(), read.type()));
    }
}
