package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A configuration on this disk. */
final class DiskConfig implements ConfigFiles {
    @Override
    public String read(PathBytes file) throws IOException {
        return ByteText.of(Files.readAllBytes(path(file)));
    }

    @Override
    public List<PathBytes> names(PathBytes directory) throws IOException {
        if (!isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(path(directory))) {
            return names.map(p -> PathBytes.of(p.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public boolean isDirectory(PathBytes path) {
        return Files.isDirectory(path(path));
    }

    private static Path path(PathBytes path) {
        return Path.of(ByteText.of(path));
    }
}
