package docrootaudit.linux;

import docrootaudit.access.Acl;
import docrootaudit.access.PathBytes;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.NioSource;
import docrootaudit.walk.Node;
import docrootaudit.walk.SourceException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.util.Optional;
import java.util.OptionalInt;

/** The portable source on this machine's file system, with the POSIX ACLs read by system calls. */
class NioSourceIT extends DiskSourceContract {
    @Override
    protected EntrySource source() throws IOException {
        LinuxSource doors = LinuxSource.ofThisProcess();
        return new NioSource(
                FileSystems.getDefault(), who -> OptionalInt.empty(), (path, kind) -> acl(doors, path, kind));
    }

    private static Optional<Acl> acl(LinuxSource doors, PathBytes path, NioSource.PosixAcls.Kind kind)
            throws SourceException {
        try (Node root = doors.root();
                Node node = doors.reader().look(root, PathBytes.of(path.bytes(), 1, path.length()))) {
            return kind == NioSource.PosixAcls.Kind.ACCESS
                    ? node.inode().attributes().acl()
                    : node.inode().defaultAcl().map(acl -> acl);
        }
    }
}
