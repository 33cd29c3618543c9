package docrootaudit.walk;

import docrootaudit.access.Acl;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.OrderedAcl;
import java.util.Optional;

/** An inode that was looked at by itself, as an entry. */
final class InodeEntry extends Entry {
    private final Inode inode;

    InodeEntry(Inode inode) {
        this.inode = inode;
    }

    @Override
    public byte[] name() {
        return new byte[0];
    }

    @Override
    public int nameLength() {
        return 0;
    }

    @Override
    public FileType listedType() {
        return inode.attributes().type();
    }

    @Override
    public void stat() {
        // looked at before
    }

    @Override
    public int mode() {
        return inode.attributes().type().bits() | inode.attributes().mode();
    }

    @Override
    public int uid() {
        return inode.attributes().uid();
    }

    @Override
    public int gid() {
        return inode.attributes().gid();
    }

    @Override
    public Mount mount() {
        return inode.mount();
    }

    @Override
    public Optional<Acl> acl() {
        return inode.attributes().acl();
    }

    @Override
    public boolean hasOrderedAcls() {
        return acl().filter(OrderedAcl.class::isInstance).isPresent();
    }

    @Override
    public Inode inode() {
        return inode;
    }
}
