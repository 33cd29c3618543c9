package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.WebServer;
import docrootaudit.server.apache.Apache;
import docrootaudit.server.nginx.Nginx;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A web server that is understood. */
public enum Program {
    NGINX("nginx") {
        @Override
        WebServer load(ConfigFiles files, Place place) throws ConfigSyntaxException {
            return Nginx.load(files, place.config(), place.prefix());
        }
    },
    APACHE("apache2", "httpd") {
        @Override
        WebServer load(ConfigFiles files, Place place) throws ConfigSyntaxException {
            return Apache.load(files, place.config(), place.prefix(), place.defines(), place.environment());
        }
    };

    private final List<String> names;

    Program(String... names) {
        this.names = List.of(names);
    }

    /**
     * Where a configuration is.
     *
     * @param config its main file, absolute
     * @param prefix nginx's prefix, Apache's ServerRoot
     * @param defines what Apache is started with {@code -D}
     * @param environment of the server's process
     */
    record Place(PathBytes config, PathBytes prefix, Set<String> defines, Map<String, String> environment) {}

    /** Reads a configuration. */
    abstract WebServer load(ConfigFiles files, Place place) throws ConfigSyntaxException;

    /** The names of its processes. */
    List<String> processes() {
        return names;
    }

    /** The word of the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The program of this {@link #word()}. */
    public static Optional<Program> of(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }

    static Optional<Program> ofProcess(String name) {
        return Arrays.stream(values()).filter(p -> p.names.contains(name)).findFirst();
    }
}
