package docrootaudit.server.apache;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What .htaccess files may say ({@code AllowOverride}, {@code AllowOverrideList}).
 *
 * @param classes empty for none: then no such file is even looked for
 * @param options what {@code Options=} leaves open
 * @param list directives allowed one by one, in lower case; absent where no list was given
 * @param forgives what is ignored instead of answering 500
 */
record AllowOverride(
        Optional<Set<OverrideClass>> classes,
        Set<OptionSet.Option> options,
        Optional<Set<String>> list,
        Set<Nonfatal> forgives) {
    /** {@code Nonfatal=}. */
    enum Nonfatal {
        OVERRIDE,
        UNKNOWN
    }

    static final AllowOverride UNSET =
            new AllowOverride(Optional.empty(), EnumSet.allOf(OptionSet.Option.class), Optional.empty(), Set.of());

    /** Whether such files are looked for. */
    boolean isAny() {
        return classes.map(c -> !c.isEmpty()).orElse(false)
                || list.map(l -> !l.isEmpty()).orElse(false);
    }

    /** Whether the directive may stand in .htaccess. */
    boolean allows(DirectiveTable.Known directive) {
        boolean byClass = classes.orElse(Set.of()).stream()
                .anyMatch(c -> directive.where().contains(c));
        return byClass || list.orElse(Set.of()).contains(directive.name().toLowerCase(Locale.ROOT));
    }

    /** What a section nearer to the file says, this where it says nothing. */
    AllowOverride merge(AllowOverride nearer) {
        return new AllowOverride(
                nearer.classes.isPresent() ? nearer.classes : classes,
                nearer.classes.isPresent() ? nearer.options : options,
                nearer.list.isPresent() ? nearer.list : list,
                nearer.classes.isPresent() ? nearer.forgives : forgives);
    }

    /** An {@code AllowOverride} line on top of this. */
    AllowOverride with(List<String> words) {
        Set<OverrideClass> allowed = EnumSet.noneOf(OverrideClass.class);
        Set<OptionSet.Option> open = EnumSet.allOf(OptionSet.Option.class);
        Set<Nonfatal> forgiven = EnumSet.noneOf(Nonfatal.class);
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = (equals < 0 ? word : word.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            switch (name) {
                case "all" -> allowed.addAll(OverrideClass.all());
                case "none" -> allowed.clear();
                case "nonfatal" -> {
                    if (!value.equalsIgnoreCase("unknown")) {
                        forgiven.add(Nonfatal.OVERRIDE);
                    }
                    if (!value.equalsIgnoreCase("override")) {
                        forgiven.add(Nonfatal.UNKNOWN);
                    }
                }
                default -> {
                    OverrideClass.of(name).ifPresent(allowed::add);
                    if (name.equals("options") && equals >= 0) {
                        open.clear();
                        for (String option : value.split(",")) {
                            open.addAll(OptionSet.named(option));
                        }
                    }
                }
            }
        }
        return new AllowOverride(Optional.of(allowed), open, list, forgiven);
    }

    /** An {@code AllowOverrideList} line on top of this. */
    AllowOverride withList(List<String> words) {
        Set<String> names = new HashSet<>();
        for (String word : words) {
            if (!word.equalsIgnoreCase("none")) {
                names.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return new AllowOverride(classes, options, Optional.of(names), forgives);
    }
}
