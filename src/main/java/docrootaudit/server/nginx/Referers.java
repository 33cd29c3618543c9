package docrootaudit.server.nginx;

import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.Pcre;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code valid_referers} lets pass: {@code ngx_http_referer_variable()} in {@code ngx_http_referer_module.c}. */
final class Referers {
    /** Shorter ones are never a URL. */
    private static final int SHORTEST = "http://i.ru".length();

    private static final int LONGEST_NAME = 256;

    private final List<Directive> directives;
    private final NameTable<String> names = new NameTable<>();
    private final List<Regex> wholes = new ArrayList<>();
    private boolean none;
    private boolean blocked;
    private boolean anyRule;

    Referers(List<Directive> directives, List<String> serverNames) {
        this.directives = List.copyOf(directives);
        for (Directive directive : directives) {
            for (String word : directive.words()) {
                switch (word) {
                    case "none" -> none = true;
                    case "blocked" -> blocked = true;
                    case "server_names" -> serverNames.forEach(this::add);
                    default -> add(word);
                }
            }
        }
    }

    private void add(String word) {
        if (word.startsWith("~")) {
            wholes.add(Regex.compile(word.substring(1), Regex.Case.IGNORED));
        } else if (!word.isEmpty()) {
            int slash = word.indexOf('/');
            names.add(slash < 0 ? word : word.substring(0, slash), slash < 0 ? "" : word.substring(slash));
        } else {
            return;
        }
        anyRule = true;
    }

    List<Directive> directives() {
        return directives;
    }

    /** The value of {@code $invalid_referer}: {@code 1} or empty. */
    Value invalid(Optional<String> referer) {
        if (!anyRule) {
            return Value.EMPTY;
        }
        if (referer.isEmpty()) {
            return valid(none);
        }
        String value = referer.get();
        String lower = value.toLowerCase(Locale.ROOT);
        int scheme =
                value.length() < SHORTEST ? 0 : lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : 0;
        if (scheme == 0) {
            return valid(blocked);
        }
        int end = scheme;
        while (end < value.length() && value.charAt(end) != '/' && value.charAt(end) != ':') {
            end++;
        }
        if (end - scheme > LONGEST_NAME) {
            return valid(false);
        }
        Optional<String> uri = names.find(lower.substring(scheme, end));
        if (uri.isPresent()) {
            int slash = value.indexOf('/', end);
            return valid(uri.get().isEmpty() || (slash >= 0 && value.startsWith(uri.get(), slash)));
        }
        for (Regex whole : wholes) {
            Pcre.Result result = whole.match(value.substring(scheme));
            if (result instanceof Pcre.Result.Match) {
                return valid(true);
            } else if (result instanceof Pcre.Result.Undecided undecided) {
                return Value.unknown(
                        new Doubt(undecided.why(), Optional.of(directives.get(0).source())));
            }
        }
        return valid(false);
    }

    private static Value valid(boolean valid) {
        return Value.of(valid ? "" : "1");
    }
}
