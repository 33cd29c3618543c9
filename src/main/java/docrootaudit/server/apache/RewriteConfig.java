package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What mod_rewrite is told in one place. */
final class RewriteConfig {
    /** {@code RewriteOptions}. */
    enum Option {
        INHERIT,
        INHERITBEFORE,
        INHERITDOWN,
        INHERITDOWNBEFORE,
        IGNOREINHERIT,
        ALLOWNOSLASH,
        ALLOWANYURI,
        MERGEBASE,
        IGNORECONTEXTINFO,
        LEGACYPREFIXDOCROOT,
        UNSAFEPREFIXSTAT
    }

    private final Optional<String> directory;
    private final List<RewriteRule> rules = new ArrayList<>();
    private final List<RewriteCondition> conditions = new ArrayList<>();
    private Optional<Directive> engine = Optional.empty();
    private Optional<Set<Option>> options = Optional.empty();
    private Optional<String> base = Optional.empty();

    /** @param path the section's path; empty for a whole server */
    RewriteConfig(Optional<String> path) {
        this.directory = path.map(p -> p.endsWith("/") ? p : p + "/");
    }

    /** This with what a section nearer to the file says ({@code config_perdir_merge()}). */
    RewriteConfig merge(RewriteConfig nearer) {
        RewriteConfig merged = new RewriteConfig(nearer.directory);
        merged.engine = nearer.engine.or(() -> engine);
        merged.options = nearer.options.or(() -> options);
        merged.base = nearer.base.isPresent() || !merged.has(Option.MERGEBASE) ? nearer.base : base;
        boolean heeds = !merged.has(Option.IGNOREINHERIT);
        if (merged.has(Option.INHERIT) || (has(Option.INHERITDOWN) && heeds)) {
            merged.rules.addAll(nearer.rules);
            merged.rules.addAll(rules);
        } else if (merged.has(Option.INHERITBEFORE) || (has(Option.INHERITDOWNBEFORE) && heeds)) {
            merged.rules.addAll(rules);
            merged.rules.addAll(nearer.rules);
        } else {
            merged.rules.addAll(nearer.rules);
        }
        return merged;
    }

    boolean isOn() {
        return engine.map(Directive::isOn).orElse(false);
    }

    Optional<Directive> engine() {
        return engine;
    }

    boolean has(Option option) {
        return options.map(o -> o.contains(option)).orElse(false);
    }

    /** The directory with its last slash; empty for a whole server. */
    Optional<String> directory() {
        return directory;
    }

    Optional<String> base() {
        return base;
    }

    List<RewriteRule> rules() {
        return rules;
    }

    /** Takes a directive; what it says nothing of is left. */
    void add(Directive line) throws BadDirectiveException {
        switch (line.key()) {
            case "rewriteengine" -> engine = Optional.of(line);
            case "rewritebase" -> base(line);
            case "rewriteoptions" -> options(line);
            case "rewritecond" -> conditions.add(RewriteCondition.of(line));
            case "rewriterule" -> {
                rules.add(RewriteRule.of(line, List.copyOf(conditions)));
                conditions.clear();
            }
            default -> {}
        }
    }

    private void base(Directive line) throws BadDirectiveException {
        if (directory.isEmpty() || !line.first().startsWith("/")) {
            throw new BadDirectiveException(line, "RewriteBase is no URL, or stands where it may not");
        }
        base = Optional.of(line.first());
    }

    private void options(Directive line) throws BadDirectiveException {
        Set<Option> set = options.orElseGet(() -> EnumSet.noneOf(Option.class));
        for (String word : line.words()) {
            String name = word.toUpperCase(Locale.ROOT);
            if (name.startsWith("MAXREDIRECTS=")) {
                continue;
            }
            try {
                set.add(Option.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw new BadDirectiveException(line, "RewriteOptions has an unknown option");
            }
        }
        options = Optional.of(set);
    }

    static boolean takes(String directive) {
        return switch (directive) {
            case "rewriteengine", "rewritebase", "rewriteoptions", "rewritecond", "rewriterule" -> true;
            default -> false;
        };
    }
}
