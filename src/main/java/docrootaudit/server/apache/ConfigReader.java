package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads a configuration into directives, as {@code ap_build_config()} in server/config.c does: what it executes while
 * it reads (includes, definitions, conditions on modules and versions, macros) is executed here too.
 */
final class ConfigReader {
    private static final int LONGEST_LINE = 16 << 20;
    private static final int LONGEST_TENANTS_LINE = 8192;

    /** {@code AP_MAX_INCLUDE_DEPTH}: how deep files may include each other. */
    private static final int DEEPEST = 20;

    /** Sections within sections; httpd knows no bound but its stack. */
    private static final int MOST_OPEN_SECTIONS = 100;

    /** Against macros that use each other: what a whole configuration may come to. */
    private static final int MOST_LINES = 4_000_000;

    private static final Set<String> CONDITIONS =
            Set.of("<ifmodule", "<ifdefine", "<ifversion", "<iffile", "<ifdirective", "<ifsection");

    private final Definitions definitions;
    private final Directive.Origin origin;
    private final Optional<Includes> includes;
    private final ReadConditions conditions;
    private int depth;
    private int lines;

    private ConfigReader(
            Definitions definitions,
            Directive.Origin origin,
            Optional<Includes> includes,
            Predicate<PathBytes> exists) {
        this.definitions = definitions;
        this.origin = origin;
        this.includes = includes;
        this.conditions = new ReadConditions(definitions, exists);
    }

    /** Reads the server's configuration. */
    static List<Directive> read(PathBytes file, Includes includes, Definitions definitions)
            throws ConfigSyntaxException {
        ConfigReader reader =
                new ConfigReader(definitions, Directive.Origin.CONFIGURATION, Optional.of(includes), includes::exists);
        return reader.file(file, Optional.empty());
    }

    /** Reads a {@code .htaccess}, which may include nothing. */
    static List<Directive> readTenants(
            PathBytes file, String text, Definitions definitions, Predicate<PathBytes> exists)
            throws ConfigSyntaxException {
        ConfigReader reader = new ConfigReader(definitions, Directive.Origin.HTACCESS, Optional.empty(), exists);
        List<Directive> into = new ArrayList<>();
        reader.build(Lines.of(file, text, LONGEST_TENANTS_LINE).iterator(), into);
        return into;
    }

    private List<Directive> file(PathBytes file, Optional<Source> by) throws ConfigSyntaxException {
        if (++depth > DEEPEST) {
            throw new ConfigSyntaxException(by, "files include each other more than " + DEEPEST + " deep");
        }
        List<Directive> into = new ArrayList<>();
        String text = includes.orElseThrow().text(file, by);
        build(Lines.of(file, text, LONGEST_LINE).iterator(), into);
        depth--;
        return into;
    }

    /** A section that is open; one that is only a condition adds to what is around it. */
    private record Open(String word, String args, Source source, int last, List<Directive> into, Kind kind) {
        enum Kind {
            SECTION,
            CONDITION
        }
    }

    private void build(Iterator<Lines.Line> from, List<Directive> top) throws ConfigSyntaxException {
        Deque<Open> open = new ArrayDeque<>();
        List<Directive> into = top;
        while (from.hasNext()) {
            Lines.Line line = from.next();
            if (++lines > MOST_LINES) {
                throw problem(line.source(), "the configuration has more than " + MOST_LINES + " lines");
            }
            if (line.text().isEmpty() || line.text().charAt(0) == '#') {
                continue;
            }
            Words words = new Words(definitions.resolve(line.text()));
            String word = words.next();
            if (word.startsWith("</")) {
                into = close(word, line.source(), open, top);
                continue;
            }
            String args = words.rest();
            boolean section = word.startsWith("<");
            if (section) {
                int bracket = args.lastIndexOf('>');
                if (word.endsWith(">") && args.isEmpty()) {
                    word = word.substring(0, word.length() - 1);
                } else if (bracket < 0) {
                    throw problem(line.source(), word + "> is missing its closing '>'");
                } else {
                    args = args.substring(0, bracket).strip();
                }
            }
            String key = word.toLowerCase(Locale.ROOT);
            if (CONDITIONS.contains(key)) {
                if (args.isEmpty()) {
                    throw problem(line.source(), word + "> is given nothing to ask for");
                }
                if (conditions.holds(key, args, line.source())) {
                    push(open, new Open(word, args, line.source(), line.last(), into, Open.Kind.CONDITION));
                } else {
                    skip(from, word, line.source());
                }
            } else if (key.equals("<macro") && definitions.modules().provides("mod_macro")) {
                macro(from, args, line.source());
            } else if (section) {
                List<Directive> inner = new ArrayList<>();
                push(open, new Open(word, args, line.source(), line.last(), inner, Open.Kind.SECTION));
                into = inner;
            } else if (!executed(
                    new Directive(word, args, line.source(), line.last(), origin, Optional.empty()), into)) {
                into.add(new Directive(word, args, line.source(), line.last(), origin, Optional.empty()));
            }
        }
        // ap_build_config() misses no end of a condition that holds, only ap_build_cont_config() around it does
        boolean lenient =
                origin == Directive.Origin.HTACCESS && open.stream().allMatch(o -> o.kind() == Open.Kind.CONDITION);
        if (!open.isEmpty() && !lenient) {
            throw problem(open.peek().source(), open.peek().word() + "> is not closed");
        }
    }

    private static void push(Deque<Open> open, Open section) throws ConfigSyntaxException {
        if (open.size() >= MOST_OPEN_SECTIONS) {
            throw problem(section.source(), "more than " + MOST_OPEN_SECTIONS + " sections within each other");
        }
        open.push(section);
    }

    private List<Directive> close(String word, Source source, Deque<Open> open, List<Directive> top)
            throws ConfigSyntaxException {
        if (open.isEmpty()) {
            throw problem(source, word + " closes nothing");
        }
        Open section = open.pop();
        if (!word.endsWith(">")
                || !word.substring(2, word.length() - 1)
                        .equalsIgnoreCase(section.word().substring(1))) {
            throw problem(source, "expected </" + section.word().substring(1) + "> but saw " + word);
        }
        if (section.kind() == Open.Kind.CONDITION) {
            return section.into();
        }
        List<Directive> around = open.isEmpty() ? top : open.peek().into();
        around.add(new Directive(
                section.word(), section.args(), section.source(), section.last(), origin, Optional.of(section.into())));
        return around;
    }

    /** Skips to the end of a section ({@code ap_soak_end_container()} in server/config.c). */
    private static void skip(Iterator<Lines.Line> from, String word, Source source) throws ConfigSyntaxException {
        Deque<String> open = new ArrayDeque<>();
        open.push(word);
        while (from.hasNext()) {
            Lines.Line line = from.next();
            if (!line.text().startsWith("<")) {
                continue;
            }
            String name = new Words(line.text()).next();
            if (!name.startsWith("</")) {
                open.push(name.endsWith(">") ? name.substring(0, name.length() - 1) : name);
                continue;
            }
            if (!name.endsWith(">")
                    || !name.substring(2, name.length() - 1)
                            .equalsIgnoreCase(open.peek().substring(1))) {
                throw problem(line.source(), "expected </" + open.peek().substring(1) + "> but saw " + name);
            }
            open.pop();
            if (open.isEmpty()) {
                return;
            }
        }
        throw problem(source, word + "> is not closed");
    }

    private void macro(Iterator<Lines.Line> from, String args, Source source) throws ConfigSyntaxException {
        List<String> words = new ArrayList<>(Words.of(args));
        if (words.isEmpty()) {
            throw problem(source, "<Macro> has no name");
        }
        String name = words.remove(0);
        List<Lines.Line> body = new ArrayList<>();
        int nested = 1;
        while (from.hasNext()) {
            Lines.Line line = from.next();
            String first = new Words(line.text()).next().toLowerCase(Locale.ROOT);
            if (first.equals("<macro")) {
                nested++;
            } else if (first.equals("</macro>") && --nested == 0) {
                definitions.macros().put(name.toLowerCase(Locale.ROOT), new Macro(name, words, body));
                return;
            }
            body.add(line);
        }
        throw problem(source, "<Macro> is not closed");
    }

    /** Executes what is executed while reading; false if the directive is for later. */
    private boolean executed(Directive directive, List<Directive> into) throws ConfigSyntaxException {
        List<String> words = directive.words();
        boolean tenants = origin == Directive.Origin.HTACCESS;
        switch (directive.key()) {
            case "include", "includeoptional" -> {
                if (tenants) {
                    return false;
                }
                include(directive, into);
            }
            case "define", "undefine", "loadmodule", "loadfile", "serverroot" -> {
                if (tenants) {
                    return false;
                }
                set(directive, words);
                // the others are kept nowhere
                return !directive.is("serverroot");
            }
            case "use" -> {
                if (!definitions.modules().provides("mod_macro")) {
                    return false;
                }
                use(directive, words, into);
            }
            case "undefmacro" -> words.forEach(w -> definitions.macros().remove(w.toLowerCase(Locale.ROOT)));
            case "error" -> throw problem(directive.source(), "the Error directive stops the server here");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void set(Directive directive, List<String> words) throws ConfigSyntaxException {
        if (words.isEmpty() || (directive.is("loadmodule") && words.size() != 2)) {
            throw problem(directive.source(), directive.word() + " has a wrong number of arguments");
        }
        switch (directive.key()) {
            case "define" ->
                definitions.define(words.get(0), words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty());
            case "undefine" -> definitions.undefine(words.get(0));
            case "loadmodule" -> definitions.modules().load(words.get(0));
            case "serverroot" -> definitions.serverRoot(ByteText.path(words.get(0)));
            default -> {}
        }
    }

    private void include(Directive directive, List<Directive> into) throws ConfigSyntaxException {
        List<String> words = directive.words();
        if (words.size() != 1) {
            throw problem(directive.source(), directive.word() + " takes one argument");
        }
        PathBytes pattern = definitions.serverRoot().resolve(ByteText.path(words.get(0)));
        if (words.get(0).startsWith("/")) {
            pattern = ByteText.path(words.get(0));
        }
        boolean optional = directive.is("includeoptional");
        for (PathBytes file : includes.orElseThrow().find(pattern, optional, directive.source())) {
            into.addAll(file(file, Optional.of(directive.source())));
        }
    }

    private void use(Directive directive, List<String> words, List<Directive> into) throws ConfigSyntaxException {
        Macro macro =
                words.isEmpty() ? null : definitions.macros().get(words.get(0).toLowerCase(Locale.ROOT));
        if (macro == null) {
            throw problem(directive.source(), "Use names no macro that is defined");
        }
        if (++depth > DEEPEST) {
            throw problem(directive.source(), "macros use each other more than " + DEEPEST + " deep");
        }
        build(macro.expand(words.subList(1, words.size()), directive.source()).iterator(), into);
        depth--;
    }

    private static ConfigSyntaxException problem(Source source, String text) {
        return new ConfigSyntaxException(Optional.of(source), ByteText.visible(text));
    }
}
