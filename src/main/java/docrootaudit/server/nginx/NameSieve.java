package docrootaudit.server.nginx;

import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Mark;
import docrootaudit.server.Mark.Subject;
import docrootaudit.server.NameTest;
import docrootaudit.server.Sieve;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a server asks of a file's name: the names of its locations, the expressions of rewrites and conditions. Where an
 * answer is made of the name itself, by a capture or a variable, files are asked for one by one; whatever is not known to
 * be something else counts as that.
 */
final class NameSieve {
    /** Variables that are the same for all files of a directory and one visitor. */
    private static final Pattern STABLE = Pattern.compile(
            "http_\\w+|host|args|arg_\\w+|query_string|is_args|cookie_\\w+"
                    + "|request_method|scheme|https|remote_(?:addr|port|user)|binary_remote_addr|server_\\w+|hostname"
                    + "|invalid_referer|document_root|realpath_root|nginx_version|pid|ssl_\\w+|geoip2?_\\w+|http2|http3");

    /** A variable may be made of others, but not in a circle. */
    private static final int DEEPEST = 16;

    private final Configuration configuration;
    private final VirtualServer server;
    private final List<Mark> marks = new ArrayList<>();
    private final List<Mark> alone = new ArrayList<>();
    private final List<Mark> loneDirectories = new ArrayList<>();
    private final Set<String> indexes = new LinkedHashSet<>(List.of("index.html"));
    private final List<Instruction.Set> assignments = new ArrayList<>();

    NameSieve(Configuration configuration, VirtualServer server) {
        this.configuration = configuration;
        this.server = server;
    }

    Sieve sieve() {
        assignments(server.place());
        Optional<Settings> around = server.settings().outside;
        while (around.isPresent()) {
            directives(around.get().own, Mark.always());
            around = around.get().outside;
        }
        location(server.place(), Mark.always());
        alone.add(Mark.oddCharacter());
        return Sieve.of(marks, alone, List.of()).directories(loneDirectories, indexes);
    }

    private void assignments(Location location) {
        assignments(location.rewrites());
        location.inner().all().forEach(this::assignments);
    }

    private void assignments(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.Set set) {
                assignments.add(set);
            } else if (instruction instanceof Instruction.If branch) {
                assignments(branch.body());
            }
        }
    }

    /** @param here that a file's location is this one, or may be */
    private void location(Location location, Mark here) {
        directives(location.settings().own, here);
        location.tryFiles().ifPresent(t -> tryFiles(t, here));
        instructions(location.rewrites(), here);
        Settings.Root root = location.settings().root;
        if (root.kind() == Settings.Root.Kind.WHOLE && root.path().isConstant()) {
            marks.add((uri, path, name) -> path.equals(root.path().source())); // others lead to it
        }
        if (FileCache.of(location.settings()).isPresent()) {
            alone.add(here); // what a worker remembers of a file is about that file
        }
        location.limited().ifPresent(l -> directives(l.settings().own, here));
        for (Location inner : location.inner().all()) {
            if (inner.settings().root.kind() == Settings.Root.Kind.ALIAS) {
                alone.add(new Aliased(inner.name().map(Location.Name::text).orElse(""), inner.settings().root));
            }
            location(inner, name(inner.name().orElseThrow()));
        }
    }

    /** That an alias leads from a file's URL to another file, which may be there or not. */
    private record Aliased(String text, Settings.Root alias) implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return uri.startsWith(text) && !led(uri).equals(path);
        }

        /** In a directory of the location all files are led to where the directory is. */
        @Override
        public NameTest in(String uri, String path) {
            if (uri.startsWith(text)) {
                return led(uri).equals(path) ? NameTest.NONE : NameTest.ALL;
            }
            return text.startsWith(uri) ? Mark.super.in(uri, path) : NameTest.NONE;
        }

        private String led(String uri) {
            return (alias.path().source() + uri.substring(Math.min(alias.aliasLength(), uri.length())))
                    .replace("//", "/");
        }
    }

    private Mark name(Location.Name name) {
        String text = name.text();
        return switch (name.kind()) {
            case EXACT, PREFIX, FIRM_PREFIX -> {
                boolean exact = name.kind() == Location.Kind.EXACT;
                Mark mark = exact ? Mark.whole(text) : Mark.beginning(text);
                marks.add(mark);
                if (text.endsWith("/") && text.length() > 1) {
                    // a location that passes requests on takes the name without the slash too
                    marks.add(Mark.whole(text.substring(0, text.length() - 1)));
                }
                yield mark;
            }
            case REGEX -> {
                Mark mark = name.pattern().orElseThrow().mark(Subject.URI);
                marks.add(mark);
                yield mark;
            }
            case NAMED -> Mark.always();
        };
    }

    private void directives(List<Directive> directives, Mark here) {
        for (Directive directive : directives) {
            boolean narrow = directive.name().equals("large_client_header_buffers")
                    && directive.word(1).matches("\\d{1,4}|[1-7][kK]");
            if (narrow) {
                alone.add(here); // the line of one name may fit, and that of another not
            }
            if (directive.name().equals("index")) {
                directive.words().forEach(w -> index(w, directive, here));
            }
            boolean own = directive.block().isPresent() || isRead(directive.name());
            boolean passes = Catalog.holdsDirectives(directive.name()) || own;
            if (!passes && directive.words().stream().anyMatch(w -> mentions(w, directive))) {
                alone.add(here);
            }
        }
    }

    /** Whether a directive's words are looked at elsewhere, or are no business of a file's answer. */
    private static boolean isRead(String name) {
        return Set.of("rewrite", "set", "return", "break", "try_files", "server_name", "listen", "index")
                        .contains(name)
                || name.startsWith("fastcgi_")
                || name.startsWith("valid_referers")
                || !Catalog.isPredicted(name)
                || name.matches("(?:proxy|uwsgi|scgi|grpc|memcached)_pass");
    }

    private boolean mentions(String word, Directive directive) {
        try {
            return Template.of(word, directive.source()).mentions(this::isUnstable);
        } catch (ConfigSyntaxException noVariable) {
            return true;
        }
    }

    /** That a file is the one which others lead to: it is answered for itself. */
    private void end(Template target) {
        if (target.isConstant()) {
            marks.add(Mark.whole(target.source()));
        }
    }

    private void index(String word, Directive directive, Mark here) {
        if (mentions(word, directive)) {
            loneDirectories.add(here);
        } else {
            indexes.add(word);
        }
    }

    /** A readable file ends the search where it is its turn; what is looked for before must not be made of its name. */
    private void tryFiles(TryFiles tryFiles, Mark here) {
        tryFiles.candidates().forEach(c -> end(c.name()));
        end(tryFiles.fallback());
        if (sees(tryFiles, TryFiles.Kind.FILE)) {
            alone.add(here);
        }
        if (sees(tryFiles, TryFiles.Kind.DIRECTORY)) {
            loneDirectories.add(here);
        }
    }

    /** Whether what is tried for a file or directory that is there is something else, made of its name. */
    private boolean sees(TryFiles tryFiles, TryFiles.Kind kind) {
        for (TryFiles.Candidate candidate : tryFiles.candidates()) {
            boolean itself = candidate.name().source().equals("$uri");
            if (itself && candidate.kind() == kind) {
                return false;
            }
            boolean passed = itself && kind == TryFiles.Kind.DIRECTORY;
            if (!passed && candidate.name().mentions(this::isUnstable)) {
                return true;
            }
        }
        return tryFiles.fallback().mentions(this::isUnstable);
    }

    private void instructions(List<Instruction> instructions, Mark here) {
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.Rewrite rewrite) {
                end(rewrite.replacement());
                boolean alike =
                        rewrite.redirect().isPresent() || rewrite.replacement().isConstant();
                (alike ? marks : alone).add(rewrite.pattern().mark(Subject.URI));
            } else if (instruction instanceof Instruction.If branch) {
                condition(branch.condition(), here);
                instructions(branch.body(), here);
                branch.place().ifPresent(p -> {
                    directives(p.settings().own, here);
                    p.tryFiles().ifPresent(t -> tryFiles(t, here));
                });
            }
        }
    }

    private void condition(Condition condition, Mark here) {
        Template subject = condition.subject();
        boolean compared =
                condition instanceof Condition.Equals equals && equals.text().mentions(this::isUnstable);
        if (!subject.mentions(this::isUnstable) && !compared) {
            return;
        }
        String source = subject.source();
        boolean uri = source.equals("$uri") || source.equals("$document_uri");
        if (condition instanceof Condition.Matches matches && (uri || source.equals("$request_filename"))) {
            marks.add(matches.pattern().mark(uri ? Subject.URI : Subject.PATH));
        } else if (condition instanceof Condition.Equals equals
                && uri
                && equals.text().isConstant()) {
            marks.add(Mark.whole(equals.text().source()));
        } else if (!(condition instanceof Condition.FileTest test
                && test.test() != 'x'
                && source.equals("$request_filename"))) {
            alone.add(here);
        }
    }

    private boolean isUnstable(String variable) {
        return !isStable(variable, new HashSet<>());
    }

    private boolean isStable(String variable, Set<String> through) {
        String name = variable.toLowerCase(Locale.ROOT);
        if (through.size() > DEEPEST) {
            return false;
        } else if (!through.add(name)) {
            return true; // only what else it is made of can tell
        }
        if (STABLE.matcher(name).matches()) {
            return true;
        }
        Predicate<String> other = v -> !isStable(v, through);
        Optional<Table> table = configuration.table(name);
        if (table.isPresent()) {
            return (table.get() instanceof Geo geo
                            && geo.subject().map(i -> !i.mentions(other)).orElse(true))
                    || (table.get() instanceof Table.Map map
                            && !map.input().mentions(other)
                            && !map.otherwise().mentions(other)
                            && map.directive().children().stream()
                                    .noneMatch(d -> d.words().stream().anyMatch(w -> w.contains("$"))));
        }
        List<Instruction.Set> set = assignments.stream()
                .filter(a -> a.variable().equalsIgnoreCase(name))
                .toList();
        return !set.isEmpty() && set.stream().noneMatch(a -> a.value().mentions(other));
    }
}
