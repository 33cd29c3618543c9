package docrootaudit.server.nginx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Host names and patterns of them, looked up as {@code ngx_hash_find_combined()} does: exact, the longest with a
 * leading asterisk, the longest with a trailing one; then regular expressions in their order.
 */
final class NameTable<T> {
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> leading = new HashMap<>();
    private final Map<String, T> trailing = new HashMap<>();
    private final List<Pattern<T>> patterns = new ArrayList<>();

    /** A regular expression and what it stands for. */
    record Pattern<T>(Regex pcre, T value) {}

    /** Adds a name without regular expressions; the first of equal ones stays. */
    void add(String name, T value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("*.")) {
            leading.putIfAbsent(lower.substring(1), value);
        } else if (lower.startsWith(".")) {
            exact.putIfAbsent(lower.substring(1), value);
            leading.putIfAbsent(lower, value);
        } else if (lower.endsWith(".*")) {
            trailing.putIfAbsent(lower.substring(0, lower.length() - 1), value);
        } else {
            exact.putIfAbsent(lower, value);
        }
    }

    /** Adds a text in which asterisks and dots are nothing special. */
    void addPlain(String text, T value) {
        exact.putIfAbsent(text.toLowerCase(Locale.ROOT), value);
    }

    void add(Regex pcre, T value) {
        patterns.add(new Pattern<>(pcre, value));
    }

    /** What a name in lower case stands for, patterns apart. */
    Optional<T> find(String name) {
        if (exact.containsKey(name)) {
            return Optional.of(exact.get(name));
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            T found = dot > 0 ? leading.get(name.substring(dot)) : null;
            if (found != null) {
                return Optional.of(found);
            }
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            T found = dot < name.length() - 1 ? trailing.get(name.substring(0, dot + 1)) : null;
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    List<Pattern<T>> patterns() {
        return patterns;
    }
}
