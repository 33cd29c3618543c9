package docrootaudit.server.nginx;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The disk as an account meets it, judged step by step; the names in it are ASCII. */
final class DiskTree implements Tree {
    private final PathTracer tracer;
    private final PathCheck check;

    DiskTree(Principal who) throws IOException {
        tracer = new PathTracer(LinuxSource.ofThisProcess(), Set.of());
        boolean protectedLinks = Files.readString(Path.of("/proc/sys/fs/protected_symlinks"))
                .strip()
                .equals("1");
        check = new PathCheck(who, protectedLinks);
    }

    @Override
    public Found stat(PathBytes path) {
        return find(path, Links.FOLLOWED, Optional.empty());
    }

    @Override
    public Found lstat(PathBytes path) {
        return find(path, Links.SEEN, Optional.empty());
    }

    @Override
    public Found access(PathBytes path, Need need) {
        return find(path, Links.FOLLOWED, Optional.of(need));
    }

    /** What becomes of a link at the end. */
    private enum Links {
        FOLLOWED,
        SEEN
    }

    private Found find(PathBytes path, Links links, Optional<Need> need) {
        Trace trace = tracer.trace(path);
        for (Step step : trace.steps()) {
            if (step instanceof Step.Follow follow && follow.trailing() && links == Links.SEEN) {
                Attributes link = follow.inode().attributes();
                return new Found.There(FileType.SYMLINK, link.uid(), link.gid(), 0, Instant.EPOCH, 0777);
            }
            if (step instanceof Step.Arrive arrive) {
                Verdict verdict = need.map(n -> check.arrive(arrive.inode(), n))
                        .orElse(new Verdict.Granted(arrive.inode().attributes().owner()));
                if (verdict instanceof Verdict.Denied) {
                    return new Found.Failed(Errno.EACCES);
                } else if (verdict instanceof Verdict.Failed failed) {
                    return new Found.Failed(failed.errno());
                }
                Attributes end = arrive.inode().attributes();
                return there(path, end);
            } else if (step instanceof Step.Stop stop) {
                return new Found.Failed(stop.errno());
            } else if (step instanceof Step.Blind blind) {
                return new Found.Unknown(blind.why());
            }
            for (var judged :
                    check.judge(new Trace(path, List.of(step)), Need.SEARCH).steps()) {
                if (judged.verdict() instanceof Verdict.Denied) {
                    return new Found.Failed(Errno.EACCES);
                } else if (judged.verdict() instanceof Verdict.Failed failed) {
                    return new Found.Failed(failed.errno());
                }
            }
        }
        throw new AssertionError("a trace without an end: " + path);
    }

    private static Found there(PathBytes path, Attributes end) {
        Path file = Path.of(ByteText.of(path));
        try {
            return new Found.There(
                    end.type(),
                    end.uid(),
                    end.gid(),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant(),
                    end.mode());
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
        try (var stream = Files.newDirectoryStream(Path.of(ByteText.of(directory)))) {
            stream.forEach(p -> names.add(PathBytes.of(p.getFileName().toString())));
        } catch (IOException e) {
            throw new AssertionError(e);
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
