package docrootaudit.server.apache;

import docrootaudit.server.Source;
import java.util.Optional;

/**
 * A section that would grant a file, were the directory there: {@code <Directory>} counts only for what exists, so that
 * an alias into a directory that is gone is answered by what the root says.
 */
final class Unreached {
    private final Hop hop;

    Unreached(Hop hop) {
        this.hop = hop;
    }

    /** The first thing missing on the way to the section that grants; empty if there is none of either. */
    Optional<String> missingPlace(Directive denial) {
        if (hop.found().isPresent() || hop.filename().isEmpty()) {
            return Optional.empty();
        }
        String missing = hop.file();
        String wanted = (missing + hop.pathInfo()).replaceAll("/+$", "") + "/";
        for (Section section : hop.host().directories()) {
            boolean deeper = section.regex().isEmpty()
                    && wanted.startsWith(section.pattern())
                    && section.pattern().length() > missing.length();
            if (deeper && says(section, denial.source())) {
                return Optional.of(missing);
            }
        }
        return Optional.empty();
    }

    private static boolean says(Section section, Source denial) {
        boolean own = section.line().body().stream().anyMatch(d -> d.source().equals(denial));
        return !own && section.config().authorization().root().isPresent();
    }
}
