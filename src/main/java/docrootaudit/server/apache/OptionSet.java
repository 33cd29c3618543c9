package docrootaudit.server.apache;

import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What {@code Options} says: a whole set, or what is added to and taken from the one around ({@code set_options()}). */
final class OptionSet {
    /** One option; server-side includes are of no matter here. */
    enum Option {
        INDEXES("Indexes"),
        FOLLOW_SYM_LINKS("FollowSymLinks"),
        SYM_LINKS_IF_OWNER_MATCH("SymLinksIfOwnerMatch"),
        EXEC_CGI("ExecCGI"),
        MULTI_VIEWS("MultiViews"),
        INCLUDES("Includes");

        private final String word;

        Option(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** {@code OPT_ALL}: all but MultiViews. */
    static final Set<Option> ALL =
            EnumSet.complementOf(EnumSet.of(Option.MULTI_VIEWS, Option.SYM_LINKS_IF_OWNER_MATCH));

    /** {@code core_default}: FollowSymLinks alone, where nobody says anything. */
    static final OptionSet DEFAULT = new OptionSet(EnumSet.of(Option.FOLLOW_SYM_LINKS), true);

    private final EnumSet<Option> set;
    private final EnumSet<Option> added = EnumSet.noneOf(Option.class);
    private final EnumSet<Option> removed = EnumSet.noneOf(Option.class);
    private final List<Directive> lines = new ArrayList<>();
    private boolean absolute;

    OptionSet() {
        this(EnumSet.noneOf(Option.class), false);
    }

    private OptionSet(EnumSet<Option> set, boolean absolute) {
        this.set = set;
        this.absolute = absolute;
    }

    boolean has(Option option) {
        return set.contains(option);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    boolean followsLinks() {
        return has(Option.FOLLOW_SYM_LINKS);
    }

    boolean followsOwnersLinks() {
        return has(Option.SYM_LINKS_IF_OWNER_MATCH);
    }

    /** The line that last said anything of an option, or set all of them. */
    Optional<Directive> line(Option option) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            for (String word : lines.get(i).words()) {
                String bare = word.startsWith("+") || word.startsWith("-") ? word.substring(1) : word;
                if (bare.equals(word) || named(bare).contains(option)) {
                    return Optional.of(lines.get(i));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the option lacks because of one of these lines, were it lifted. */
    boolean isLifted(Option option, Set<Source> lifted) {
        return line(option).map(l -> lifted.contains(l.source())).orElse(false);
    }

    /**
     * Takes an {@code Options} line.
     *
     * @param allowed what {@code AllowOverride Options=} leaves open
     * @return what is wrong with it, if anything
     */
    Optional<String> add(Directive line, Set<Option> allowed) {
        boolean first = true;
        boolean merge = false;
        boolean afterAllOrNone = false;
        for (String word : line.words()) {
            boolean signed = word.startsWith("+") || word.startsWith("-");
            String bare = signed ? word.substring(1) : word;
            boolean allOrNone = bare.equalsIgnoreCase("all") || bare.equalsIgnoreCase("none");
            if (signed != merge && !first && !(signed && afterAllOrNone)) {
                return Optional.of("either all Options must start with + or -, or none may");
            }
            if (allOrNone && (signed || !first)) {
                return Optional.of("Options All and None stand alone");
            }
            if (!signed && first) {
                set.clear();
                absolute = true;
            }
            afterAllOrNone |= allOrNone;
            merge = signed;
            Set<Option> options = named(bare);
            if (options.isEmpty() && !bare.equalsIgnoreCase("none")) {
                return Optional.of("Options has an illegal option");
            }
            if (!allowed.containsAll(options)) {
                return Optional.of("Options has an option that is not allowed here");
            }
            if (word.startsWith("-")) {
                removed.addAll(options);
                added.removeAll(options);
                set.removeAll(options);
            } else {
                if (signed) {
                    added.addAll(options);
                    removed.removeAll(options);
                }
                set.addAll(options);
            }
            first = false;
        }
        lines.add(line);
        return Optional.empty();
    }

    /** This set with what a section nearer to the file says ({@code merge_core_dir_configs()} in server/core.c). */
    OptionSet merge(OptionSet nearer) {
        EnumSet<Option> merged = EnumSet.copyOf(nearer.set);
        OptionSet result = new OptionSet(merged, nearer.absolute || absolute);
        if (nearer.absolute) {
            result.added.addAll(nearer.added);
            result.removed.addAll(nearer.removed);
        } else {
            result.added.addAll(added);
            result.added.removeAll(nearer.removed);
            result.added.addAll(nearer.added);
            result.removed.addAll(removed);
            result.removed.removeAll(nearer.added);
            result.removed.addAll(nearer.removed);
            merged.clear();
            merged.addAll(set);
            merged.removeAll(result.removed);
            merged.addAll(result.added);
            result.lines.addAll(lines);
        }
        result.lines.addAll(nearer.lines);
        return result;
    }

    /** The options that a word names; none if it names none. */
    static Set<Option> named(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "all" -> ALL;
            case "indexes" -> EnumSet.of(Option.INDEXES);
            case "includes", "includesnoexec" -> EnumSet.of(Option.INCLUDES);
            case "followsymlinks" -> EnumSet.of(Option.FOLLOW_SYM_LINKS);
            case "symlinksifownermatch" -> EnumSet.of(Option.SYM_LINKS_IF_OWNER_MATCH);
            case "execcgi" -> EnumSet.of(Option.EXEC_CGI);
            case "multiviews" -> EnumSet.of(Option.MULTI_VIEWS);
            case "runscripts" -> EnumSet.of(Option.MULTI_VIEWS, Option.EXEC_CGI);
            default -> EnumSet.noneOf(Option.class);
        };
    }
}
