package docrootaudit.server.apache;

import docrootaudit.access.Errno;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Mark;
import docrootaudit.server.Mark.Subject;
import docrootaudit.server.Pcre;
import docrootaudit.server.Sieve;
import docrootaudit.server.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a virtual server, and the .htaccess files of the directories on the way, ask of a file's name: the expressions and
 * beginnings of sections, redirects and rewrites, and the endings that modules look at. Where an answer is made of the
 * name itself, by an expression of the server's or a capture, files are asked for one by one.
 */
final class NameSieve {
    private static final Sieve NOTHING = Sieve.of(List.of(), List.of(), List.of());

    private final List<Mark> marks = new ArrayList<>();
    private final List<Mark> alone = new ArrayList<>();
    private final Set<String> endings = new HashSet<>();
    private final List<Mark> loneDirectories = new ArrayList<>();
    private final Set<String> indexes = new LinkedHashSet<>(List.of("index.html"));
    private final List<Directive> conditions = new ArrayList<>();

    /** Of a virtual server, .htaccess files aside. */
    static Sieve of(Configuration configuration, Host host) {
        NameSieve sieve = new NameSieve();
        for (Directive line : configuration.directives()) {
            if (!line.is("<virtualhost") || line.source().equals(host.source())) {
                sieve.take(line, Context.SERVER);
            }
        }
        sieve.endings.addAll(configuration.types().keySet());
        sieve.alone.add(Mark.oddCharacter());
        sieve.alone.add(Mark.beginning("/~"));
        return Sieve.of(sieve.marks, sieve.alone, List.of(sieve.endingsOf()))
                .meaning((uri, path, name) -> Intent.isPrivate(uri))
                .places(host.directories().stream()
                        .filter(section -> section.regex().isEmpty())
                        .map(NameSieve::place)
                        .toList())
                .directories(sieve.loneDirectories, sieve.indexes);
    }

    /** Of the file of a tenant in a directory; empty if there is none. */
    static Optional<Sieve> ofTenant(Configuration configuration, Host host, Tree tree, PathBytes directory) {
        for (String name : host.accessFiles()) {
            PathBytes file = directory.resolve(ByteText.path(name));
            Tree.Contents contents = tree.read(file);
            if (contents instanceof Tree.Contents.Read read) {
                return Optional.of(ofTenant(configuration, tree, file, read.text()));
            } else if (!(contents instanceof Tree.Contents.Failed failed && isAbsent(failed.errno()))) {
                return Optional.of(NOTHING); // it closes the directory, or nobody knows what it says
            }
        }
        return Optional.empty();
    }

    private static boolean isAbsent(Errno errno) {
        return errno == Errno.ENOENT || errno == Errno.ENOTDIR;
    }

    /** Whether such files may say anything. */
    static boolean mayOverride(List<Directive> lines) {
        return lines.stream()
                .anyMatch(l -> l.isSection()
                        ? mayOverride(l.body())
                        : l.is("allowoverridelist")
                                || (l.is("allowoverride") && !l.first().equalsIgnoreCase("none")));
    }

    private static Sieve ofTenant(Configuration configuration, Tree tree, PathBytes file, String text) {
        NameSieve sieve = new NameSieve();
        try {
            List<Directive> lines = ConfigReader.readTenants(
                    file,
                    text,
                    configuration.definitions().copy(),
                    path -> tree.stat(path).isThere());
            lines.forEach(line -> sieve.take(line, Context.DIRECTORY));
        } catch (ConfigSyntaxException e) {
            return Sieve.EACH;
        }
        return Sieve.of(sieve.marks, sieve.alone, sieve.endings.isEmpty() ? List.of() : List.of(sieve.endingsOf()))
                .directories(sieve.loneDirectories, sieve.indexes);
    }

    private enum Context {
        SERVER,
        DIRECTORY
    }

    private void take(Directive line, Context context) {
        switch (line.key()) {
            case "<files", "<filesmatch" -> marks.add(file(line));
            case "<location", "<locationmatch" -> location(line);
            case "<directory", "<directorymatch" -> directory(line);
            // a limit may be as short as one name's line and as long as another's
            case "<if", "<elseif", "<else", "setenvifexpr", "sslrequire", "limitrequestline" -> each();
            case "alias", "scriptalias", "redirect", "redirecttemp", "redirectpermanent", "proxypass" -> path(line);
            case "aliasmatch", "scriptaliasmatch" -> alone.add(expression(line.first(), Subject.URI));
            case "redirectmatch", "proxypassmatch" ->
                line.words().stream().limit(2).forEach(w -> marks.add(expression(w, Subject.URI)));
            case "setenvif", "setenvifnocase" -> environment(line);
            case "directoryindex" -> indexes.addAll(line.words());
            case "rewritecond" -> conditions.add(line);
            case "rewriterule" -> {
                rewrite(line, context);
                conditions.clear();
            }
            case "addhandler", "addtype", "addinputfilter", "addoutputfilter", "removehandler", "removetype" ->
                line.words().forEach(w -> endings.add(ending(w)));
            case "require" -> {
                if (line.args().contains("%{")
                        || line.words().stream().anyMatch(w -> w.equalsIgnoreCase("expr") || w.startsWith("file-"))) {
                    each();
                }
            }
            default -> {
                boolean firewall = DirectiveTable.find(line.key())
                        .map(k -> k.module().equals("mod_security2"))
                        .orElse(false);
                if (firewall && (line.is("secrule") || line.is("secaction") || line.is("secrulescript"))) {
                    each();
                } else if (!line.isSection() && line.args().contains("%{") && !isAboutAnswers(line)) {
                    each();
                }
            }
        }
        Context inside = line.isSection() && !line.is("<virtualhost") ? Context.DIRECTORY : context;
        line.body().forEach(inner -> take(inner, inside));
    }

    /** Whether a directive writes something into answers or logs. */
    private static boolean isAboutAnswers(Directive line) {
        String module = DirectiveTable.find(line.key())
                .map(DirectiveTable.Known::module)
                .orElse("");
        return Set.of("mod_headers", "mod_log_config", "mod_log_debug", "mod_ssl", "mod_autoindex", "mod_expires")
                        .contains(module)
                || line.is("errorlogformat");
    }

    private void each() {
        alone.add(Mark.always());
    }

    private static Mark expression(String written, Subject subject, Pcre.Option... more) {
        return Pcre.httpd(written, more).map(r -> Mark.expression(r, subject)).orElse(Mark.always());
    }

    private static Mark file(Directive line) {
        List<String> words = line.words();
        if (line.is("<filesmatch") || (words.size() > 1 && words.get(0).equals("~"))) {
            return expression(words.get(words.size() - 1), Subject.NAME);
        }
        String pattern = line.first();
        return Fnmatch.hasWildcard(pattern)
                ? (uri, path, name) -> Fnmatch.matches(pattern, name)
                : (uri, path, name) -> name.equals(pattern);
    }

    private void location(Directive line) {
        List<String> words = line.words();
        if (line.is("<locationmatch") || (words.size() > 1 && words.get(0).equals("~"))) {
            marks.add(expression(words.isEmpty() ? "" : words.get(words.size() - 1), Subject.URI));
        } else if (Fnmatch.hasWildcard(line.first())) {
            marks.add((uri, path, name) -> Fnmatch.matches(line.first(), uri));
        } else {
            beginning(line.first());
        }
    }

    /** That a section is for a directory or one above it; it is for those alone that are as deep as it is written. */
    private static Mark place(Section section) {
        if (!section.isWildcard()) {
            return (uri, path, name) -> path.startsWith(section.pattern());
        }
        return (uri, path, name) -> {
            int end = 0;
            for (int i = 0; i < section.components() && end >= 0; i++) {
                end = path.indexOf('/', end) + 1;
                if (end == 0) {
                    return false;
                }
            }
            return Fnmatch.matches(section.pattern(), path.substring(0, end));
        };
    }

    /** Expressions are looked for in the whole path, other patterns in its directories. */
    private void directory(Directive line) {
        List<String> words = line.words();
        if (line.is("<directorymatch") || (words.size() > 1 && words.get(0).equals("~"))) {
            marks.add(expression(words.isEmpty() ? "" : words.get(words.size() - 1), Subject.PATH));
        }
    }

    /** The first argument that is a path of URLs; a status may stand before it. */
    private void path(Directive line) {
        if (line.args().contains("%{")) {
            each();
        }
        line.words().stream().filter(w -> w.startsWith("/")).findFirst().ifPresent(this::beginning);
    }

    private void beginning(String text) {
        String bare = text.replaceAll("/{2,}", "/").replaceFirst("/$", "");
        marks.add(Mark.beginning(bare));
        marks.add(Mark.whole(bare));
    }

    private void environment(Directive line) {
        Words words = new Words(line.args());
        if (words.next().equalsIgnoreCase("Request_URI")) {
            String regex = words.next();
            marks.add(
                    line.key().endsWith("nocase")
                            ? expression(regex, Subject.URI, Pcre.Option.CASELESS)
                            : expression(regex, Subject.URI));
        }
    }

    /**
     * A rule that cannot match, whatever directory it is relative to, does nothing, nor does one for what is no file.
     */
    private void rewrite(Directive rule, Context context) {
        List<String> words = rule.words();
        boolean forFiles = context == Context.SERVER || !isRuledOut("!-f");
        boolean forDirectories = context == Context.SERVER || !isRuledOut("!-d");
        if (words.size() < 2 || (!forFiles && !forDirectories)) {
            return;
        }
        boolean caseless =
                words.size() > 2 && words.get(2).toUpperCase(Locale.ROOT).matches(".*\\bN(?:C|OCASE)\\b.*");
        String pattern = words.get(0).startsWith("!") ? words.get(0).substring(1) : words.get(0);
        boolean negated = words.get(0).startsWith("!");
        Optional<Pcre> regex = caseless ? Pcre.httpd(pattern, Pcre.Option.CASELESS) : Pcre.httpd(pattern);
        // it sees a path from the slash on, or what is left of it below the directory that it is for
        (forFiles ? alone : loneDirectories)
                .add(regex.map(r -> negated ? Mark.notInTail(r) : Mark.inTail(r))
                        .orElse(Mark.always()));
    }

    /** Whether the conditions hold for nothing of which this test of what is there does not. */
    private boolean isRuledOut(String test) {
        boolean all = conditions.stream()
                .noneMatch(c -> c.args().toUpperCase(Locale.ROOT).matches(".*\\[[^\\]]*\\bOR(?:NEXT)?\\b[^\\]]*\\]"));
        return all
                && conditions.stream()
                        .anyMatch(c -> c.words().size() == 2
                                && c.first().equals("%{REQUEST_FILENAME}")
                                && c.words().get(1).equals(test));
    }

    private static String ending(String word) {
        return (word.startsWith(".") ? word.substring(1) : word).toLowerCase(Locale.ROOT);
    }

    /** The endings of a name that something is said of; another one makes mod_mime forget those before it. */
    private UnaryOperator<String> endingsOf() {
        Set<String> known = Set.copyOf(endings);
        return all -> {
            StringBuilder made = new StringBuilder();
            int dot = all.indexOf('.');
            while (dot >= 0) {
                int next = all.indexOf('.', dot + 1);
                String ending =
                        all.substring(dot + 1, next < 0 ? all.length() : next).toLowerCase(Locale.ROOT);
                made.append('.').append(known.contains(ending) ? ending : "?");
                dot = next;
            }
            return made.toString();
        };
    }
}
