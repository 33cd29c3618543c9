package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.RootMounts;
import docrootaudit.finding.Subject;
import docrootaudit.finding.Unseen;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a scan could not see because a file system is not where it was: an empty directory in its place, or an empty file
 * system over what was refused. Nothing in there has recovered.
 *
 * @param unseen the parts
 * @param mounts what is to be remembered; empty: what is
 */
record ChangedMounts(List<Unseen> unseen, Optional<RootMounts> mounts) {
    /** Compares a scan with the one before. */
    static ChangedMounts of(History history, Subject subject, RootScan.Outcome.Scanned scan) throws StoreException {
        RootMounts now = scan.mounts();
        Optional<RootMounts> before = scan.walked().finished() ? history.mountsOf(subject) : Optional.empty();
        if (before.isEmpty()) {
            return new ChangedMounts(List.of(), Optional.of(now));
        }
        boolean isEmpty = scan.walked().entries() <= 1 && scan.unseen().isEmpty();
        if (isEmpty && !before.get().root().equals(now.root())) {
            return new ChangedMounts(
                    List.of(new Unseen(
                            subject.root(),
                            "nothing is in it, and the file system that it was on is not mounted at "
                                    + before.get().root(),
                            false)),
                    Optional.empty());
        }
        return below(history, subject, scan.context().empty, before.get().below(), now);
    }

    private static ChangedMounts below(
            History history, Subject subject, EmptyDirectories empty, Set<PathBytes> before, RootMounts now)
            throws StoreException {
        List<Unseen> unseen = new ArrayList<>();
        Set<PathBytes> remembered = new HashSet<>(now.below());
        for (PathBytes gone : without(before, now.below())) {
            if (empty.contain(gone)) {
                unseen.add(new Unseen(
                        gone, "nothing is in it, and the file system that was mounted there is not any more", false));
                // with those that were mounted in it
                before.stream().filter(point -> point.startsWith(gone)).forEach(remembered::add);
            }
        }
        for (PathBytes added : without(now.below(), before)) {
            if (empty.contain(added) && history.refusesBelow(subject, added)) {
                unseen.add(new Unseen(
                        added, "nothing is in the file system that was mounted there, over what was refused", false));
                remembered.remove(added);
            }
        }
        return new ChangedMounts(unseen, Optional.of(new RootMounts(now.root(), remembered)));
    }

    private static List<PathBytes> without(Set<PathBytes> some, Set<PathBytes> others) {
        return some.stream().filter(point -> !others.contains(point)).sorted().toList();
    }
}
