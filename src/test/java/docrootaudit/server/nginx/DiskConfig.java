package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A test's own configuration on the disk. */
final class DiskConfig implements ConfigFiles {
    @Override
    public String read(PathBytes file) throws IOException {
        return ByteText.of(Files.readAllBytes(Path.of(file.toString())));
    }

    @Override
    public List<PathBytes> names(PathBytes directory) throws IOException {
        if (!isDirectory(directory)) {
            return List.of();
        }
        List<PathBytes> names = new ArrayList<>();
        try (var stream = Files.newDirectoryStream(Path.of(directory.toString()))) {
            stream.forEach(p -> names.add(PathBytes.of(p.getFileName().toString())));
        }
        names.sort(null);
        return names;
    }

    @Override
    public boolean isDirectory(PathBytes path) {
        return Files.isDirectory(Path.of(path.toString()));
    }
}
