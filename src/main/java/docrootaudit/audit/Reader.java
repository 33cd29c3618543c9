package docrootaudit.audit;

import docrootaudit.access.Names;
import docrootaudit.access.PathCheck;
import docrootaudit.finding.Diagnosis;
import docrootaudit.finding.Identity;

/**
 * Somebody whose access is judged in a scan: the web server's user first, then those that handlers name. One object for
 * each: they are compared as such.
 */
final class Reader {
    private final int index;
    private final Identity identity;
    private final PathCheck check;
    private final Diagnosis diagnosis;

    /**
     * @param index its place among the readers of a scan
     * @param identity who it is
     */
    Reader(int index, Identity identity, boolean protectedSymlinks, Names names) {
        this.index = index;
        this.identity = identity;
        this.check = new PathCheck(identity.principal(), protectedSymlinks);
        this.diagnosis = new Diagnosis(identity.principal(), names);
    }

    int index() {
        return index;
    }

    Identity identity() {
        return identity;
    }

    /** Judges for it. */
    PathCheck check() {
        return check;
    }

    /** Puts its refusals into words. */
    Diagnosis diagnosis() {
        return diagnosis;
    }

    int uid() {
        return identity.principal().uid();
    }
}
