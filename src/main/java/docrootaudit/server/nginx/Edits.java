package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Edit;
import docrootaudit.server.Pcre;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Changes of the configuration that could lift a refusal for just one request. What was written on purpose is left
 * alone, but for lists of addresses, which are made to be added to.
 */
final class Edits {
    private static final int MANY_NAMES = 4;
    /** How many tables are made of each other, at most. */
    private static final int TABLES = 4;

    private static final Set<String> NO_ENTRIES = Set.of("include", "proxy", "delete", "hostnames", "volatile");
    private static final List<String> INDEXES =
            List.of("index.html", "index.htm", "default.html", "home.html", "Index.html");

    /** An exemption would send these as they are, not run them. */
    private static final Pattern SCRIPT = Pattern.compile("\\.(php\\d?|phtml|phar|cgi|pl|py|rb|jsp|aspx?)$");

    private final Configuration configuration;
    private final Request request;
    private final List<Edit> edits = new ArrayList<>();

    Edits(Configuration configuration, Request request) {
        this.configuration = configuration;
        this.request = request;
    }

    List<Edit> of(Refusal refusal) {
        boolean kept = refusal.meant() == Refusal.Meaning.ON_PURPOSE && refusal.reason() != Reason.IP;
        if (kept) {
            return List.of();
        }
        if (refusal.blame() instanceof Refusal.Blame.Line line) {
            Trail.to(configuration.main(), line.source(), refusal.rule()).ifPresent(t -> ofLine(t, refusal));
        } else if (refusal.reason() == Reason.MISSING_INDEX) {
            missingIndex();
        }
        return List.copyOf(edits);
    }

    private void ofLine(Trail trail, Refusal refusal) {
        switch (trail.directive().name()) {
            case "deny" -> {
                if (refusal.reason() == Reason.IP) {
                    allow(trail);
                    wrongServer(trail);
                } else {
                    wrongServer(trail);
                    exempt(trail);
                    allow(trail);
                }
            }
            case "return" -> {
                referer(trail);
                address(trail);
                wrongServer(trail);
                exempt(trail);
            }
            case "disable_symlinks" -> links(trail.directive());
            case "try_files" -> tryFiles(trail.directive(), refusal);
            default -> {
                // what else refuses has no small change that lets one request pass
            }
        }
    }

    private void allow(Trail trail) {
        Directive deny = trail.directive();
        String where = trail.around("location").map(Directive::text).orElse("the server");
        before(deny, "allow " + visitor() + ";", "everything else of " + where + ", to " + visitor());
    }

    /** The visitor's own address, also where he comes by a proxy that is trusted. */
    private Address visitor() {
        return settings().map(s -> RealIp.visitor(request, s)).orElse(request.from());
    }

    /** A location for this very URI, before that which refuses it. */
    private void exempt(Trail trail) {
        Optional<Uri> uri = Uri.parse(request.target(), Uri.Slashes.MERGED);
        if (uri.isEmpty()
                || SCRIPT.matcher(uri.get().path().toLowerCase(Locale.ROOT)).find()) {
            return;
        }
        String path = uri.get().path();
        Optional<Directive> location = trail.around("location");
        if (location.isEmpty()) {
            if (trail.directive().name().equals("deny")) {
                before(trail.directive(), "location = " + Directive.quoted(path) + " { allow all; }", "");
            }
            return;
        }
        // a certificate's next challenge has another name
        if (!path.startsWith("/.well-known/acme-challenge/")) {
            before(location.get(), "location = " + Directive.quoted(path) + " { }", "");
        }
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            String directory = path.substring(0, slash + 1);
            before(
                    location.get(),
                    "location ^~ " + Directive.quoted(directory) + " { }",
                    "everything below " + ByteText.visible(directory));
        }
    }

    /** Another server may be meant: one that does not know the name it was asked by. */
    private void wrongServer(Trail trail) {
        Optional<String> host = request.host().map(Reception::hostName).filter(h -> !h.isEmpty());
        Optional<Directive> server = trail.around("server");
        if (host.isEmpty() || server.isEmpty() || Address.parse(host.get()).isPresent()) {
            return;
        }
        Endpoint endpoint = configuration.endpoint(request.to(), request.port());
        if (endpoint.named(host.get()).isPresent()
                || endpoint.servers().stream().anyMatch(s -> fits(s, host.get()))) {
            return;
        }
        endpoint.servers().stream()
                .filter(s ->
                        !s.directive().equals(server.get()) && s.nameDirective().isPresent())
                .sorted(Comparator.comparing(s -> -likeness(s, host.get())))
                .limit(MANY_NAMES)
                .forEach(s -> {
                    Directive names = s.nameDirective().get();
                    replace(names, names.text() + " " + Directive.quoted(host.get()) + ";", "");
                });
    }

    private static boolean fits(VirtualServer server, String host) {
        return server.patterns().stream().anyMatch(p -> p.match(host) instanceof Pcre.Result.Match);
    }

    /** How many letters at the end a name has in common with one of a server's. */
    private static int likeness(VirtualServer server, String host) {
        int most = 0;
        for (String name : server.names()) {
            int same = 0;
            while (same < Math.min(name.length(), host.length())
                    && name.charAt(name.length() - 1 - same) == host.charAt(host.length() - 1 - same)) {
                same++;
            }
            most = Math.max(most, same);
        }
        return most;
    }

    private void referer(Trail trail) {
        boolean asks = trail.around("if")
                .map(d -> d.text().contains("$invalid_referer"))
                .orElse(false);
        Optional<Directive> valid = trail.effective("valid_referers");
        Optional<String> referer = request.header("Referer").flatMap(Edits::hostOf);
        if (asks && valid.isPresent() && referer.isPresent()) {
            replace(
                    valid.get(),
                    valid.get().text() + " " + Directive.quoted(referer.get()) + ";",
                    "pages of " + ByteText.visible(referer.get()) + " may show what is here");
        } else if (asks && valid.isPresent() && request.header("Referer").isEmpty()) {
            replace(valid.get(), valid.get().text() + " none;", "whoever names no page he comes from");
        }
    }

    /** A condition on a table of addresses: this one gets a line there, with each of the values that others have. */
    private void address(Trail trail) {
        Optional<Directive> condition = trail.around("if");
        String variable = condition.map(d -> d.word(0).replaceAll("[()$ ]", "")).orElse("");
        Optional<Table> table = ofAddresses(variable, TABLES);
        if (table.isEmpty()) {
            return;
        }
        List<Directive> entries = table.get().directive().children().stream()
                .filter(d -> d.words().size() == 1 && !NO_ENTRIES.contains(d.name()))
                .toList();
        String allows = "whatever else asks for $" + variable + ", to " + visitor();
        for (String value : entries.stream().map(d -> d.word(0)).distinct().toList()) {
            String end = " " + Directive.quoted(value) + ";";
            Optional<Directive> holding = holding(table.get());
            if (table.get() instanceof Geo geo && geo.isOfRanges()) {
                // a narrower range has to stand behind the wider one
                Directive wider =
                        geo.block(visitor()).map(Geo.Block::directive).orElse(entries.get(entries.size() - 1));
                replace(wider, wider.text() + "; " + visitor() + "-" + visitor() + end, allows);
            } else if (holding.isPresent() && !holding.get().word(0).equals(value)) {
                replace(holding.get(), holding.get().name() + end, allows);
            } else if (holding.isEmpty()) {
                before(entries.get(0), visitor() + end, allows);
            }
        }
    }

    /** The entry that is about this one address and no other: a second one is an error or has no effect. */
    private Optional<Directive> holding(Table table) {
        if (table instanceof Geo geo) {
            return geo.block(visitor())
                    .filter(b -> b.extent().narrowness() == visitor().bytes().length * Byte.SIZE)
                    .map(Geo.Block::directive);
        }
        return table.directive().children().stream()
                .filter(d -> d.name().equals(visitor().toString()) && d.words().size() == 1)
                .findFirst();
    }

    /** The table whose entries are addresses: a variable's own, or what that is made of in turn. */
    private Optional<Table> ofAddresses(String variable, int deepest) {
        Optional<Table> table = configuration.table(variable.toLowerCase(Locale.ROOT));
        if (deepest > 0 && table.isPresent() && table.get() instanceof Table.Map map) {
            String input = map.input().source().replaceAll("[${}]", "");
            return Variables.isAddress(input) ? table : ofAddresses(input, deepest - 1);
        }
        return table.filter(Geo.class::isInstance);
    }

    private static Optional<String> hostOf(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (start < 0) {
            return Optional.empty();
        }
        String host = lower.substring(start).split("[/:?#]", 2)[0];
        return host.matches("[a-z0-9._-]+") ? Optional.of(host) : Optional.empty();
    }

    private void links(Directive directive) {
        String from = directive.words().stream()
                .filter(w -> w.startsWith("from="))
                .map(w -> " " + Directive.quoted(w))
                .findFirst()
                .orElse("");
        if (directive.word(0).equals("on")) {
            replace(
                    directive,
                    "disable_symlinks if_not_owner" + from + ";",
                    "links to what the link's own owner has, wherever it lies");
        }
        replace(directive, "disable_symlinks off;", "every link below this root");
    }

    private void tryFiles(Directive directive, Refusal refusal) {
        List<String> words = new ArrayList<>(directive.words());
        boolean removed = words.subList(0, words.size() - 1).removeIf(w -> w.endsWith("/"));
        if (refusal.reason() == Reason.MISSING_INDEX && removed && words.size() > 1) {
            String text = String.join(" ", words.stream().map(Directive::quoted).toList());
            replace(directive, "try_files " + text + ";", "");
        }
    }

    private void missingIndex() {
        Optional<Settings> settings = settings();
        Optional<Directive> index = settings.flatMap(s -> s.index);
        for (String name : INDEXES) {
            index.filter(i -> !i.words().contains(name)).ifPresent(i -> replace(i, i.text() + " " + name + ";", ""));
        }
        settings.flatMap(s -> s.autoindex)
                .filter(a -> a.word(0).equals("off"))
                .ifPresent(a -> replace(a, "autoindex on;", "the names in every directory that this line is about"));
    }

    /** What holds for the request, as far as names of locations say; a pattern's own index is not looked for. */
    private Optional<Settings> settings() {
        Endpoint endpoint = configuration.endpoint(request.to(), request.port());
        Optional<Uri> uri = Uri.parse(request.target(), Uri.Slashes.MERGED);
        if (endpoint.standard().isEmpty() || uri.isEmpty()) {
            return Optional.empty();
        }
        String host = request.host().map(Reception::hostName).orElse("");
        Location place =
                endpoint.named(host).or(endpoint::standard).orElseThrow().place();
        Locations.Found found = place.inner().find(uri.get().path());
        if (found instanceof Locations.Found.Prefix prefix) {
            place = prefix.location();
        } else if (found instanceof Locations.Found.Exact exact) {
            place = exact.location();
        }
        return Optional.of(place.settings());
    }

    /** Puts a line before a directive, or a piece of a line where the directive shares it. */
    private void before(Directive directive, String text, String alsoAllows) {
        String line = configuration.line(directive.source());
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        if (line.stripLeading().startsWith(directive.name())) {
            edits.add(new Edit(directive.source(), Edit.Kind.INSERT_BEFORE, indent + text, alsoAllows));
            return;
        }
        int at = startOf(directive, line);
        if (at >= 0) {
            edits.add(new Edit(
                    directive.source(),
                    Edit.Kind.REPLACE,
                    line.substring(0, at) + text + " " + line.substring(at),
                    alsoAllows));
        }
    }

    /** Writes a directive anew; only where it is on one line and can be found there. */
    private void replace(Directive directive, String text, String alsoAllows) {
        Source source = directive.source();
        String line = configuration.line(source);
        int at = startOf(directive, line);
        int end = at < 0 ? -1 : line.indexOf(';', at);
        if (end > 0) {
            edits.add(new Edit(
                    source, Edit.Kind.REPLACE, line.substring(0, at) + text + line.substring(end + 1), alsoAllows));
        }
    }

    private static int startOf(Directive directive, String line) {
        for (int at = line.indexOf(directive.name()); at >= 0; at = line.indexOf(directive.name(), at + 1)) {
            boolean begins = at == 0 || " \t;{}".indexOf(line.charAt(at - 1)) >= 0;
            int behind = at + directive.name().length();
            boolean ends = behind >= line.length() || " \t".indexOf(line.charAt(behind)) >= 0;
            if (begins && ends) {
                return at;
            }
        }
        return -1;
    }
}
