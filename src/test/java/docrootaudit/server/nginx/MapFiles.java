package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A configuration in memory: name and text of each file. */
final class MapFiles implements ConfigFiles {
    static final PathBytes MAIN = PathBytes.of("/etc/nginx/nginx.conf");

    private final Map<PathBytes, String> files = new TreeMap<>();

    static MapFiles of(String main) {
        return new MapFiles().with("/etc/nginx/nginx.conf", main);
    }

    MapFiles with(String name, String text) {
        files.put(PathBytes.of(name), text);
        return this;
    }

    /** nginx with this as its configuration. */
    Nginx nginx() {
        try {
            return Nginx.load(this, MAIN, PathBytes.of("/usr/share/nginx"));
        } catch (ConfigSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** nginx with one server on port 80, whose root is {@code /site}; its first line is the configuration's fourth. */
    static Nginx server(String server) {
        return of("events { }\nhttp {\nserver { listen 127.0.0.1:80; root /site;\n" + server + "\n}\n}\n")
                .nginx();
    }

    @Override
    public String read(PathBytes file) throws IOException {
        if (!files.containsKey(file)) {
            throw new IOException("there is no file " + file);
        }
        return files.get(file);
    }

    @Override
    public List<PathBytes> names(PathBytes directory) {
        TreeSet<PathBytes> names = new TreeSet<>();
        int depth = directory.names().size();
        files.keySet().stream()
                .filter(f -> f.startsWith(directory) && f.names().size() > depth)
                .forEach(f -> names.add(f.names().get(depth)));
        return List.copyOf(names);
    }

    @Override
    public boolean isDirectory(PathBytes path) {
        return !names(path).isEmpty();
    }
}
