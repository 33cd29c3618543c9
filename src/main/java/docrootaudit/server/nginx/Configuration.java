package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A configuration, read and understood: the servers, and what they share. */
final class Configuration {
    private final PathBytes prefix;
    private final PathBytes directory;
    private final Parser.Parsed parsed;
    private final List<VirtualServer> servers = new ArrayList<>();
    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, List<String>> upstreams = new HashMap<>();
    private final Map<String, Regex> regexes = new HashMap<>();
    private final Set<String> assigned = new HashSet<>();
    private final List<Doubt> notUnderstood = new ArrayList<>();
    private final VirtualServer nowhere;
    private final Map<Door, Endpoint> endpoints = new ConcurrentHashMap<>();

    private Configuration(PathBytes config, PathBytes prefix, Parser.Parsed parsed) throws ConfigSyntaxException {
        this.prefix = prefix;
        this.directory = config.parent().orElse(PathBytes.ROOT);
        this.parsed = parsed;
        Settings outermost = Settings.outermost(prefix, List.of());
        for (Directive http : parsed.directives()) {
            if (http.name().equals("http") && http.block().isPresent()) {
                http(http, outermost);
            }
        }
        Directive none = new Directive("server", List.of(), Optional.of(List.of()), new Source(config, 1));
        this.nowhere = server(none, outermost);
    }

    /**
     * Reads a configuration.
     *
     * @param config the first file
     * @param prefix what relative paths of files to serve begin with
     */
    static Configuration load(ConfigFiles files, PathBytes config, PathBytes prefix) throws ConfigSyntaxException {
        return new Configuration(config, prefix, Parser.parse(files, config));
    }

    PathBytes prefix() {
        return prefix;
    }

    /** Regular expressions that Java cannot run. */
    List<Doubt> notUnderstood() {
        return notUnderstood;
    }

    /** Where relative paths of the configuration itself begin. */
    PathBytes directory() {
        return directory;
    }

    List<Directive> main() {
        return parsed.directives();
    }

    /** A line as it stands in its file; empty text if it is not there. */
    String line(Source source) {
        return parsed.texts()
                .getOrDefault(source.file(), "")
                .lines()
                .skip(Math.max(0, source.line() - 1))
                .findFirst()
                .orElse("");
    }

    List<VirtualServer> servers() {
        return servers;
    }

    /** A server without settings, for a request that none takes. */
    VirtualServer nowhere() {
        return nowhere;
    }

    Optional<Table> table(String variable) {
        return Optional.ofNullable(tables.get(variable));
    }

    /** Whether some rule gives a variable its value: until then it is empty. */
    boolean isSetSomewhere(String variable) {
        return assigned.contains(variable);
    }

    /** Whether a text tells visitors apart by where they come from, also by way of tables. */
    boolean isAboutAddress(Template text) {
        return isAboutAddress(text, new HashSet<>());
    }

    private boolean isAboutAddress(Template text, Set<String> seen) {
        return text.mentions(name -> Variables.isAddress(name)
                || (seen.add(name)
                        && table(name.toLowerCase(Locale.ROOT))
                                .map(t -> t.isAboutAddress(inner -> isAboutAddress(inner, seen)))
                                .orElse(false)));
    }

    /** The servers of a group; none if there is no such group. */
    List<String> upstream(String name) {
        return upstreams.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** Who listens on an address and port; the address may not be known. */
    Endpoint endpoint(Optional<Address> to, int port) {
        return endpoints.computeIfAbsent(new Door(to, port), d -> Endpoint.of(servers, to, port));
    }

    /** Where a visitor knocks. */
    private record Door(Optional<Address> to, int port) {}

    private void http(Directive http, Settings outermost) throws ConfigSyntaxException {
        Settings settings = outermost.inside(http.children(), prefix, Optional.empty());
        for (Directive directive : http.children()) {
            switch (directive.name()) {
                case "map" -> define(directive, 1, Table.map(directive));
                case "geo" -> define(directive, directive.words().size() - 1, Geo.of(directive));
                case "split_clients" -> define(directive, 1, Table.split(directive));
                case "upstream" -> upstream(directive);
                default -> {
                    // a server is read once all of these are known
                }
            }
        }
        for (Directive directive : http.children()) {
            if (directive.name().equals("server") && directive.block().isPresent()) {
                servers.add(server(directive, settings));
            }
        }
    }

    private void define(Directive directive, int index, Table table) throws ConfigSyntaxException {
        String variable = directive.word(index);
        if (!variable.startsWith("$") || directive.block().isEmpty()) {
            throw new ConfigSyntaxException(
                    Optional.of(directive.source()), "invalid variable name in " + directive.name());
        }
        tables.put(variable.substring(1).toLowerCase(Locale.ROOT), table);
    }

    private void upstream(Directive directive) {
        upstreams.put(
                directive.word(0).toLowerCase(Locale.ROOT),
                directive.children().stream()
                        .filter(d -> d.name().equals("server") && !d.words().contains("down"))
                        .map(d -> d.word(0))
                        .toList());
    }

    private VirtualServer server(Directive directive, Settings http) throws ConfigSyntaxException {
        List<Directive> children = directive.children();
        List<String> names = new ArrayList<>();
        List<Listen> listens = new ArrayList<>();
        List<Regex> patterns = new ArrayList<>();
        boolean ssl = children.stream()
                .anyMatch(d -> d.name().equals("ssl") && d.word(0).equals("on"));
        for (Directive child : children) {
            if (child.name().equals("server_name")) {
                names.addAll(child.words());
            } else if (child.name().equals("listen")) {
                listens.addAll(Listen.of(child));
            }
        }
        for (String name : names) {
            if (name.startsWith("~")) {
                boolean capitals = name.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
                patterns.add(regex(name.substring(1), capitals ? Regex.Case.IGNORED : Regex.Case.SENSITIVE, directive));
            }
        }
        if (listens.isEmpty() && children.stream().noneMatch(d -> d.name().equals("listen"))) {
            listens.add(Listen.UNSAID);
        }
        if (ssl) {
            listens.replaceAll(Listen::encrypted);
        }
        List<String> allNames = names.isEmpty() ? List.of("") : List.copyOf(names);
        return new VirtualServer(
                directive,
                allNames,
                List.copyOf(patterns),
                List.copyOf(listens),
                new Block(directive, http).asLocation(Optional.empty()));
    }

    /** Compiles a regular expression, once for all places that have it, and remembers the variables that it sets. */
    private Regex regex(String source, Regex.Case sensitivity, Directive directive) {
        Regex regex = regexes.computeIfAbsent(sensitivity + source, s -> Regex.compile(source, sensitivity));
        return remember(regex, directive);
    }

    private Regex remember(Regex regex, Directive directive) {
        if (!regex.isUnderstood()) {
            notUnderstood.add(new Doubt(
                    "the regular expression of " + directive.name() + " is not understood",
                    Optional.of(directive.source())));
        }
        regex.names().forEach(n -> assigned.add(n.toLowerCase(Locale.ROOT)));
        return regex;
    }

    /** A block on its way to a {@link Location}. */
    private final class Block {
        private final Directive opening;
        private final Settings outside;

        Block(Directive opening, Settings outside) {
            this.opening = opening;
            this.outside = outside;
        }

        /** A server, a location or an {@code if}, the latter two inside of the former. */
        Location asLocation(Optional<Location.Name> name) throws ConfigSyntaxException {
            Settings settings = outside.inside(opening.children(), prefix, name);
            Optional<Handler> handler = handler();
            List<Location> inner = new ArrayList<>();
            Optional<Location> limited = Optional.empty();
            Optional<TryFiles> tryFiles = Optional.empty();
            for (Directive child : opening.children()) {
                if (child.name().equals("location") && child.block().isPresent()) {
                    inner.add(new Block(child, settings).asLocation(Optional.of(locationName(child))));
                } else if (child.name().equals("limit_except")) {
                    limited = Optional.of(limited(child, settings, handler));
                } else if (child.name().equals("try_files")) {
                    tryFiles = Optional.of(TryFiles.of(child));
                }
            }
            unique(inner);
            List<Instruction> rewrites = instructions(opening.children(), settings, opening.name());
            return new Location(opening, name, settings, handler, tryFiles, rewrites, Locations.of(inner), limited);
        }

        /** {@code ngx_http_join_exact_locations()}: beside an exact one there may be a prefix of its name, and no other. */
        private void unique(List<Location> locations) throws ConfigSyntaxException {
            Set<String> seen = new HashSet<>();
            for (Location location : locations) {
                Location.Name name = location.name().orElseThrow();
                boolean exact = name.kind() == Location.Kind.EXACT;
                boolean prefix = name.kind() == Location.Kind.PREFIX || name.kind() == Location.Kind.FIRM_PREFIX;
                if ((exact || prefix) && !seen.add((exact ? "=" : "") + name.text())) {
                    throw new ConfigSyntaxException(
                            Optional.of(location.opening().source()), "duplicate location \"" + name.text() + "\"");
                }
            }
        }

        /** Neither rewrites nor {@code try_files} of the location hold in it, what it is passed on to does. */
        private Location limited(Directive limit, Settings settings, Optional<Handler> handler)
                throws ConfigSyntaxException {
            Settings inside = settings.inside(limit.children(), prefix, Optional.empty());
            Optional<Handler> own = new Block(limit, settings).handler();
            Optional<Handler> passed = handler.filter(Handler.Upstream.class::isInstance);
            return new Location(
                    limit,
                    Optional.empty(),
                    inside,
                    own.or(() -> passed),
                    Optional.empty(),
                    List.of(),
                    Locations.NONE,
                    Optional.empty());
        }

        private Optional<Handler> handler() throws ConfigSyntaxException {
            Optional<Handler> handler = Optional.empty();
            for (Directive child : opening.children()) {
                Optional<Handler> one = Handler.of(child);
                handler = one.isPresent() ? one : handler;
            }
            return handler;
        }
    }

    private Location.Name locationName(Directive directive) throws ConfigSyntaxException {
        List<String> words = directive.words();
        if (words.isEmpty() || words.size() > 2) {
            throw new ConfigSyntaxException(
                    Optional.of(directive.source()), "invalid number of arguments in \"location\" directive");
        }
        String sign = words.size() == 2 ? words.get(0) : sign(words.get(0));
        String text = words.size() == 2 ? words.get(1) : words.get(0).substring(sign.length());
        return switch (sign) {
            case "=" -> new Location.Name(Location.Kind.EXACT, text, Optional.empty());
            case "^~" -> new Location.Name(Location.Kind.FIRM_PREFIX, text, Optional.empty());
            case "~" -> pattern(directive, text, Regex.Case.SENSITIVE);
            case "~*" -> pattern(directive, text, Regex.Case.IGNORED);
            case "" ->
                new Location.Name(
                        text.startsWith("@") ? Location.Kind.NAMED : Location.Kind.PREFIX, text, Optional.empty());
            default -> throw new ConfigSyntaxException(Optional.of(directive.source()), "invalid location modifier");
        };
    }

    private Location.Name pattern(Directive directive, String text, Regex.Case sensitivity) {
        return new Location.Name(Location.Kind.REGEX, text, Optional.of(regex(text, sensitivity, directive)));
    }

    private static String sign(String word) {
        for (String sign : List.of("=", "^~", "~*", "~")) {
            if (word.startsWith(sign)) {
                return sign;
            }
        }
        return "";
    }

    private List<Instruction> instructions(List<Directive> directives, Settings settings, String inside)
            throws ConfigSyntaxException {
        List<Instruction> instructions = new ArrayList<>();
        for (Directive directive : directives) {
            switch (directive.name()) {
                case "set" -> instructions.add(assignment(directive));
                case "rewrite" -> instructions.add(rewrite(directive));
                case "return" -> instructions.add(answer(directive));
                case "break" -> instructions.add(new Instruction.Break(directive));
                case "if" -> instructions.add(branch(directive, settings, inside));
                default -> {
                    // no business of the rewrite phase
                }
            }
        }
        return instructions;
    }

    private Instruction assignment(Directive directive) throws ConfigSyntaxException {
        String variable = directive.word(0);
        if (!variable.startsWith("$") || directive.words().size() != 2) {
            throw new ConfigSyntaxException(Optional.of(directive.source()), "invalid variable name in set");
        }
        assigned.add(variable.substring(1).toLowerCase(Locale.ROOT));
        return new Instruction.Set(
                directive, variable.substring(1), Template.of(directive.word(1), directive.source()));
    }

    private Instruction rewrite(Directive directive) throws ConfigSyntaxException {
        if (directive.words().size() < 2 || directive.word(1).isEmpty()) {
            throw new ConfigSyntaxException(Optional.of(directive.source()), "invalid number of arguments in rewrite");
        }
        String replacement = directive.word(1);
        boolean dropped = replacement.endsWith("?");
        String text = dropped ? replacement.substring(0, replacement.length() - 1) : replacement;
        boolean away = text.startsWith("http://") || text.startsWith("https://") || text.startsWith("$scheme");
        Optional<Integer> redirect = away ? Optional.of(302) : Optional.empty();
        Instruction.Then then = Instruction.Then.NEXT;
        switch (directive.word(2)) {
            case "last" -> then = Instruction.Then.LAST;
            case "break" -> then = Instruction.Then.BREAK;
            case "redirect" -> redirect = Optional.of(302);
            case "permanent" -> redirect = Optional.of(301);
            case "" -> {
                // the next rule is tried
            }
            default -> throw new ConfigSyntaxException(Optional.of(directive.source()), "invalid parameter of rewrite");
        }
        return new Instruction.Rewrite(
                directive,
                regex(directive.word(0), Regex.Case.SENSITIVE, directive),
                Template.of(text, directive.source()),
                then,
                redirect,
                dropped ? Instruction.Arguments.DROPPED : Instruction.Arguments.KEPT);
    }

    private static Instruction answer(Directive directive) throws ConfigSyntaxException {
        String first = directive.word(0);
        if (first.matches("\\d{1,3}")) {
            return new Instruction.Return(
                    directive, Integer.parseInt(first), Template.of(directive.word(1), directive.source()));
        }
        boolean url = first.startsWith("http://") || first.startsWith("https://") || first.startsWith("$scheme");
        if (!url || directive.words().size() != 1) {
            throw new ConfigSyntaxException(Optional.of(directive.source()), "invalid return code");
        }
        return new Instruction.Return(directive, 302, Template.of(first, directive.source()));
    }

    private Instruction branch(Directive directive, Settings settings, String inside) throws ConfigSyntaxException {
        Condition condition = Condition.of(directive);
        if (condition instanceof Condition.Matches matches) {
            remember(matches.pattern(), directive);
        }
        if (inside.equals("server")) {
            return new Instruction.If(
                    directive, condition, instructions(directive.children(), settings, inside), Optional.empty());
        }
        Location place = new Block(directive, settings).asLocation(Optional.empty());
        return new Instruction.If(directive, condition, place.rewrites(), Optional.of(place));
    }
}
