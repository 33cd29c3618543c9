package docrootaudit.web;

import docrootaudit.access.Errno;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Tree;

/**
 * The tree of a worker that permissions keep out, as it would be if they did not: for what a server would say then. What
 * the worker may not read nobody reads for it: that is not known.
 */
final class ClosedTree implements Tree {
    private final Tree open;
    private final Tree own;

    /**
     * @param open as somebody meets it who may do everything
     * @param own as the worker meets it
     */
    ClosedTree(Tree open, Tree own) {
        this.open = open;
        this.own = own;
    }

    @Override
    public Found stat(PathBytes path) {
        return open.stat(path);
    }

    @Override
    public Found lstat(PathBytes path) {
        return open.lstat(path);
    }

    @Override
    public Found access(PathBytes path, Need need) {
        return open.access(path, need);
    }

    @Override
    public Names names(PathBytes directory) {
        return open.names(directory);
    }

    @Override
    public Contents read(PathBytes path) {
        Contents contents = own.read(path);
        boolean closed = contents instanceof Contents.Failed failed && failed.errno() == Errno.EACCES;
        return closed && open.stat(path) instanceof Found.There
                ? new Contents.Withheld(path + " lies behind a refusal")
                : closed ? new Contents.Failed(Errno.ENOENT) : contents;
    }
}
