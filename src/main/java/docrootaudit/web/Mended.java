package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a tree is taken to be after commands that were not run. Paths are canonical.
 *
 * @param open what is granted beside what the tree grants
 * @param created files that are new and readable for the worker, and what they hold
 * @param links names that are new, and the name in the same directory that each leads to
 * @param owners whose each link is (unsigned)
 */
record Mended(
        Set<Opened> open,
        Map<PathBytes, String> created,
        Map<PathBytes, PathBytes> links,
        Map<PathBytes, Integer> owners) {
    /** The tree as it is. */
    static final Mended NOTHING = new Mended(Set.of(), Map.of(), Map.of(), Map.of());

    /**
     * A right that somebody is given: what lets one process in lets in no other, and who may look names up in a directory
     * may not list it for that.
     */
    record Opened(Principal who, PathBytes path, Permissions right) {}

    Mended {
        open = Set.copyOf(open);
        created = Map.copyOf(created);
        links = Map.copyOf(links);
        owners = Map.copyOf(owners);
    }

    /** Both. */
    Mended and(Mended other) {
        Set<Opened> allOpen = new HashSet<>(open);
        allOpen.addAll(other.open);
        Map<PathBytes, String> allCreated = new HashMap<>(created);
        allCreated.putAll(other.created);
        Map<PathBytes, PathBytes> allLinks = new HashMap<>(links);
        allLinks.putAll(other.links);
        Map<PathBytes, Integer> allOwners = new HashMap<>(owners);
        allOwners.putAll(other.owners);
        return new Mended(allOpen, allCreated, allLinks, allOwners);
    }

    static Mended opening(Set<Opened> rights) {
        return new Mended(rights, Map.of(), Map.of(), Map.of());
    }

    static Mended creating(PathBytes file, String content) {
        return new Mended(Set.of(), Map.of(file, content), Map.of(), Map.of());
    }

    static Mended linking(Map<PathBytes, PathBytes> links) {
        return new Mended(Set.of(), Map.of(), links, Map.of());
    }

    static Mended owning(Map<PathBytes, Integer> owners) {
        return new Mended(Set.of(), Map.of(), Map.of(), owners);
    }
}
