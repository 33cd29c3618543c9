package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files of a configuration as {@code nginx -T} prints them: each behind a line {@code # configuration file NAME:}.
 * What stands before the first is no configuration.
 */
public final class NginxDump implements ConfigFiles {
    private static final String MARK = "# configuration file ";

    private final Map<PathBytes, String> files = new LinkedHashMap<>();

    /**
     * Takes a dump apart.
     *
     * @param text a {@link ByteText}
     */
    public NginxDump(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            int next = end < 0 ? text.length() : end + 1;
            if (isMark(line)) {
                int stop = nextMark(text, next);
                files.put(ByteText.path(line.substring(MARK.length(), line.length() - 1)), text.substring(next, stop));
                next = stop;
            }
            at = next;
        }
    }

    private static boolean isMark(String line) {
        return line.startsWith(MARK + "/") && line.endsWith(":");
    }

    private static int nextMark(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            if (isMark(text.substring(at, end < 0 ? text.length() : end))) {
                return at;
            }
            at = end < 0 ? text.length() : end + 1;
        }
        return text.length();
    }

    /** The file that includes all others; empty if this is no dump. */
    public Optional<PathBytes> first() {
        return files.keySet().stream().findFirst();
    }

    @Override
    public String read(PathBytes file) throws IOException {
        String text = files.get(file);
        if (text == null) {
            throw new IOException("the dump does not hold the file " + file);
        }
        return text;
    }

    @Override
    public List<PathBytes> names(PathBytes directory) {
        TreeSet<PathBytes> names = new TreeSet<>();
        int depth = directory.names().size();
        for (PathBytes file : files.keySet()) {
            if (file.startsWith(directory) && file.names().size() > depth) {
                names.add(file.names().get(depth));
            }
        }
        return List.copyOf(names);
    }

    @Override
    public boolean isDirectory(PathBytes path) {
        return files.keySet().stream()
                .anyMatch(f ->
                        f.startsWith(path) && f.names().size() > path.names().size());
    }
}
