package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Edit;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Changes of lines that could lift a refusal for one request, the narrowest first. */
final class Edits {
    private static final String EVERYBODY = "everybody, to all that the line is about";

    private static final String INDEX = "DirectoryIndex index.html index.php";
    private static final String OF_INDEX = "each index.html and index.php in a directory that the line is about";

    private final Configuration configuration;
    private final Refusal refusal;
    private final Request request;
    private final List<Edit> edits = new ArrayList<>();

    Edits(Configuration configuration, Refusal refusal, Request request) {
        this.configuration = configuration;
        this.refusal = refusal;
        this.request = request;
    }

    List<Edit> list() {
        Optional<Source> line = refusal.blame() instanceof Refusal.Blame.Line at
                ? Optional.of(at.source())
                : refusal.blame() instanceof Refusal.Blame.Place place ? place.line() : Optional.empty();
        line.ifPresent(source ->
                Located.find(configuration.directives(), source).ifPresentOrElse(this::known, () -> tenants(source)));
        return List.copyOf(edits);
    }

    private void known(Located at) {
        Directive line = at.line();
        switch (line.key()) {
            case "require" -> require(at);
            case "deny", "order", "allow" -> insertAfter(line, "Allow from " + request.from(), "");
            case "options" -> options(at);
            case "rewriterule" -> rewriteRule(line);
            case "rewriteengine", "redirect", "redirectmatch" -> replace(line, "", EVERYBODY);
            case "allowmethods" ->
                replace(line, line.rule() + " " + request.method(), "the method " + request.method());
            case "sslrequiressl" -> replace(line, "", "whoever asks without encryption, to all that the line is about");
            case "traceenable" -> replace(line, "TraceEnable On", "TRACE");
            case "secrule", "secaction" -> firewall(at);
            case "directoryindex" -> {
                // one that names files is mended by such a file
                if (line.words().equals(List.of("disabled"))) {
                    replace(line, INDEX, OF_INDEX);
                }
            }
            default -> {
                // no change of a line mends it
            }
        }
    }

    private void require(Located at) {
        Directive line = at.line();
        List<String> words = line.words();
        if (at.parent().filter(p -> p.is("<requirenone")).isPresent()) {
            // the section may not be left empty
            replace(line, "Require all denied", EVERYBODY);
            return;
        }
        String provider = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
        method(at);
        switch (provider) {
            case "ip" -> {
                replace(line, line.rule() + " " + request.from(), "");
                if (line.isContinued()) {
                    insertAfter(line, "Require ip " + request.from(), "");
                }
            }
            case "user" ->
                visitor()
                        .filter(n -> !words.contains(n))
                        .ifPresent(name -> replace(line, line.rule() + " " + name, ""));
            case "group", "valid-user" -> visitor().ifPresent(name -> insertAfter(line, "Require user " + name, ""));
            case "not" -> {
                notEnvironment(words);
                replace(line, "", EVERYBODY);
            }
            default -> {
                if (!at.isRoot()) {
                    insertAfter(line, "Require ip " + request.from(), "");
                }
            }
        }
        if (provider.equals("all")) {
            section(at, "Require all granted", "everybody, to all in ");
        }
        if (refusal.reason() != Reason.AUTH && !provider.equals("not") && !at.isRoot()) {
            replace(line, "Require all granted", EVERYBODY);
        }
    }

    /** {@code Require not env NAME}: whoever set the variable takes it back for just this value. */
    private void notEnvironment(List<String> words) {
        if (words.size() == 3 && words.get(1).equalsIgnoreCase("env")) {
            configuration.directives().forEach(d -> exemptions(d, words.get(2)));
        }
    }

    private void exemptions(Directive line, String variable) {
        line.body().forEach(child -> exemptions(child, variable));
        if (!EnvRule.takes(line.key()) || line.is("setenvifexpr")) {
            return;
        }
        try {
            EnvRule rule = EnvRule.of(line);
            boolean sets =
                    rule.assignments().stream().anyMatch(a -> a.equals(variable) || a.startsWith(variable + "="));
            Optional<String> value = rule.attributeRegex().isPresent()
                    ? Optional.empty()
                    : request.header(rule.attribute()).filter(v -> v.matches("[A-Za-z0-9 ._/;:,()+-]{1,200}"));
            if (sets && value.isPresent()) {
                String exactly = value.get().replaceAll("[.()+]", "\\\\$0");
                insertAfter(
                        line,
                        "SetEnvIf " + rule.attribute() + " \"^" + exactly + "$\" !" + variable,
                        "whoever sends just this " + rule.attribute());
            }
        } catch (BadDirectiveException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    /** A {@code <Limit>} around the line that has the method, or a {@code <LimitExcept>} that has it not. */
    private void method(Located at) {
        at.parent().ifPresent(parent -> {
            String method = request.method().equals("HEAD") ? "GET" : request.method();
            String also = "the method " + method;
            if (parent.is("<limitexcept") && !parent.words().contains(method)) {
                replace(parent, "<LimitExcept " + parent.args() + " " + method + ">", also);
            } else if (parent.is("<limit")
                    && parent.words().size() > 1
                    && parent.words().contains(method)) {
                List<String> others =
                        parent.words().stream().filter(w -> !w.equals(method)).toList();
                replace(parent, "<Limit " + String.join(" ", others) + ">", also);
            }
        });
    }

    /** A section of its own for the directory that is served, which says more than the one around. */
    private void section(Located at, String text, String alsoAllows) {
        Optional<PathBytes> file = refusal.file();
        if (file.isEmpty() || !at.isDirectory()) {
            return;
        }
        for (Host host : hosts()) {
            for (Place place : places(host)) {
                String path = place.path();
                boolean safe = path.chars().allMatch(c -> c > ' ' && c != '"' && c < 0x7f && c != '\\' && c != '$');
                boolean nearer = ByteText.path(path).startsWith(ByteText.path(at.directory()))
                        && !at.directory().equals(path);
                if (safe && nearer && file.get().startsWith(ByteText.path(path))) {
                    edits.add(new Edit(
                            place.line().end(),
                            Edit.Kind.INSERT_AFTER,
                            "<Directory \"" + path + "\">\n    " + text + "\n</Directory>",
                            alsoAllows + ByteText.visible(path)));
                }
            }
        }
    }

    private List<Host> hosts() {
        List<Host> hosts = new ArrayList<>(configuration.hosts());
        hosts.add(configuration.main());
        return hosts;
    }

    /** Where files of a server lie, and the line that says so. */
    private record Place(String path, Directive line) {}

    private static List<Place> places(Host host) {
        List<Place> places = new ArrayList<>();
        host.aliases().stream()
                .filter(a -> a.regex().isEmpty() && a.target().startsWith("/"))
                .forEach(a -> places.add(new Place(a.target(), a.line())));
        host.documentRootLine()
                .ifPresent(line -> places.add(new Place(UriPath.merge("", ByteText.of(host.documentRoot())), line)));
        return places;
    }

    private void options(Located at) {
        OptionSet.Option wanted = refusal.reason() == Reason.DENY_RULE
                ? OptionSet.Option.EXEC_CGI
                : OptionSet.Option.SYM_LINKS_IF_OWNER_MATCH;
        boolean links = refusal.reason() == Reason.SYMLINK;
        if (at.isRoot()) {
            section(at, "Options +" + wanted.word(), "all in ");
            if (links) {
                section(at, "Options +FollowSymLinks -SymLinksIfOwnerMatch", "whatever links lead to in ");
            }
        }
        if (edits.isEmpty()) {
            replace(at.line(), with(at.line(), wanted), "all below that directory");
            if (links) {
                replace(
                        at.line(),
                        with(at.line(), OptionSet.Option.FOLLOW_SYM_LINKS),
                        "whatever links below that directory lead to");
            }
        }
    }

    /** The line with an option on. */
    private static String with(Directive line, OptionSet.Option option) {
        List<String> words = new ArrayList<>();
        boolean signed = false;
        for (String word : line.words()) {
            boolean sign = word.startsWith("+") || word.startsWith("-");
            signed |= sign;
            String bare = sign ? word.substring(1) : word;
            boolean contrary = word.startsWith("-") && OptionSet.named(bare).contains(option);
            boolean links = option == OptionSet.Option.SYM_LINKS_IF_OWNER_MATCH
                    ? word.equalsIgnoreCase("-FollowSymLinks")
                    : option == OptionSet.Option.FOLLOW_SYM_LINKS && bare.equalsIgnoreCase("SymLinksIfOwnerMatch");
            if (!contrary && !links && !bare.equalsIgnoreCase("none")) {
                words.add(word);
            }
        }
        words.add((signed ? "+" : "") + option.word());
        return line.word() + " " + String.join(" ", words);
    }

    /** Conditions in front of a rule are its own: they must not fall to the next. */
    private void rewriteRule(Directive line) {
        replace(line, "RewriteRule ^(?!) -", EVERYBODY);
    }

    private void firewall(Located at) {
        String id = refusal.rule();
        if (!id.matches("\\d{1,18}")) {
            return;
        }
        String path = request.target().replaceFirst("\\?.*", "");
        boolean plain = path.matches("[A-Za-z0-9/_.~-]+");
        boolean late = new FirewallRule(
                                at.line(),
                                List.of(),
                                "",
                                "",
                                false,
                                FirewallRule.of(at.line(), List.of()).actions())
                        .phase()
                == 2;
        if (plain && late && at.parent().filter(p -> !p.is("<virtualhost")).isEmpty()) {
            edits.add(new Edit(
                    at.line().source(),
                    Edit.Kind.INSERT_BEFORE,
                    "<Location \"" + path + "\">\n    SecRuleRemoveById " + id + "\n</Location>",
                    "what else the rule refuses at and below that URL"));
        }
        Directive last = at.line();
        for (Directive next : at.following()) {
            if (!FirewallRule.of(last, List.of()).has("chain")) {
                break;
            }
            last = next;
        }
        edits.add(new Edit(
                last.end(), Edit.Kind.INSERT_AFTER, "SecRuleRemoveById " + id, "all else that the rule refuses"));
    }

    private Optional<String> visitor() {
        Optional<String> name = request.visitor() instanceof Request.Visitor.Named named
                ? Optional.of(named.name())
                : request.visitor() instanceof Request.Visitor.Login login
                        ? Optional.of(login.name())
                        : Optional.empty();
        return name.filter(n -> n.matches("[A-Za-z0-9_.@-]+"));
    }

    private void replace(Directive line, String text, String alsoAllows) {
        if (!line.isContinued()) {
            edits.add(new Edit(line.source(), Edit.Kind.REPLACE, text, alsoAllows));
        }
    }

    private void insertAfter(Directive line, String text, String alsoAllows) {
        edits.add(new Edit(line.end(), Edit.Kind.INSERT_AFTER, text, alsoAllows));
    }

    /** A line of a tenant's file, of which nothing but the name is known here. */
    private void tenants(Source at) {
        if (refusal.reason() == Reason.HTACCESS) {
            add(at, Edit.Kind.REPLACE, "", EVERYBODY); // the server cannot take it for anything
            return;
        }
        String name = new Words(refusal.rule()).next().toLowerCase(Locale.ROOT);
        switch (name) {
            case "require" -> {
                visitor()
                        .filter(n -> refusal.reason() == Reason.AUTH)
                        .ifPresent(n -> add(at, Edit.Kind.INSERT_AFTER, "Require user " + n, ""));
                add(at, Edit.Kind.INSERT_AFTER, "Require ip " + request.from(), "");
                if (refusal.reason() != Reason.AUTH) {
                    add(at, Edit.Kind.REPLACE, "Require all granted", EVERYBODY);
                }
            }
            case "deny", "order", "allow" -> {
                add(at, Edit.Kind.INSERT_AFTER, "Allow from " + request.from(), "");
                add(at, Edit.Kind.REPLACE, "", EVERYBODY);
            }
            case "rewriterule" -> add(at, Edit.Kind.REPLACE, "RewriteRule ^(?!) -", EVERYBODY);
            case "options" -> {
                OptionSet.Option wanted = refusal.reason() == Reason.DENY_RULE
                        ? OptionSet.Option.EXEC_CGI
                        : OptionSet.Option.SYM_LINKS_IF_OWNER_MATCH;
                add(at, Edit.Kind.INSERT_AFTER, "Options +" + wanted.word(), "all below that directory");
                if (refusal.reason() == Reason.SYMLINK) {
                    add(
                            at,
                            Edit.Kind.INSERT_AFTER,
                            "Options +FollowSymLinks -SymLinksIfOwnerMatch",
                            "whatever links below that directory lead to");
                }
            }
            case "allowmethods" -> {}
            case "directoryindex" -> add(at, Edit.Kind.INSERT_AFTER, INDEX, OF_INDEX);
            default -> add(at, Edit.Kind.REPLACE, "", EVERYBODY);
        }
    }

    private void add(Source at, Edit.Kind kind, String text, String alsoAllows) {
        edits.add(new Edit(at, kind, text, alsoAllows));
    }
}
