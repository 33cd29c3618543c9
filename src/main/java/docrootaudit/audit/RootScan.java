package docrootaudit.audit;

import docrootaudit.access.Mount;
import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.finding.RootMounts;
import docrootaudit.finding.Unseen;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.Node;
import docrootaudit.walk.Pace;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.TreeWalk;
import docrootaudit.walk.Unvisited;
import docrootaudit.walk.Visitor;
import docrootaudit.walk.WalkSettings;
import docrootaudit.walk.Walked;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The scan of one root: the way to it judged, its tree walked. */
final class RootScan {
    private final ScanRequest request;
    private final EntrySource tree;
    private final ScanRequest.Root root;
    private final Pace pace;
    private final boolean protectedSymlinks;
    private final Names names;
    private final Optional<ProcessView> process;
    private final Clock clock;
    private final Optional<GrantedDirectories> granted;

    /** What came of it. */
    sealed interface Outcome {
        /** The root could not be scanned at all. */
        record Failed(String sentence) implements Outcome {}

        /**
         * It was.
         *
         * @param mounts where its file systems are mounted
         * @param unseen what was not looked at
         */
        record Scanned(
                ScanRequest.Root root,
                ScanContext context,
                Instant started,
                Instant ended,
                Walked walked,
                RootMounts mounts,
                List<Unseen> unseen)
                implements Outcome {}
    }

    /** Puts something around a visitor. */
    interface Around {
        Visitor<Place> visitor(ScanContext context, Visitor<Place> judge);
    }

    RootScan(
            ScanRequest request,
            ScanRequest.Root root,
            EntrySource tree,
            Host host,
            Clock clock,
            Optional<GrantedDirectories> granted) {
        this.request = request;
        this.tree = tree;
        this.root = root;
        this.pace = request.pace().pace(host);
        this.protectedSymlinks = host.protectedSymlinks();
        this.names = host.names();
        this.process = request.pid()
                .flatMap(pid -> ProcessView.of(host, pid, root.identity().principal()));
        this.clock = clock;
        this.granted = granted;
    }

    /** Runs the scan; {@code running} is given the walk, for whoever wants to stop it. */
    Outcome run(Consumer<TreeWalk<Place>> running) throws InterruptedException {
        return run(running, (context, visitor) -> visitor);
    }

    /** The same with something around each visitor. */
    Outcome run(Consumer<TreeWalk<Place>> running, Around around) throws InterruptedException {
        Instant started = clock.instant();
        PathBytes given = root.given();
        PathTracer.Resolved resolved = new PathTracer(tree, tree.mounts().automounts()).resolve(root.path());
        if (resolved.end().isEmpty()) {
            return new Outcome.Failed(given + " cannot be scanned: " + why(resolved));
        }
        try (Node top = resolved.end().get()) {
            Step.Arrive end = resolved.trace().end().orElseThrow();
            if (!end.inode().attributes().isDirectory()) {
                return new Outcome.Failed(
                        given + " cannot be scanned: it is no directory; ask about a single file with audit explain");
            }
            ScanContext context = context(name(end.path()), end.path());
            granted.ifPresent(directories -> noteWay(context, resolved.trace(), directories));
            Place place = Place.open(context.readers.size());
            for (Reader reader : context.readers) {
                place = LinkBlame.place(context, reader, resolved.trace(), place);
            }
            TreeWalk<Place> walk =
                    new TreeWalk<>(asking(), settings(tree), () -> around.visitor(context, new ScanVisitor(context)));
            running.accept(walk);
            Walked walked = walk.walk(
                    top,
                    context.root,
                    end.path(),
                    place,
                    progress -> request.progress()
                            .accept(new ScanProgress(
                                    progress.entries(), context.collected.found(), progress.directory())));
            RootMounts mounts = mounts(context, end);
            return new Outcome.Scanned(root, context, started, clock.instant(), walked, mounts, unseen(walked));
        }
    }

    /** What the directories above the root are like. */
    private static void noteWay(ScanContext context, Trace trace, GrantedDirectories directories) {
        for (PathVerdict.Judged judged :
                context.server().check().judge(trace, Need.SEARCH).steps()) {
            if (judged.step() instanceof Step.Search search) {
                PathBytes path = context.asWalked(search.path());
                if (judged.refuses()) {
                    directories.refused(path);
                } else {
                    directories.granted(path, search.inode().attributes());
                }
            }
        }
    }

    private RootMounts mounts(ScanContext context, Step.Arrive end) {
        Set<PathBytes> below = new HashSet<>();
        for (Mount mount : tree.mounts().all()) {
            PathBytes point = mount.point();
            if (point.startsWith(end.path()) && !point.equals(end.path())) {
                below.add(context.asWalked(point));
            }
        }
        return new RootMounts(end.inode().mount().point(), below);
    }

    /** What entries and causes are called by: the root as given, unless that goes back on its way. */
    private PathBytes name(PathBytes canonical) {
        boolean back = root.path().names().contains(PathBytes.of(".."));
        return back ? canonical : root.path().withoutDots();
    }

    private static String why(PathTracer.Resolved resolved) {
        Step last = resolved.trace().steps().get(resolved.trace().steps().size() - 1);
        if (last instanceof Step.Stop stop) {
            return stop.path() + ": " + stop.errno().sentence();
        }
        return last.path() + ": " + ((Step.Blind) last).why();
    }

    private ScanContext context(PathBytes absolute, PathBytes canonical) {
        List<Reader> readers = new ArrayList<>();
        readers.add(new Reader(0, root.identity(), protectedSymlinks, names));
        Map<Handler, Reader> handlers = new HashMap<>();
        for (Handler handler : root.settings().rules().handlers()) {
            Reader reader = new Reader(readers.size(), root.handlers().get(handler), protectedSymlinks, names);
            Reader same = readers.stream()
                    .filter(r ->
                            r.identity().principal().equals(reader.identity().principal()))
                    .findFirst()
                    .orElse(reader);
            if (same == reader) {
                readers.add(reader);
            }
            handlers.put(handler, same);
        }
        Set<PathBytes> hazards = new HashSet<>(tree.mounts().hazardous().keySet());
        hazards.removeAll(visited(tree));
        return new ScanContext(
                new PathTracer(tree, hazards),
                root.settings(),
                absolute,
                canonical,
                readers,
                handlers,
                process,
                granted,
                root.server(),
                request);
    }

    private EntrySource asking() {
        return request.means() == ScanRequest.Means.KERNEL
                ? tree.asking(root.identity().principal())
                : tree;
    }

    private WalkSettings settings(EntrySource tree) {
        return new WalkSettings(request.threads(), root.settings().rules().mountTimeout(), pace, visited(tree));
    }

    /** The hazardous mounts that the configuration wants walked. */
    private Set<PathBytes> visited(EntrySource tree) {
        Set<PathBytes> wanted = new HashSet<>();
        for (PathBytes point : tree.mounts().hazardous().keySet()) {
            boolean named = root.settings().rules().visitMounts().stream().anyMatch(point::startsWith);
            if (named && !tree.mounts().automounts().contains(point)) {
                wanted.add(point);
            }
        }
        return wanted;
    }

    private static List<Unseen> unseen(Walked walked) {
        return walked.unvisited().stream()
                .map(u -> new Unseen(u.path(), u.why(), u.reason() != Unvisited.Reason.UNREADABLE))
                .sorted(java.util.Comparator.comparing(Unseen::path))
                .toList();
    }
}
