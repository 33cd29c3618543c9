package docrootaudit.audit;

import docrootaudit.access.Names;
import docrootaudit.access.PathCheck;
import docrootaudit.finding.Diagnosis;
import docrootaudit.finding.Identity;

/**
 * Somebody whose access is judged in a scan: the web server's user first, then those that handlers name.
 *
 * @param index its place among the readers of a scan
 * @param identity who it is
 * @param check judges for it
 * @param diagnosis puts refusals into words
 */
record Reader(int index, Identity identity, PathCheck check, Diagnosis diagnosis) {
    static Reader of(int index, Identity identity, boolean protectedSymlinks, Names names) {
        return new Reader(
                index,
                identity,
                new PathCheck(identity.principal(), protectedSymlinks),
                new Diagnosis(identity.principal(), names));
    }

    int uid() {
        return identity.principal().uid();
    }
}
