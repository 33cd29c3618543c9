package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code SecRule} or {@code SecAction} of ModSecurity 2.9.
 *
 * @param targets what is looked at; empty for a {@code SecAction}
 * @param operator its name in lower case, without the at sign
 * @param argument what the operator is given
 * @param actions in order, those of the default action in front
 */
record FirewallRule(
        Directive line, List<Target> targets, String operator, String argument, boolean negated, List<Action> actions) {
    /**
     * One variable.
     *
     * @param kind whether its values, their number, or nothing of it
     * @param selector which of a collection; empty for all
     */
    record Target(String variable, Optional<String> selector, Kind kind) {
        /** How it is meant. */
        enum Kind {
            VALUES,
            COUNT,
            EXCLUDED
        }
    }

    /** One action and its value. */
    record Action(String name, String value) {}

    static FirewallRule of(Directive line, List<Action> defaults) {
        List<String> words = line.words();
        boolean rule = line.is("secrule");
        String operator = rule && words.size() > 1 ? words.get(1) : "@unconditionalMatch";
        boolean negated = operator.startsWith("!");
        if (negated) {
            operator = operator.substring(1);
        }
        if (!operator.startsWith("@")) {
            operator = "@rx " + operator;
        }
        int space = operator.indexOf(' ');
        String name = (space < 0 ? operator.substring(1) : operator.substring(1, space)).toLowerCase(Locale.ROOT);
        String argument = space < 0 ? "" : operator.substring(space + 1);
        String written = rule ? (words.size() > 2 ? words.get(2) : "") : (words.isEmpty() ? "" : words.get(0));
        List<Action> actions = new ArrayList<>(defaults);
        actions.addAll(actions(written));
        return new FirewallRule(
                line, rule && !words.isEmpty() ? targets(words.get(0)) : List.of(), name, argument, negated, actions);
    }

    private static List<Target> targets(String written) {
        List<Target> targets = new ArrayList<>();
        for (String part : split(written, '|')) {
            Target.Kind kind = part.startsWith("&")
                    ? Target.Kind.COUNT
                    : part.startsWith("!") ? Target.Kind.EXCLUDED : Target.Kind.VALUES;
            String bare = kind == Target.Kind.VALUES ? part : part.substring(1);
            int colon = bare.indexOf(':');
            String name = (colon < 0 ? bare : bare.substring(0, colon)).toUpperCase(Locale.ROOT);
            Optional<String> selector = colon < 0 ? Optional.empty() : Optional.of(unquoted(bare.substring(colon + 1)));
            targets.add(new Target(name, selector, kind));
        }
        return targets;
    }

    /** Takes a list of actions apart. */
    static List<Action> actions(String written) {
        List<Action> actions = new ArrayList<>();
        for (String part : split(written, ',')) {
            String bare = part.strip();
            int colon = bare.indexOf(':');
            if (!bare.isEmpty()) {
                actions.add(new Action(
                        (colon < 0 ? bare : bare.substring(0, colon)).toLowerCase(Locale.ROOT),
                        colon < 0 ? "" : unquoted(bare.substring(colon + 1))));
            }
        }
        return actions;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            }
            if (c == separator && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** The value of the last action of that name. */
    Optional<String> action(String name) {
        Optional<String> value = Optional.empty();
        for (Action action : actions) {
            if (action.name().equals(name)) {
                value = Optional.of(action.value());
            }
        }
        return value;
    }

    boolean has(String name) {
        return action(name).isPresent();
    }

    /** Its id; empty if it has none. */
    String id() {
        return action("id").orElse("");
    }

    int phase() {
        String phase = action("phase").orElse("2").toLowerCase(Locale.ROOT);
        return switch (phase) {
            case "1", "request_headers" -> 1;
            case "2", "request", "request_body" -> 2;
            default -> 3;
        };
    }

    /** What happens to the request: the last of the actions that decide it, {@code pass} where there is none. */
    String disruptive() {
        String last = "pass";
        String byDefault = "pass";
        for (Action action : actions) {
            switch (action.name()) {
                case "deny", "drop", "redirect", "proxy", "allow", "pass", "pause" -> {
                    last = action.name();
                    byDefault = last.equals("block") ? byDefault : last;
                }
                case "block" -> last = byDefault;
                default -> {}
            }
        }
        return last;
    }

    /** The transformations, those before the last {@code none} forgotten. */
    List<String> transformations() {
        List<String> all = new ArrayList<>();
        for (Action action : actions) {
            if (action.name().equals("t")) {
                String name = action.value().toLowerCase(Locale.ROOT);
                if (name.equals("none")) {
                    all.clear();
                } else {
                    all.add(name);
                }
            }
        }
        return all;
    }
}
