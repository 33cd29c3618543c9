package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A configuration that is only in the mind. */
final class MapFiles implements ConfigFiles {
    private final Map<String, String> files = new TreeMap<>();

    MapFiles with(String path, String text) {
        files.put(path, text);
        return this;
    }

    @Override
    public String read(PathBytes file) throws IOException {
        String text = files.get(ByteText.of(file));
        if (text == null) {
            throw new IOException(file + ": no such file");
        }
        return text;
    }

    @Override
    public List<PathBytes> names(PathBytes directory) {
        TreeSet<PathBytes> names = new TreeSet<>();
        String prefix = ByteText.of(directory).equals("/") ? "/" : ByteText.of(directory) + "/";
        for (String path : files.keySet()) {
            if (path.startsWith(prefix)) {
                String rest = path.substring(prefix.length());
                int slash = rest.indexOf('/');
                names.add(ByteText.path(slash < 0 ? rest : rest.substring(0, slash)));
            }
        }
        return List.copyOf(names);
    }

    @Override
    public boolean isDirectory(PathBytes path) {
        String prefix = ByteText.of(path).equals("/") ? "/" : ByteText.of(path) + "/";
        return files.keySet().stream().anyMatch(p -> p.startsWith(prefix));
    }
}
