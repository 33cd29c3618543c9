package docrootaudit.web;

import docrootaudit.access.Attributes;
import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.access.Verdict;
import docrootaudit.server.ByteText;
import docrootaudit.server.Edit;
import docrootaudit.server.Tree;
import docrootaudit.walk.Node;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tree as a worker meets it, simulated: paths are resolved by the auditor, and every step is judged for the worker.
 * A file of somebody else's is opened only if that verdict is that the worker may read it.
 */
final class WorkerTree implements Tree {
    /** The largest file under a tenant's hand that is read. */
    private static final int LARGEST = 1 << 20;

    /** As exactly as the kernel tells when a process began ({@code USER_HZ}, proc_pid_stat(5)). */
    private static final Duration TICK = Duration.ofMillis(10);

    private final Traces traces;
    private final PathCheck check;
    private final Optional<Instant> since;
    private final Mended mended;
    private final List<Edit> edits;

    /**
     * @param traces the tree
     * @param check judges for the worker
     * @param since when the worker began to run; empty if it does not
     * @param mended what the tree is taken to be
     * @param edits changes of lines of files that are read, such as {@code .htaccess}
     */
    WorkerTree(Traces traces, PathCheck check, Optional<Instant> since, Mended mended, List<Edit> edits) {
        this.traces = traces;
        this.check = check;
        this.since = since;
        this.mended = mended;
        this.edits = List.copyOf(edits);
    }

    @Override
    public Found stat(PathBytes path) {
        PathBytes led = led(path);
        Traces.Seen seen = traces.of(led);
        return onTheWay(led, seen.trace()).orElseGet(() -> found(seen));
    }

    @Override
    public Found lstat(PathBytes path) {
        if (mended.links().containsKey(path)) {
            Found end = stat(path);
            return end instanceof Found.There there
                    ? new Found.There(FileType.SYMLINK, there.uid(), there.gid(), 0, there.modified(), 0777)
                    : end;
        }
        PathBytes led = led(path);
        Trace trace = traces.ofLink(led);
        Found found = onTheWay(led, trace)
                .orElseGet(() -> found(new Traces.Seen(trace, traces.of(led).stamp())));
        Optional<Integer> owner = trace.end().map(e -> mended.owners().get(e.path()));
        return found instanceof Found.There there && owner.isPresent()
                ? new Found.There(there.type(), owner.get(), there.gid(), there.size(), there.modified(), there.mode())
                : found;
    }

    @Override
    public Found access(PathBytes path, Need need) {
        PathBytes led = led(path);
        Traces.Seen seen = traces.of(led);
        return onTheWay(led, seen.trace())
                .or(() -> atTheEnd(seen.trace(), need))
                .orElseGet(() -> found(seen));
    }

    @Override
    public Names names(PathBytes directory) {
        Found found = access(directory, Need.LIST);
        if (found instanceof Found.Failed failed) {
            return new Names.Failed(failed.errno());
        } else if (found instanceof Found.Unknown unknown) {
            return new Names.Unknown(unknown.why());
        }
        Optional<Step.Arrive> end = traces.of(led(directory)).trace().end();
        PathBytes canonical = end.orElseThrow().path();
        try {
            return new Names.Read(Traces.names(traces.source(), canonical));
        } catch (SourceException e) {
            return new Names.Unknown(canonical + " cannot be listed: " + e.getMessage());
        }
    }

    @Override
    public Contents read(PathBytes path) {
        PathBytes led = led(path);
        // the verdict has to be on the very inode that is opened
        PathTracer.Resolved resolved = traces.resolve(led);
        try {
            Optional<Found> refused = onTheWay(led, resolved.trace()).or(() -> atTheEnd(resolved.trace(), Need.READ));
            if (refused.isPresent() && refused.get() instanceof Found.Failed failed) {
                return new Contents.Failed(failed.errno());
            } else if (refused.isPresent() && refused.get() instanceof Found.Unknown unknown) {
                return new Contents.Withheld(unknown.why());
            }
            if (resolved.end().isPresent()) {
                String text = ByteText.of(resolved.end().get().content(LARGEST));
                return new Contents.Read(EditedFiles.edited(text, path, edits));
            }
            List<Step> steps = resolved.trace().steps();
            return new Contents.Read(
                    mended.created().get(steps.get(steps.size() - 1).path()));
        } catch (SourceException e) {
            return new Contents.Withheld(led + " is not read: " + e.getMessage());
        } finally {
            resolved.end().ifPresent(Node::close);
        }
    }

    @Override
    public boolean changedWithin(PathBytes path, Duration time) {
        if (since.isEmpty()) {
            return false;
        }
        Instant lately = Instant.now().minus(time);
        Instant running = since.get().plus(TICK);
        Instant earliest = lately.isAfter(running) ? lately : running;
        PathBytes led = led(path);
        return traces.of(led).trace().steps().stream()
                .map(Step::path)
                .anyMatch(
                        p -> isMended(p) || changedAfter(earliest, traces.of(p).stamp()));
    }

    private boolean isMended(PathBytes path) {
        return mended.created().containsKey(path)
                || mended.open().stream().anyMatch(o -> o.path().equals(path));
    }

    /** What is written gets both times; what is given other rights the second one alone. */
    private static boolean changedAfter(Instant earliest, Stamp stamp) {
        return stamp.changed().isAfter(earliest) && stamp.changed().isAfter(stamp.modified());
    }

    /** Why the path does not resolve for the worker; empty if it does. What is not known makes only absence unsure. */
    private Optional<Found> onTheWay(PathBytes path, Trace trace) {
        Optional<Found> unknown = Optional.empty();
        List<PathVerdict.Judged> way = check.judge(trace, Need.READ).steps().stream()
                .filter(j -> !(j.step() instanceof Step.Arrive) && !isOpened(j))
                .toList();
        for (PathVerdict.Judged judged : way) {
            Step step = judged.step();
            Verdict verdict = judged.verdict();
            if (verdict instanceof Verdict.Denied) {
                return Optional.of(new Found.Failed(Errno.EACCES));
            } else if (verdict instanceof Verdict.Failed failed) {
                boolean made = failed.errno() == Errno.ENOENT
                        && mended.created().containsKey(step.path())
                        && step.path().name().equals(path.name());
                Found found = made
                        ? new Found.There(FileType.REGULAR, 0, 0, 0, Instant.EPOCH, 0644)
                        : new Found.Failed(failed.errno());
                return unknown.isPresent() ? unknown : Optional.of(found);
            } else if (verdict instanceof Verdict.Unknown open && unknown.isEmpty()) {
                unknown = Optional.of(new Found.Unknown(open.why()));
            }
        }
        return unknown;
    }

    /** Whether the step refused only by permissions that are taken for mended; no mend makes a file a directory. */
    private boolean isOpened(PathVerdict.Judged judged) {
        return isOpened(judged.step().path(), judged.need()) && !(judged.verdict() instanceof Verdict.Failed);
    }

    private boolean isOpened(PathBytes path, Need need) {
        return mended.open().contains(new Mended.Opened(check.who(), path, need.permissions()));
    }

    /** Why the end of the path is not to be had for this; empty if it is. */
    private Optional<Found> atTheEnd(Trace trace, Need need) {
        Optional<Step.Arrive> end = trace.end().filter(e -> !isOpened(e.path(), need));
        if (end.isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = check.arrive(end.get().inode(), need);
        if (verdict instanceof Verdict.Denied) {
            return Optional.of(new Found.Failed(Errno.EACCES));
        } else if (verdict instanceof Verdict.Failed failed) {
            return Optional.of(new Found.Failed(failed.errno()));
        } else if (verdict instanceof Verdict.Unknown unknown) {
            return Optional.of(new Found.Unknown(unknown.why()));
        }
        return Optional.empty();
    }

    private static Found found(Traces.Seen seen) {
        Attributes what = seen.trace().end().orElseThrow().inode().attributes();
        return new Found.There(
                what.type(),
                what.uid(),
                what.gid(),
                seen.stamp().size(),
                seen.stamp().modified(),
                what.mode());
    }

    /** The path with the names that are new links replaced by what they lead to. */
    private PathBytes led(PathBytes path) {
        if (mended.links().isEmpty()) {
            return path;
        }
        PathBytes led = PathBytes.ROOT;
        for (PathBytes name : path.names()) {
            led = led.resolve(mended.links().getOrDefault(led.resolve(name), name));
        }
        boolean slash = path.length() > 1 && path.at(path.length() - 1) == '/';
        return slash ? led.resolve("") : led;
    }
}
