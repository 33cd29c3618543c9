package docrootaudit.config;

import docrootaudit.access.PathBytes;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** Absolute paths for NIO, byte by byte: {@code Path.of(String)} refuses what another locale can name. */
final class NativePath {
    private NativePath() {}

    static Path of(PathBytes absolute) {
        StringBuilder uri = new StringBuilder("file://");
        for (PathBytes name : absolute.names()) {
            uri.append('/');
            for (byte b : name.bytes()) {
                uri.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return Path.of(URI.create(absolute.names().isEmpty() ? "file:///" : uri.toString()));
    }
}
