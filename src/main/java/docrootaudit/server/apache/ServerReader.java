package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the directives of one server, main or virtual, on top of those of the main one. */
final class ServerReader {
    /** Directives of the server that are followed here, and those that decide nothing; all others are doubted. */
    private static final Set<String> UNDERSTOOD = Set.of(
            "documentroot",
            "aliasmatch",
            "scriptaliasmatch",
            "servername",
            "serveralias",
            "serverpath",
            "accessfilename",
            "userdir",
            "proxypass",
            "proxypassmatch",
            "remoteipheader",
            "remoteipinternalproxy",
            "remoteiptrustedproxy",
            "remoteipinternalproxylist",
            "remoteiptrustedproxylist",
            "remoteipproxiesheader",
            "traceenable",
            "rewritemap",
            "allowencodedslashes",
            "mergeslashes",
            "acceptpathinfo",
            "sethandler",
            "forcetype",
            "authtype",
            "authname",
            "authuserfile",
            "authgroupfile",
            "authbasicprovider",
            "authbasicauthoritative",
            "authbasicfake",
            "authzsendforbiddenonfailure",
            "directoryslash",
            "directoryindexredirect",
            "directorycheckhandler",
            "fallbackresource",
            "multiviewsmatch",
            "sslrequiressl",
            "allowmethods",
            "typesconfig",
            "action",
            "script",
            "virtualdocumentroot",
            "virtualscriptalias",
            "virtualdocumentrootip",
            "virtualscriptaliasip",
            "suexecusergroup",
            "assignuserid",
            "redirectrelative",
            "aliaspreservepath",
            "indexoptions",
            "checkspelling",
            "checkcaseonly",
            "checkbasenamematch",
            "dav",
            "cacheenable");

    /** {@code reorder_sorter()} in server/core.c: by slashes in the pattern, expressions last. */
    private static final Comparator<Section> BY_DEPTH =
            Comparator.comparing((Section s) -> s.regex().isPresent()).thenComparingInt(Section::components);

    private final Definitions definitions;

    ServerReader(Definitions definitions) {
        this.definitions = definitions;
    }

    static boolean understands(String key) {
        return UNDERSTOOD.contains(key);
    }

    /** The main server. */
    Host main(Source source, List<Directive> directives) throws BadDirectiveException {
        return host(source, List.of(), directives, Optional.empty());
    }

    /** A virtual one. */
    Host virtual(Directive section, Host main) throws BadDirectiveException {
        List<Host.Bind> binds = new ArrayList<>();
        for (String word : section.words()) {
            bind(word, section).ifPresent(binds::add);
        }
        return host(section.source(), binds, section.body(), Optional.of(main));
    }

    private Host host(Source source, List<Host.Bind> binds, List<Directive> body, Optional<Host> main)
            throws BadDirectiveException {
        Modules modules = definitions.modules();
        DirConfig own = Interpreter.server(modules, body);
        List<Alias> aliases = new ArrayList<>();
        List<Section> directories = new ArrayList<>(main.map(Host::directories).orElse(List.of()));
        List<Section> locations = new ArrayList<>(main.map(Host::locations).orElse(List.of()));
        List<Section> proxySections =
                new ArrayList<>(main.map(Host::proxySections).orElse(List.of()));
        List<ProxyPass> proxies = new ArrayList<>();
        List<UserDirs> userDirs = new ArrayList<>();
        List<Directive> remoteIp = new ArrayList<>();
        Map<String, Directive> settings = new HashMap<>(main.map(Host::settings).orElse(Map.of()));
        List<String> names = new ArrayList<>();
        Optional<String> serverName = Optional.empty();
        int port = binds.isEmpty() ? 0 : binds.get(0).port();
        for (Directive line : body) {
            if (Alias.takes(line.key())) {
                aliases.add(Alias.of(line));
            } else if (ProxyPass.takes(line.key())) {
                proxies.add(ProxyPass.of(line, Optional.empty()));
            } else if (line.key().startsWith("remoteip")) {
                remoteIp.add(line);
            } else if (line.isSection()) {
                section(line, directories, locations, proxySections);
            } else {
                switch (line.key()) {
                    case "servername" -> {
                        String name = line.first().replaceFirst("^[a-z]+://", "");
                        int colon = name.lastIndexOf(':');
                        boolean hasPort = colon > 0 && name.substring(colon + 1).matches("\\d{1,5}");
                        serverName = Optional.of((hasPort ? name.substring(0, colon) : name));
                        port = hasPort ? Integer.parseInt(name.substring(colon + 1)) : port;
                    }
                    case "serveralias" -> names.addAll(line.words());
                    case "userdir" -> userDirs.add(new UserDirs(line));
                    default -> settings.put(line.key(), line);
                }
            }
        }
        serverName.ifPresent(name -> names.add(0, name));
        directories.sort(BY_DEPTH);
        aliases.addAll(main.map(Host::aliases).orElse(List.of()));
        proxies.addAll(main.map(Host::proxies).orElse(List.of()));
        List<Redirect> redirects = new ArrayList<>(own.redirects());
        redirects.addAll(main.map(Host::redirects).orElse(List.of()));
        own.redirects().clear();
        // mod_setenvif merges the main server's in front: they were there first
        List<EnvRule> envRules = new ArrayList<>(main.map(Host::envRules).orElse(List.of()));
        envRules.addAll(own.envRules());
        own.envRules().clear();
        Optional<RewriteConfig> rewriting = own.rewriting();
        if (rewriting.isPresent() && main.isPresent() && main.get().rewriting().isPresent()) {
            rewriting = Optional.of(main.get().rewriting().get().merge(rewriting.get()));
        } else if (rewriting.isEmpty() && main.isPresent()) {
            rewriting = main.get().rewriting().map(r -> r.merge(new RewriteConfig(Optional.empty())));
        }
        boolean remoteHere = !remoteIp.isEmpty();
        Optional<Directive> rootLine = Optional.ofNullable(settings.get("documentroot"));
        return new Host(
                source,
                serverName,
                List.copyOf(names),
                port,
                binds,
                rootLine.map(this::path).orElse(PathBytes.of("/usr/local/apache2/htdocs")),
                rootLine,
                aliases,
                redirects,
                envRules,
                rewriting,
                main.map(m -> m.defaults().merge(own)).orElse(own),
                List.copyOf(directories),
                List.copyOf(locations),
                List.copyOf(proxySections),
                settings,
                userDirs.isEmpty() ? main.map(Host::userDirs).orElse(List.of()) : userDirs,
                proxies,
                remoteHere ? remoteIp : main.map(Host::remoteIp).orElse(List.of()),
                accessFiles(settings));
    }

    private static Set<String> accessFiles(Map<String, Directive> settings) {
        Directive line = settings.get("accessfilename");
        return line == null ? Set.of(".htaccess") : new LinkedHashSet<>(line.words());
    }

    private PathBytes path(Directive line) {
        String written = line.first();
        PathBytes path = ByteText.path(written);
        return path.isAbsolute() ? path : definitions.serverRoot().resolve(path);
    }

    private void section(
            Directive line, List<Section> directories, List<Section> locations, List<Section> proxySections)
            throws BadDirectiveException {
        switch (line.key()) {
            case "<directory", "<directorymatch" -> directories.add(matched(line, "<directorymatch"));
            case "<location", "<locationmatch" -> {
                Section location = matched(line, "<locationmatch");
                locations.add(location);
                for (Directive inner : line.body()) {
                    if (ProxyPass.takes(inner.key())) {
                        location.config().wholeProxy(ProxyPass.of(inner, Optional.of(location)));
                    }
                }
            }
            case "<proxy", "<proxymatch" -> proxySections.add(matched(line, "<proxymatch"));
            default -> {
                // <VirtualHost> is read on its own; <Files>, <If> and <Limit> belong to the defaults
            }
        }
    }

    private Section matched(Directive line, String matchKey) throws BadDirectiveException {
        Words words = new Words(line.args());
        String pattern = words.next();
        boolean match = line.is(matchKey);
        if (pattern.equals("~")) {
            pattern = words.next();
            match = true;
        }
        if (line.args().isEmpty()) {
            throw new BadDirectiveException(line, line.word() + "> names nothing");
        }
        if (!match && line.is("<directory")) {
            pattern = UriPath.merge("", pattern);
            pattern = pattern.endsWith("/") ? pattern : pattern + "/";
        }
        DirConfig config = Interpreter.section(definitions.modules(), pattern, line.body());
        return new Section(
                line,
                pattern,
                match ? Optional.of(Regexes.compile(line, pattern)) : Optional.empty(),
                Optional.empty(),
                config);
    }

    private Optional<Host.Bind> bind(String word, Directive section) {
        int colon = word.lastIndexOf(':');
        boolean bracket = word.endsWith("]");
        String host = colon < 0 || bracket ? word : word.substring(0, colon);
        String port = colon < 0 || bracket ? "*" : word.substring(colon + 1);
        int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("*")) {
            return Optional.of(new Host.Bind(Optional.empty(), number, false));
        } else if (name.equals("_default_")) {
            return Optional.of(new Host.Bind(Optional.empty(), number, true));
        }
        Optional<Address> address = Address.parse(host);
        if (address.isEmpty()) {
            definitions.doubt("the address of <VirtualHost> is a name that is not looked up", section.source());
            return Optional.empty();
        }
        return Optional.of(new Host.Bind(address.map(a -> a), number, false));
    }
}
