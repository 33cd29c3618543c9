package docrootaudit.audit;

import docrootaudit.access.PathBytes;

/**
 * One document root as it is to be audited.
 *
 * @param path absolute, without dots that name nothing; patterns are relative to it
 * @param identity whose access is judged, the general one already taken in
 * @param rules what is asked, the defaults already taken in
 */
public record RootSettings(PathBytes path, IdentitySettings identity, RootRules rules) {
    public RootSettings {
        path = path.withoutDots();
    }
}
