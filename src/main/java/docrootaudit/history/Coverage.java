package docrootaudit.history;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Unseen;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Where a scan looked: only there can something be said to have recovered. */
final class Coverage {
    private final boolean finished;
    private final Set<PathBytes> unseen = new HashSet<>();
    private final Predicate<PathBytes> leftOut;
    private final Predicate<PathBytes> unsure;
    private Place lastPlace;
    private boolean lastHidden;

    Coverage(ScanRecord scan) {
        finished = scan.finished();
        leftOut = scan.leftOut();
        unsure = scan.unsure();
        scan.unseen().stream().map(Unseen::path).map(Coverage::withoutSlash).forEach(unseen::add);
    }

    boolean finished() {
        return finished;
    }

    /** Whether the scan cannot have seen that name of a place, nor what is to blame for it. */
    boolean hides(Place place, PathBytes name) {
        return !finished
                || (!unseen.isEmpty() && isUnseen(place, name))
                || leavesOut(place, name)
                || unsure.test(place.directory().resolve(name));
    }

    /** Whether the configuration wants nobody to look at that name of a place. */
    boolean leavesOut(Place place, PathBytes name) {
        return leftOut.test(place.directory().resolve(name));
    }

    private boolean isUnseen(Place place, PathBytes name) {
        if (!place.equals(lastPlace)) {
            lastPlace = place;
            lastHidden = isUnseen(place.directory()) || (place.hasBlame() && isUnseen(place.blame()));
        }
        return lastHidden || unseen.contains(place.directory().resolve(name));
    }

    private boolean isUnseen(PathBytes path) {
        for (Optional<PathBytes> p = Optional.of(path);
                p.isPresent();
                p = p.get().parent()) {
            if (unseen.contains(withoutSlash(p.get()))) {
                return true;
            }
        }
        return false;
    }

    static PathBytes withoutSlash(PathBytes path) {
        int end = path.length();
        while (end > 1 && path.at(end - 1) == '/') {
            end--;
        }
        return end == path.length() ? path : PathBytes.of(path.bytes(), 0, end);
    }
}
