package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;
import docrootaudit.server.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The virtual servers and the directories that they serve, for whoever wants an overview. */
final class Sites {
    private final Configuration configuration;

    Sites(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Whom the workers run as. */
    Optional<Site.Account> account() {
        Optional<Directive> user = configuration.main().setting("user");
        Optional<String> group = configuration.main().setting("group").map(Directive::first);
        return user.map(u -> new Site.Account(u.first(), group, Optional.of(u.source())));
    }

    List<Site> list() {
        return hosts().stream().map(this::site).toList();
    }

    /** The main server, unless it serves nothing of its own, and the virtual ones. */
    List<Host> hosts() {
        List<Host> hosts = new ArrayList<>();
        if (configuration.hosts().isEmpty()
                || configuration.main().documentRootLine().isPresent()) {
            hosts.add(configuration.main());
        }
        hosts.addAll(configuration.hosts());
        return hosts;
    }

    /** One of them. */
    Site site(Host host) {
        Optional<Site.Account> account = host.setting("assignuserid")
                .or(() -> host.setting("suexecusergroup"))
                .filter(line -> line.words().size() == 2)
                .map(line -> new Site.Account(
                        line.words().get(0), Optional.of(line.words().get(1)), Optional.of(line.source())));
        return new Site(host.names(), listens(host), roots(host), account, host.source());
    }

    private List<Site.Listen> listens(Host host) {
        List<Site.Listen> listens = new ArrayList<>();
        boolean secure = host.isOn("sslengine");
        for (Configuration.Listen listen : configuration.listens()) {
            if (host.binds().isEmpty()) {
                listens.add(new Site.Listen(listen.address(), listen.port(), scheme(listen.secure() || secure)));
            }
            for (Host.Bind bind : host.binds()) {
                boolean port = bind.port() == 0 || bind.port() == listen.port();
                boolean address = bind.address().isEmpty()
                        || listen.address().isEmpty()
                        || bind.address().equals(listen.address());
                if (port && address) {
                    listens.add(new Site.Listen(bind.address().or(listen::address), listen.port(), scheme(secure)));
                }
            }
        }
        return listens;
    }

    private static Request.Scheme scheme(boolean secure) {
        return secure ? Request.Scheme.HTTPS : Request.Scheme.HTTP;
    }

    private List<Site.Root> roots(Host host) {
        List<Site.Root> roots = new ArrayList<>();
        host.documentRootLine().ifPresent(line -> roots.add(root(host, "/", host.documentRoot(), line)));
        for (Alias alias : host.aliases()) {
            String target = alias.target();
            int dollar = target.indexOf('$');
            if (dollar > 0) {
                target = target.substring(0, target.lastIndexOf('/', dollar) + 1);
            }
            PathBytes path = ByteText.path(target);
            PathBytes absolute = path.isAbsolute()
                    ? path
                    : configuration.definitions().serverRoot().resolve(path);
            roots.add(root(host, alias.prefix(), absolute, alias.line()));
        }
        for (String directory : UserDirs.directories(host.userDirs())) {
            int star = directory.indexOf('*');
            if (directory.startsWith("/")) {
                String base = star < 0 ? directory : directory.substring(0, directory.lastIndexOf('/', star) + 1);
                Directive line = host.userDirs().get(host.userDirs().size() - 1).line();
                roots.add(root(host, "/~", ByteText.path(base), line));
            }
        }
        return roots;
    }

    /** What the sections that are for a directory say of it; .htaccess files aside. */
    private Site.Root root(Host host, String prefix, PathBytes directory, Directive line) {
        String path = UriPath.merge("", ByteText.of(directory));
        String slashed = path.endsWith("/") ? path : path + "/";
        DirConfig config = host.defaults();
        for (Section section : host.directories()) {
            boolean fits = section.regex().isEmpty()
                    && (section.isWildcard()
                            ? Fnmatch.matches(section.pattern(), slashed)
                            : slashed.startsWith(section.pattern()));
            config = fits ? config.merge(section.config()) : config;
        }
        OptionSet options = OptionSet.DEFAULT.merge(config.options());
        List<String> handlers = new ArrayList<>(config.mime().handlers());
        config.find("sethandler").ifPresent(d -> handlers.add(d.first()));
        if (line.key().startsWith("scriptalias")) {
            handlers.add("cgi-script");
        }
        List<PathBytes> passwords = new ArrayList<>();
        config.find("authuserfile").ifPresent(d -> passwords.add(ByteText.path(d.first())));
        return new Site.Root(
                prefix,
                ByteText.path(path),
                config.index().orElse(List.of("index.html")),
                options.has(OptionSet.Option.INDEXES) ? Site.Listing.ON : Site.Listing.OFF,
                links(options),
                handlers.stream().sorted().toList(),
                passwords,
                line.source());
    }

    private static String links(OptionSet options) {
        if (options.followsOwnersLinks()) {
            return OptionSet.Option.SYM_LINKS_IF_OWNER_MATCH.word();
        }
        return options.followsLinks() ? OptionSet.Option.FOLLOW_SYM_LINKS.word() : "";
    }
}
