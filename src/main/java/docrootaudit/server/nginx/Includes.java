package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Which files an {@code include} names, in the order of glob(3), relative to the configuration's own directory. */
final class Includes {
    private static final int MAX_MATCHES = 20_000;

    private final ConfigFiles files;
    private final PathBytes directory;

    Includes(ConfigFiles files, PathBytes directory) {
        this.files = files;
        this.directory = directory;
    }

    List<PathBytes> find(String pattern, Source source) throws ConfigSyntaxException {
        String full = pattern.startsWith("/") ? pattern : ByteText.of(directory.resolve(ByteText.path(pattern)));
        if (!hasWildcards(full)) {
            return List.of(ByteText.path(full));
        }
        try {
            return glob(full, source);
        } catch (IOException e) {
            throw new ConfigSyntaxException(Optional.of(source), e.getMessage());
        }
    }

    private List<PathBytes> glob(String pattern, Source source) throws IOException, ConfigSyntaxException {
        List<PathBytes> found = List.of(PathBytes.ROOT);
        String[] parts = pattern.split("/");
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty()) {
                continue;
            }
            List<PathBytes> next = new ArrayList<>();
            for (PathBytes path : found) {
                step(path, parts[i], i == parts.length - 1, next);
            }
            if (next.size() > MAX_MATCHES) {
                throw new ConfigSyntaxException(
                        Optional.of(source), "the include names more than " + MAX_MATCHES + " files");
            }
            found = next;
        }
        Collections.sort(found, Includes::byBytes);
        return found;
    }

    private void step(PathBytes directory, String part, boolean last, List<PathBytes> next) throws IOException {
        if (!hasWildcards(part) && !last) {
            PathBytes path = directory.resolve(ByteText.path(part.replace("\\", "")));
            if (files.isDirectory(path)) {
                next.add(path);
            }
            return;
        }
        for (PathBytes name : files.names(directory)) {
            if (Glob.matches(part, ByteText.of(name))) {
                PathBytes path = directory.resolve(name);
                if (last || files.isDirectory(path)) {
                    next.add(path);
                }
            }
        }
    }

    /** As strcoll(3) does in the C locale, in which nginx stays. */
    private static int byBytes(PathBytes one, PathBytes other) {
        return ByteText.of(one).compareTo(ByteText.of(other));
    }

    private static boolean hasWildcards(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }
}
