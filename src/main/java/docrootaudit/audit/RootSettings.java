package docrootaudit.audit;

import docrootaudit.access.PathBytes;

/**
 * One document root as it is to be audited.
 *
 * @param path absolute, as written; patterns are relative to it
 * @param identity whose access is judged, the general one already taken in
 * @param rules what is asked, the defaults already taken in
 */
public record RootSettings(PathBytes path, IdentitySettings identity, RootRules rules) {}
