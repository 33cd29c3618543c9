package docrootaudit.audit;

import docrootaudit.access.Acl;
import docrootaudit.access.Mount;
import docrootaudit.access.Need;
import docrootaudit.audit.ScanVisitor.Refusal;
import docrootaudit.walk.Entry;

/**
 * The refusals of files that were met last, by what decides them: thousands of files are refused alike, and the proof and
 * its words are made once. Used by one thread.
 */
final class KnownRefusals {
    private static final int KEPT = 16;

    private final Shape[] shapes = new Shape[KEPT];
    private int next;

    private record Shape(Refusal refusal, Reader reader, Need need, int mode, int uid, int gid, Acl acl, Mount mount) {
        @SuppressWarnings("ReferenceEquality") // readers of ACLs and mounts give the same object for what is equal
        boolean is(Reader otherReader, Need otherNeed, Entry entry, Acl otherAcl) {
            return mode == entry.mode()
                    && uid == entry.uid()
                    && gid == entry.gid()
                    && acl == otherAcl
                    && need == otherNeed
                    && reader == otherReader
                    && mount == entry.mount();
        }
    }

    /** The refusal of an entry that is like this one; null if none is known. */
    Refusal find(Reader reader, Need need, Entry entry, Acl acl) {
        for (Shape shape : shapes) {
            if (shape != null && shape.is(reader, need, entry, acl)) {
                return shape.refusal();
            }
        }
        return null;
    }

    void add(Refusal refusal, Entry entry, Acl acl) {
        shapes[next] = new Shape(
                refusal, refusal.reader(), refusal.need(), entry.mode(), entry.uid(), entry.gid(), acl, entry.mount());
        next = (next + 1) % KEPT;
    }
}
