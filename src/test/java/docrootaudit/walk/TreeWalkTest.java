package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.file.FileSystem;
import org.junit.jupiter.api.AfterEach;

/** Walks on a file system in memory. */
class TreeWalkTest extends TreeWalkContract {
    private final FileSystem world = Jimfs.unix();
    private final EntrySource source = Jimfs.source(world);

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Override
    protected EntrySource source() {
        return source;
    }

    @Override
    protected FileSystem world() {
        return world;
    }

    @Override
    protected PathBytes top() {
        return PathBytes.of("/work");
    }
}
