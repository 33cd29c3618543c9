package docrootaudit.finding;

import docrootaudit.access.Attributes;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inodes that one path leads through, by canonical path, in the order in which they are met.
 *
 * @param asked the path as given
 * @param steps how it resolves
 * @param inodes what stands where
 */
record Chain(PathBytes asked, List<Step> steps, Map<PathBytes, Inode> inodes) {
    /** A directory and the entry that is looked up in it. */
    record Hop(PathBytes directoryPath, Attributes directory, PathBytes entryPath, Attributes entry) {}

    static Chain of(PathVerdict verdict) {
        // the end is judged once for each need
        List<Step> steps = verdict.steps().stream()
                .filter(judged -> !(judged.step() instanceof Step.Arrive)
                        || judged.need() == verdict.needs().get(0))
                .map(PathVerdict.Judged::step)
                .toList();
        Map<PathBytes, Inode> inodes = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step instanceof Step.Follow follow) {
                follow.path().parent().ifPresent(p -> inodes.putIfAbsent(p, follow.directory()));
            }
            inode(step).ifPresent(inode -> inodes.putIfAbsent(step.path(), inode));
        }
        return new Chain(verdict.asked(), steps, inodes);
    }

    List<Attributes> attributes() {
        return inodes.values().stream().map(Inode::attributes).toList();
    }

    /** The same resolution over other attributes. */
    Trace with(Map<PathBytes, Attributes> changed) {
        List<Step> changedSteps = new ArrayList<>();
        for (Step step : steps) {
            changedSteps.add(changed.isEmpty() ? step : with(step, changed));
        }
        return new Trace(asked, changedSteps);
    }

    /**
     * The directories from the root to the one that holds {@code path}, each with the name looked up in it; empty if
     * not all of them have been seen.
     */
    Optional<List<Hop>> hopsTo(PathBytes path) {
        List<Hop> hops = new ArrayList<>();
        PathBytes directory = PathBytes.ROOT;
        for (PathBytes name : path.names()) {
            PathBytes entry = directory.resolve(name);
            if (!inodes.containsKey(directory) || !inodes.containsKey(entry)) {
                return Optional.empty();
            }
            hops.add(new Hop(directory, attributes(directory), entry, attributes(entry)));
            directory = entry;
        }
        return Optional.of(hops);
    }

    /** What is looked up on the way to {@code path} when it is walked as asked, through every link. */
    List<Hop> hopsAsWalked(PathBytes path) {
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i + 1 < steps.size(); i++) {
            Step next = steps.get(i + 1);
            Optional<Inode> entry = inode(next);
            if (steps.get(i) instanceof Step.Search search && entry.isPresent()) {
                Attributes directory = search.inode().attributes();
                hops.add(new Hop(
                        search.path(), directory, next.path(), entry.get().attributes()));
            }
            if (next.path().equals(path)) {
                break;
            }
        }
        return hops;
    }

    static Optional<Inode> inode(Step step) {
        if (step instanceof Step.Search search) {
            return Optional.of(search.inode());
        } else if (step instanceof Step.Follow follow) {
            return Optional.of(follow.inode());
        } else if (step instanceof Step.Arrive arrive) {
            return Optional.of(arrive.inode());
        }
        return Optional.empty();
    }

    private Attributes attributes(PathBytes path) {
        return inodes.get(path).attributes();
    }

    private static Step with(Step step, Map<PathBytes, Attributes> changed) {
        PathBytes path = step.path();
        if (step instanceof Step.Search search) {
            return new Step.Search(path, with(path, search.inode(), changed));
        } else if (step instanceof Step.Follow follow) {
            Inode directory =
                    path.parent().map(p -> with(p, follow.directory(), changed)).orElse(follow.directory());
            return new Step.Follow(
                    path, with(path, follow.inode(), changed), directory, follow.target(), follow.trailing());
        } else if (step instanceof Step.Arrive arrive) {
            return new Step.Arrive(path, with(path, arrive.inode(), changed));
        }
        return step;
    }

    private static Inode with(PathBytes path, Inode inode, Map<PathBytes, Attributes> changed) {
        Attributes attributes = changed.getOrDefault(path, inode.attributes());
        return new Inode(attributes, inode.mount(), inode.defaultAcl(), inode.fixed());
    }
}
