package docrootaudit.audit;

/**
 * Files that somebody else than the web server reads, such as a PHP-FPM pool.
 *
 * @param glob which files
 * @param as the account, by name or number
 */
public record Handler(Glob glob, String as) {}
