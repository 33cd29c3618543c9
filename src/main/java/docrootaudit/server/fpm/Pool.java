package docrootaudit.server.fpm;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pool of PHP-FPM.
 *
 * @param name as in its section's head
 * @param source the head
 * @param settings every other line of the section, in order; the last of a name holds
 */
public record Pool(String name, Source source, List<Setting> settings) {
    private static final Pattern BEHIND_SOCKET = Pattern.compile("(unix:[^|]*)\\|fcgi://.*", Pattern.DOTALL);
    private static final Pattern FASTCGI_URL = Pattern.compile("fcgi://([^/]*).*", Pattern.DOTALL);

    /** What runs as PHP unless the pool says otherwise ({@code fpm_conf.c}). */
    private static final String USUAL_EXTENSIONS = ".php .phar";

    /** One line. */
    public record Setting(String key, String value, Source source) {}

    public Pool {
        settings = List.copyOf(settings);
    }

    /** The line that holds for a name. */
    public Optional<Setting> setting(String key) {
        Optional<Setting> last = Optional.empty();
        for (Setting setting : settings) {
            if (setting.key().equals(key)) {
                last = Optional.of(setting);
            }
        }
        return last;
    }

    private Optional<String> value(String key) {
        return setting(key).map(Setting::value).filter(v -> !v.isEmpty());
    }

    /** Whom its workers run as, if it says. */
    public Optional<String> user() {
        return value("user");
    }

    /** Their group; empty: the user's own. */
    public Optional<String> group() {
        return value("group");
    }

    /** The directory that is the root to its workers. */
    public Optional<String> chroot() {
        return value("chroot");
    }

    /** Where it listens, as written. */
    public Optional<String> listen() {
        return value("listen");
    }

    /** Whether what a web server calls an upstream is this pool. */
    public boolean isAt(String upstream) {
        return listen().map(l -> place(l).equals(place(upstream))).orElse(false);
    }

    /**
     * A path, or address and port; a bare port is one on every address, which is as good as the loopback one. mod_proxy has
     * a URL behind a socket and a bar, or a URL alone ({@code ap_proxy_get_worker_ex()}, {@code proxy_fcgi_canon()}).
     */
    private static String place(String listen) {
        Matcher behind = BEHIND_SOCKET.matcher(listen);
        Matcher url = FASTCGI_URL.matcher(listen);
        String bare = behind.matches() ? behind.group(1) : listen;
        if (url.matches()) {
            bare = url.group(1).contains(":") ? url.group(1) : url.group(1) + ":8000";
        }
        bare = bare.startsWith("unix:") ? bare.substring("unix:".length()) : bare;
        if (bare.startsWith("/")) {
            String slashes = bare.endsWith(":") ? bare.substring(0, bare.length() - 1) : bare;
            return slashes.replaceAll("/+", "/");
        }
        String port = bare.substring(bare.lastIndexOf(':') + 1);
        String host = bare.contains(":") ? bare.substring(0, bare.lastIndexOf(':')) : "";
        boolean anyone = host.isEmpty()
                || List.of("0.0.0.0", "[::]", "*", "127.0.0.1", "[::1]", "localhost")
                        .contains(host.toLowerCase(Locale.ROOT));
        return (anyone ? "localhost" : host) + ":" + port;
    }

    /** Whether it runs a script of that name at all ({@code fpm_php_limit_extensions} in {@code fpm_php.c}). */
    public boolean runs(PathBytes script) {
        String extensions =
                setting("security.limit_extensions").map(Setting::value).orElse(USUAL_EXTENSIONS);
        String name = script.toString();
        List<String> all = List.of(extensions.trim().split("[ \\t]+"));
        return extensions.isBlank() || all.stream().anyMatch(e -> name.length() > e.length() && name.endsWith(e));
    }
}
