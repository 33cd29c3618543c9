package docrootaudit.config;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells whether a root that a file names is there. */
@FunctionalInterface
public interface Directories {
    /** What a path is, links followed. */
    enum State {
        DIRECTORY,
        MISSING,
        NOT_A_DIRECTORY,
        /** We may not see it; whoever audits will. */
        HIDDEN
    }

    State of(PathBytes path);

    /** As this machine has them. */
    static State onDisk(PathBytes path) {
        try {
            boolean directory = Files.readAttributes(NativePath.of(path), BasicFileAttributes.class)
                    .isDirectory();
            return directory ? State.DIRECTORY : State.NOT_A_DIRECTORY;
        } catch (AccessDeniedException e) {
            return State.HIDDEN;
        } catch (NoSuchFileException e) {
            return State.MISSING;
        } catch (IOException e) {
            return State.NOT_A_DIRECTORY;
        }
    }
}
