package docrootaudit.server.apache;

import docrootaudit.access.Attributes;
import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.Principal;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.access.Verdict;
import docrootaudit.linux.LinuxSource;
import docrootaudit.server.ByteText;
import docrootaudit.server.Tree;
import docrootaudit.walk.PathTracer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The disk as an account meets it, by simulation: paths are plain ASCII. */
final class SimulatedTree implements Tree {
    private final PathTracer tracer;
    private final PathCheck check;

    SimulatedTree(Principal who) throws IOException {
        tracer = new PathTracer(LinuxSource.ofThisProcess(), Set.of());
        boolean protectedLinks = Files.readString(Path.of("/proc/sys/fs/protected_symlinks"))
                .strip()
                .equals("1");
        check = new PathCheck(who, protectedLinks);
    }

    @Override
    public Found stat(PathBytes path) {
        return find(path, false, null);
    }

    @Override
    public Found lstat(PathBytes path) {
        return find(path, true, null);
    }

    @Override
    public Found access(PathBytes path, Need need) {
        return find(path, false, need);
    }

    private Found find(PathBytes path, boolean stopAtLink, Need need) {
        if (path.names().stream().anyMatch(n -> n.length() > 255)) {
            return new Found.Failed(Errno.ENAMETOOLONG);
        }
        Trace trace = tracer.trace(path);
        for (Step step : trace.steps()) {
            if (step instanceof Step.Follow follow && follow.trailing() && stopAtLink) {
                Attributes link = follow.inode().attributes();
                return new Found.There(FileType.SYMLINK, link.uid(), link.gid(), 0, Instant.EPOCH, 0777);
            }
            if (step instanceof Step.Arrive arrive) {
                if (need != null) {
                    Verdict verdict = check.arrive(arrive.inode(), need);
                    if (verdict instanceof Verdict.Denied) {
                        return new Found.Failed(Errno.EACCES);
                    } else if (verdict instanceof Verdict.Failed failed) {
                        return new Found.Failed(failed.errno());
                    }
                }
                return there(path, arrive.inode().attributes());
            } else if (step instanceof Step.Stop stop) {
                return new Found.Failed(stop.errno());
            } else if (step instanceof Step.Blind blind) {
                return new Found.Unknown(blind.why());
            }
            for (var judged :
                    check.judge(new Trace(path, List.of(step)), Need.SEARCH).steps()) {
                if (judged.verdict() instanceof Verdict.Denied) {
                    return new Found.Failed(Errno.EACCES);
                }
            }
        }
        throw new AssertionError("a trace without an end: " + path);
    }

    private static Found there(PathBytes path, Attributes attributes) {
        try {
            Path file = Path.of(ByteText.of(path));
            return new Found.There(
                    attributes.type(),
                    attributes.uid(),
                    attributes.gid(),
                    attributes.type() == FileType.REGULAR ? Files.size(file) : 0,
                    Files.getLastModifiedTime(file).toInstant(),
                    attributes.mode());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Names names(PathBytes directory) {
        if (access(directory, Need.LIST) instanceof Found.Failed failed) {
            return new Names.Failed(failed.errno());
        }
        List<PathBytes> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(Path.of(ByteText.of(directory)))) {
            stream.forEach(p -> names.add(PathBytes.of(p.getFileName().toString())));
        } catch (IOException e) {
            return new Names.Failed(Errno.ENOENT);
        }
        names.sort(null);
        return new Names.Read(names);
    }

    @Override
    public Contents read(PathBytes path) {
        Found found = access(path, Need.READ);
        if (found instanceof Found.Failed failed) {
            return new Contents.Failed(failed.errno());
        } else if (!found.is(FileType.REGULAR)) {
            return new Contents.Withheld("no regular file");
        }
        try {
            return new Contents.Read(ByteText.of(Files.readAllBytes(Path.of(ByteText.of(path)))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
