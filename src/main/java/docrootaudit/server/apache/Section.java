package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.Optional;

/**
 * A {@code <Directory>}, {@code <Location>}, {@code <Files>} or {@code <If>}, and what it says.
 *
 * @param pattern the path, URL or name as written; of a directory with its last slash
 * @param regex set where it is an expression; an expression that is not understood is an empty inner one
 * @param branch set for {@code <If>} and kin
 */
record Section(
        Directive line, String pattern, Optional<Optional<Pcre>> regex, Optional<Branch> branch, DirConfig config) {
    /**
     * An {@code <If>}, {@code <ElseIf>} or {@code <Else>}.
     *
     * @param condition empty for {@code <Else>}
     * @param isElse whether it counts only where the one before did not
     */
    record Branch(Optional<Expression> condition, boolean isElse) {}

    boolean isWildcard() {
        return Fnmatch.hasWildcard(pattern);
    }

    /** How many slashes the pattern has; the root has none ({@code d_components} in server/core.c). */
    int components() {
        if (pattern.equals("/")) {
            return 0;
        }
        int slashes = 0;
        for (int i = 0; i < pattern.length(); i++) {
            slashes += pattern.charAt(i) == '/' ? 1 : 0;
        }
        return slashes;
    }
}
