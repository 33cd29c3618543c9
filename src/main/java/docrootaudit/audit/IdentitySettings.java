package docrootaudit.audit;

import java.util.List;
import java.util.Optional;

/**
 * Whose access is judged, by name or number; nothing here has been looked up yet.
 *
 * @param user empty: whoever the web server runs as
 * @param group empty: the user's own
 * @param groups the supplementary groups; empty: the user's own; an empty list: none
 */
public record IdentitySettings(Optional<String> user, Optional<String> group, Optional<List<String>> groups) {
    /** Whoever the web server runs as. */
    public static final IdentitySettings DEFAULT =
            new IdentitySettings(Optional.empty(), Optional.empty(), Optional.empty());

    public IdentitySettings {
        groups = groups.map(List::copyOf);
    }

    /** This identity where it says something, else {@code general}, whose groups are not those of another user. */
    public IdentitySettings or(IdentitySettings general) {
        if (user.isPresent()) {
            return this;
        }
        return new IdentitySettings(general.user, group.or(general::group), groups.or(general::groups));
    }
}
