package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Paths that users name, and trees that cannot be had. */
final class Paths {
    private Paths() {}

    /** A path made absolute by the working directory; its dots and links are left as they are. */
    static PathBytes absolute(Host host, PathBytes given) throws UsageException {
        if (given.isAbsolute()) {
            return given;
        }
        try {
            PathBytes here = host.workingDirectory();
            return given.equals(PathBytes.of(".")) ? here : here.resolve(given);
        } catch (IOException e) {
            throw new UsageException(given + " is relative, and there is no working directory: name it from /");
        }
    }

    /** Why the files cannot be looked at. */
    static FailedException unseen(Optional<Long> pid, IOException e) {
        String what = pid.map(p -> "the files as process " + p + " sees them cannot be had: ")
                .orElse("the files cannot be had: ");
        return new FailedException(what + why(e), e);
    }

    static String why(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            boolean process = String.valueOf(missing.getFile()).matches("/proc/[0-9]+.*");
            return process ? "there is no such process" : missing.getFile() + " is not there";
        } else if (e instanceof AccessDeniedException) {
            return "permission denied; run as root";
        }
        return PathBytes.of(String.valueOf(e.getMessage())).toString();
    }
}
