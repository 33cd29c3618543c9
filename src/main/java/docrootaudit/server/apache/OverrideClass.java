package docrootaudit.server.apache;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The groups of directives that {@code AllowOverride} lets into .htaccess. */
enum OverrideClass {
    AUTHCONFIG,
    FILEINFO,
    INDEXES,
    LIMIT,
    OPTIONS;

    static Optional<OverrideClass> of(String word) {
        for (OverrideClass one : values()) {
            if (one.name().equals(word.toUpperCase(Locale.ROOT))) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    static Set<OverrideClass> all() {
        return EnumSet.allOf(OverrideClass.class);
    }
}
