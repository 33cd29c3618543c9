package docrootaudit.walk;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Resolves a path as {@code link_path_walk()} in {@code fs/namei.c} does, one component after the other, and records
 * every step. Nobody is refused anything here; that is judged afterwards.
 */
public final class PathTracer {
    /** {@code PATH_MAX}, the terminating NUL included. */
    public static final int PATH_MAX = 4096;

    /** {@code MAXSYMLINKS} in {@code linux/namei.h}. */
    private static final int MAX_LINKS = 40;

    private static final PathBytes DOT = PathBytes.of(".");
    private static final PathBytes DOT_DOT = PathBytes.of("..");

    private final EntrySource source;
    private final Set<PathBytes> hazards;

    /**
     * @param source the tree
     * @param hazards canonical mount points that must not be stepped on
     */
    public PathTracer(EntrySource source, Set<PathBytes> hazards) {
        this.source = source;
        this.hazards = hazards;
    }

    /** Resolves a path from the root or the working directory, the last link followed. */
    public Trace trace(PathBytes path) {
        return new Walk(path).run();
    }

    /** Resolves a path whose last name is not followed if it is a link, as lstat(2) does. */
    public Trace traceLink(PathBytes path) {
        Walk walk = new Walk(path);
        walk.followsLast = false;
        return walk.run();
    }

    /** Resolves a name in an open directory, a link followed. The search of the directory itself is the first step. */
    public Trace traceIn(Node directory, PathBytes directoryPath, PathBytes name) {
        return new Walk(name, directory, directoryPath).run();
    }

    /** Resolves a path and hands out where it ends, to be closed by the caller. */
    public Resolved resolve(PathBytes path) {
        return new Walk(path).resolve();
    }

    /**
     * Goes on from a directory that was traced, with the last name of a path.
     *
     * @param path a name in that directory
     * @param above how the directory resolves, without a link on the way
     * @param directory the directory itself, which is closed
     */
    public Resolved resolveBelow(PathBytes path, Trace above, Node directory) {
        return new Walk(path, above, directory).resolve();
    }

    /** The same, its last name not followed if it is a link. */
    public Trace traceLinkBelow(PathBytes path, Trace above, Node directory) {
        Walk walk = new Walk(path, above, directory);
        walk.followsLast = false;
        return walk.run();
    }

    /**
     * A trace and the inode at its end.
     *
     * @param end empty if the path does not resolve
     */
    public record Resolved(Trace trace, java.util.Optional<Node> end) {}

    /** A path, or the target of a link, whose components are being worked off. */
    private static final class Frame {
        final PathBytes link;
        final List<PathBytes> names;
        final boolean slash;
        int next;

        Frame(PathBytes link, PathBytes path) {
            this.link = link;
            this.names = path.names();
            this.slash = path.length() > 0 && path.at(path.length() - 1) == '/';
        }

        boolean isDone() {
            return next == names.size();
        }
    }

    private final class Walk {
        final PathBytes asked;
        final List<Step> steps = new ArrayList<>();
        final List<Frame> frames = new ArrayList<>();
        final Node borrowed;
        final List<PathBytes> at = new ArrayList<>();
        Node current;
        Inode inode;
        int links;
        boolean keepEnd;
        boolean followsLast = true;
        java.util.Optional<Node> kept = java.util.Optional.empty();

        Walk(PathBytes asked) {
            this.asked = asked;
            this.borrowed = null;
        }

        Walk(PathBytes asked, Node directory, PathBytes path) {
            this.asked = asked;
            this.borrowed = directory;
            this.current = directory;
            at.addAll(path.names());
        }

        Walk(PathBytes asked, Trace above, Node directory) {
            this.asked = asked;
            this.borrowed = null;
            this.current = directory;
            Step.Arrive end = above.end().orElseThrow();
            steps.addAll(above.steps().subList(0, above.steps().size() - 1));
            at.addAll(end.path().names());
            inode = end.inode();
            Frame last = new Frame(asked, asked);
            last.next = last.names.size() - 1;
            frames.add(last);
        }

        Resolved resolve() {
            keepEnd = true;
            Trace trace = run();
            return new Resolved(trace, kept);
        }

        Trace run() {
            try {
                walk();
            } catch (SourceException e) {
                fail(here(), e);
            } finally {
                if (keepEnd && !steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.Arrive) {
                    kept = java.util.Optional.of(current);
                } else {
                    release(current);
                }
            }
            return new Trace(asked, steps);
        }

        private void walk() throws SourceException {
            if (asked.length() == 0) {
                steps.add(new Step.Stop(asked, Errno.ENOENT));
                return;
            } else if (asked.length() >= PATH_MAX) {
                steps.add(new Step.Stop(asked, Errno.ENAMETOOLONG));
                return;
            }
            if (frames.isEmpty()) {
                start();
                frames.add(new Frame(asked, asked));
            }
            while (hasNext()) {
                Frame frame = frames.get(frames.size() - 1);
                if (!component(frame.names.get(frame.next++))) {
                    return;
                }
            }
            boolean directoryWanted = frames.stream().anyMatch(f -> f.slash);
            if (directoryWanted && !inode.attributes().isDirectory()) {
                steps.add(new Step.Stop(here(), Errno.ENOTDIR));
            } else {
                steps.add(new Step.Arrive(here(), inode));
            }
        }

        private void start() throws SourceException {
            if (current == null && asked.isAbsolute()) {
                go(source.root());
            } else if (current == null) {
                at.addAll(source.workingDirectoryPath().names());
                go(source.workingDirectory());
            } else {
                inode = current.inode();
            }
        }

        /** Drops the frames that are worked off, unless all of them are. */
        private boolean hasNext() {
            int open = frames.size() - 1;
            while (open >= 0 && frames.get(open).isDone()) {
                open--;
            }
            if (open < 0) {
                return false;
            }
            frames.subList(open + 1, frames.size()).clear();
            return true;
        }

        /** Takes one component; false if resolution ends with it. */
        private boolean component(PathBytes name) throws SourceException {
            PathBytes directory = here();
            boolean again = !steps.isEmpty()
                    && steps.get(steps.size() - 1) instanceof Step.Search last
                    && last.path().equals(directory);
            if (!again) {
                steps.add(new Step.Search(directory, inode));
            }
            if (name.equals(DOT)) {
                return true;
            } else if (name.equals(DOT_DOT)) {
                // elsewhere the same inode can be a bind mount of the root directory, which has a parent
                if (!at.isEmpty() || !isRoot(current)) {
                    go(current.parent());
                    if (!at.isEmpty()) {
                        at.remove(at.size() - 1);
                    }
                }
                return true;
            }
            PathBytes path = directory.resolve(name);
            if (hazards.contains(path)) {
                String why = source.mounts().hazardous().getOrDefault(path, "not looked at");
                steps.add(new Step.Blind(path, why));
                return false;
            }
            return take(path, name);
        }

        private boolean isRoot(Node node) throws SourceException {
            try (Node top = source.root()) {
                return node.id().equals(top.id());
            }
        }

        private boolean take(PathBytes path, PathBytes name) throws SourceException {
            Node child = null;
            Inode found;
            try {
                child = current.child(name);
                found = child.inode();
            } catch (SourceException e) {
                release(child);
                fail(path, e);
                return false;
            }
            if (found.attributes().type() == FileType.SYMLINK && isFollowed()) {
                try (Node link = child) {
                    return follow(path, link, found);
                }
            }
            return enter(path, name, child, found);
        }

        /** A slash behind it has even the last link followed. */
        private boolean isFollowed() {
            return followsLast || frames.stream().anyMatch(f -> !f.isDone() || f.slash);
        }

        private boolean enter(PathBytes path, PathBytes name, Node child, Inode found) {
            go(child, found);
            at.add(name);
            boolean more = frames.stream().anyMatch(f -> !f.isDone());
            if (more && !inode.attributes().isDirectory()) {
                steps.add(new Step.Stop(path, Errno.ENOTDIR));
                return false;
            }
            return true;
        }

        private boolean follow(PathBytes path, Node link, Inode found) throws SourceException {
            if (++links > MAX_LINKS) {
                // the link that led into the circle, not the one at which the kernel's patience ended
                steps.add(new Step.Stop(frames.size() > 1 ? frames.get(1).link : path, Errno.ELOOP));
                return false;
            }
            if (found.mount().fileSystem().equals("proc")) {
                steps.add(new Step.Blind(path, "a link of the process file system leads elsewhere for each process"));
                return false;
            }
            PathBytes target = link.readLink();
            boolean trailing = frames.stream().allMatch(Frame::isDone);
            steps.add(new Step.Follow(path, found, inode, target, trailing));
            frames.add(new Frame(path, target));
            if (target.isAbsolute()) {
                at.clear();
                go(source.root());
            }
            return true;
        }

        private void go(Node to) throws SourceException {
            Inode there;
            try {
                there = to.inode();
            } catch (SourceException e) {
                to.close();
                throw e;
            }
            go(to, there);
        }

        private void go(Node to, Inode there) {
            release(current);
            current = to;
            inode = there;
        }

        private void release(Node node) {
            if (node != null && node != borrowed) {
                node.close();
            }
        }

        private PathBytes here() {
            PathBytes path = PathBytes.ROOT;
            for (PathBytes name : at) {
                path = path.resolve(name);
            }
            return path;
        }

        private void fail(PathBytes path, SourceException e) {
            if (e.errno().isPresent() && !e.isRefused()) {
                steps.add(new Step.Stop(path, e.errno().get()));
            } else {
                steps.add(new Step.Blind(path, e.getMessage()));
            }
        }
    }
}
