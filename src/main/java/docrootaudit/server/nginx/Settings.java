package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What holds in a block, its own directives and those of the blocks around it together: a directive of one's own
 * replaces all of that name from outside, as {@code ngx_http_*_merge_loc_conf()} do.
 */
final class Settings {
    final Optional<Settings> outside;
    final List<Directive> own;
    private final Map<String, List<Directive>> byName;
    final Root root;
    final Optional<Directive> index;
    final List<Template> indexNames;
    final List<AccessRule> access;
    final Optional<Directive> realm;
    final Optional<Directive> userFile;
    final Optional<Directive> satisfy;
    final List<ErrorPage> errorPages;
    final Optional<Directive> internal;
    final Optional<Directive> symlinks;
    final Optional<Directive> autoindex;
    final List<Directive> referers;
    final Optional<Directive> splitPathInfo;
    final Optional<Template> script;
    final List<Network> trusted;
    final List<Doubtful> doubtful;

    /** Where files lie. */
    record Root(Optional<Directive> directive, Template path, Kind kind, int aliasLength) {
        /** How a URI becomes a path below it. */
        enum Kind {
            ROOT,
            /** The location's prefix is cut off. */
            ALIAS,
            /** In a location with a regular expression: the whole path. */
            WHOLE
        }
    }

    /** A directive that is not predicted, and why that matters. */
    record Doubtful(Directive directive, String why) {}

    /** Of the whole configuration. */
    static Settings outermost(PathBytes prefix, List<Directive> own) throws ConfigSyntaxException {
        Root root =
                new Root(Optional.empty(), Template.literal(ByteText.of(prefix.resolve("html"))), Root.Kind.ROOT, 0);
        return new Settings(Optional.empty(), own, root, prefix, Optional.empty());
    }

    /** Of a block in it. */
    Settings inside(List<Directive> own, PathBytes prefix, Optional<Location.Name> location)
            throws ConfigSyntaxException {
        return new Settings(Optional.of(this), own, root, prefix, location);
    }

    private Settings(
            Optional<Settings> outside,
            List<Directive> own,
            Root inheritedRoot,
            PathBytes prefix,
            Optional<Location.Name> location)
            throws ConfigSyntaxException {
        this.outside = outside;
        this.own = List.copyOf(own);
        this.byName = own.stream().collect(Collectors.groupingBy(Directive::name));
        this.root = root(inheritedRoot, prefix, location);
        this.index = last("index").or(() -> outside.flatMap(o -> o.index));
        this.indexNames = indexNames();
        this.access = access();
        this.realm = find("auth_basic");
        this.userFile = find("auth_basic_user_file");
        this.satisfy = find("satisfy");
        List<ErrorPage> pages = new ArrayList<>();
        for (Directive directive : all("error_page")) {
            pages.add(ErrorPage.of(directive));
        }
        this.errorPages = pages.isEmpty() ? outside.map(o -> o.errorPages).orElse(List.of()) : List.copyOf(pages);
        this.internal = find("internal");
        this.symlinks = find("disable_symlinks");
        this.autoindex = find("autoindex");
        this.referers = inherited("valid_referers");
        this.splitPathInfo = find("fastcgi_split_path_info");
        this.script = script();
        this.trusted = trusted();
        this.doubtful = doubtful();
    }

    /** The directives of a name in this very block. */
    List<Directive> all(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The directives of a name in the innermost block that has any. */
    List<Directive> inherited(String name) {
        Settings at = this;
        while (true) {
            List<Directive> found = at.all(name);
            if (!found.isEmpty() || at.outside.isEmpty()) {
                return found;
            }
            at = at.outside.get();
        }
    }

    /** The one directive of a name that holds here. */
    Optional<Directive> find(String name) {
        List<Directive> found = inherited(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /** Whether a switch is on. */
    boolean isOn(String name) {
        return find(name).map(d -> d.word(0).equals("on")).orElse(false);
    }

    private Optional<Directive> last(String name) {
        List<Directive> found = all(name);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    private Root root(Root inherited, PathBytes prefix, Optional<Location.Name> location) throws ConfigSyntaxException {
        Optional<Directive> directive = last("root").or(() -> last("alias"));
        if (directive.isEmpty()) {
            return inherited;
        }
        boolean alias = directive.get().name().equals("alias");
        String path = directive.get().word(0);
        if (!alias && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        Template template = Template.of(path, directive.get().source());
        if (!path.startsWith("/") && !path.startsWith("$")) {
            template = template.after(ByteText.of(prefix.resolve("")));
        }
        boolean pattern = location.map(l -> l.kind() == Location.Kind.REGEX).orElse(false);
        Root.Kind kind = !alias ? Root.Kind.ROOT : pattern ? Root.Kind.WHOLE : Root.Kind.ALIAS;
        int length =
                kind == Root.Kind.ALIAS ? location.map(l -> l.text().length()).orElse(0) : 0;
        return new Root(directive, template, kind, length);
    }

    private List<Template> indexNames() throws ConfigSyntaxException {
        List<Template> names = new ArrayList<>();
        for (Directive directive : all("index")) {
            for (String word : directive.words()) {
                names.add(Template.of(word, directive.source()));
            }
        }
        if (!names.isEmpty()) {
            return List.copyOf(names);
        }
        return outside.isPresent() ? outside.get().indexNames : List.of(Template.literal("index.html"));
    }

    private List<AccessRule> access() throws ConfigSyntaxException {
        List<AccessRule> rules = new ArrayList<>();
        for (Directive directive : own) {
            if (directive.name().equals("allow") || directive.name().equals("deny")) {
                rules.add(AccessRule.of(directive));
            }
        }
        return rules.isEmpty() ? outside.map(o -> o.access).orElse(List.of()) : List.copyOf(rules);
    }

    private Optional<Template> script() throws ConfigSyntaxException {
        List<Directive> params = inherited("fastcgi_param");
        Optional<Template> script = Optional.empty();
        for (Directive param : params) {
            if (param.word(0).equals("SCRIPT_FILENAME")) {
                script = Optional.of(Template.of(param.word(1), param.source()));
            }
        }
        return script;
    }

    private List<Network> trusted() {
        List<Directive> from = inherited("set_real_ip_from");
        return from.stream().flatMap(d -> Network.parse(d.word(0)).stream()).toList();
    }

    private List<Doubtful> doubtful() {
        List<Doubtful> found = new ArrayList<>();
        for (Directive directive : own) {
            Catalog.doubt(directive).ifPresent(why -> found.add(new Doubtful(directive, why)));
        }
        for (Doubtful outer : outside.map(o -> o.doubtful).orElse(List.of())) {
            String name = outer.directive().name();
            if (Catalog.isInherited(name) && all(name).isEmpty()) {
                found.add(outer);
            }
        }
        return List.copyOf(found);
    }
}
