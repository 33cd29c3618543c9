package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a configuration serves, for people to see: its servers and their directories. */
final class Sites {
    private final Configuration configuration;

    Sites(Configuration configuration) {
        this.configuration = configuration;
    }

    List<Site> all() {
        return configuration.servers().stream().map(this::site).toList();
    }

    /** One of them. */
    Site site(VirtualServer server) {
        List<Site.Root> roots = new ArrayList<>();
        collect(server.place(), "/", server, roots);
        List<Site.Listen> listens = server.listens().stream()
                .filter(l -> l.address().isPresent())
                .map(l -> new Site.Listen(l.isAny() ? Optional.empty() : l.address(), l.port(), l.scheme()))
                .toList();
        List<String> names = server.names().stream().filter(n -> !n.isEmpty()).toList();
        return new Site(
                names, listens, roots, Optional.empty(), server.directive().source());
    }

    /** A location counts where it says something of its own about files. */
    private void collect(Location location, String prefix, VirtualServer server, List<Site.Root> roots) {
        boolean isServer = location == server.place();
        boolean own = location.settings().own.stream()
                .anyMatch(d -> d.name().equals("root")
                        || d.name().equals("alias")
                        || d.name().equals("autoindex"));
        boolean passesAll = location.handler().isPresent() && !own;
        boolean serverCounts = isServer && (own || location.inner().all().isEmpty() || inherits(location));
        if (!passesAll && (own || serverCounts)) {
            root(location, prefix, server).ifPresent(roots::add);
        }
        for (Location inner : location.inner().all()) {
            String name = inner.name()
                    .map(n -> n.kind() == Location.Kind.REGEX
                            ? inner.opening().text().substring(9)
                            : n.text())
                    .orElse(prefix);
            collect(inner, name, server, roots);
        }
    }

    /** Whether some location serves what the server's own root holds. */
    private static boolean inherits(Location server) {
        return server.settings().root.directive().isPresent();
    }

    private Optional<Site.Root> root(Location location, String prefix, VirtualServer server) {
        Settings settings = location.settings();
        Value path = settings.root.path().evaluate(name -> Value.of("$" + name));
        if (path.text().indexOf('$') >= 0) {
            return Optional.empty();
        }
        List<PathBytes> passwords = settings.userFile
                .filter(f -> settings.realm.map(r -> !r.word(0).equals("off")).orElse(false))
                .map(f -> absolute(f.word(0)))
                .map(List::of)
                .orElse(List.of());
        return Optional.of(new Site.Root(
                prefix,
                ByteText.path(path.text()),
                settings.indexNames.stream().map(Template::source).toList(),
                settings.isOn("autoindex") ? Site.Listing.ON : Site.Listing.OFF,
                settings.symlinks.map(d -> String.join(" ", d.words())).orElse(""),
                handlers(location),
                passwords,
                settings.root
                        .directive()
                        .map(Directive::source)
                        .orElse(server.directive().source())));
    }

    private PathBytes absolute(String path) {
        PathBytes bytes = ByteText.path(path);
        return bytes.isAbsolute() ? bytes : configuration.directory().resolve(bytes);
    }

    private static List<String> handlers(Location location) {
        List<String> handlers = new ArrayList<>();
        location.handler().ifPresent(h -> handlers.add(h.directive().text()));
        for (Location inner : location.inner().all()) {
            inner.handler()
                    .ifPresent(h -> handlers.add(
                            inner.opening().text() + ": " + h.directive().text()));
        }
        return List.copyOf(handlers);
    }
}
