package docrootaudit.server.apache;

import docrootaudit.server.Refusal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells whether a refusal reads as written on purpose.
 *
 * <p>The rule: a line refuses on purpose where the name that it keeps from visitors is one that nobody means to publish:
 * a name with a leading dot ({@code .ht*}, {@code .git}, {@code .env}), a backup or leftover of an editor or installer,
 * a dump, a log, a private key, a configuration, or a script in a folder of uploads. Everything else that is refused may
 * be an accident.
 */
final class Intent {
    private static final Pattern PRIVATE = Pattern.compile("(?:^|/)(?:\\.(?!well-known(?:/|$))[^/]+"
            + "|[^/]*(?:~|\\.(?:bak|back|backup|old|orig|save|swp|swo|tmp|dist|sql|sqlite|sqlite3|db|log|inc|ini"
            + "|conf|cnf|pem|key|sh|yml|yaml|toml|lock|tpl|twig|engine|install|module|theme|po|mo|psd|fla))"
            + "|wp-config[^/]*|xmlrpc\\.php|composer\\.(?:json|lock)|package(?:-lock)?\\.json"
            + "|web\\.config|configuration\\.php|error_log|php\\.ini)(?:/|$)");
    private static final Pattern UPLOADED_SCRIPT = Pattern.compile(
            "(?:^|/)(?:uploads?|files|media|images|img|cache)/(?:.*/)?[^/]*\\.(?:php\\d?|phtml|phar|pl|py|cgi|asp|jsp)$");

    private Intent() {}

    /** Whether nobody means to publish what has this name. */
    static boolean isPrivate(String uri) {
        String name = uri.toLowerCase(Locale.ROOT);
        return PRIVATE.matcher(name).find() || UPLOADED_SCRIPT.matcher(name).find();
    }

    /** The refusal with what is meant by it, for a URL's decoded path. */
    static Refusal of(Refusal refusal, String uri) {
        if (!(refusal.blame() instanceof Refusal.Blame.Line)) {
            return refusal;
        }
        boolean meant = isPrivate(uri);
        // who limits methods means it, whatever the file
        meant |= refusal.rule().startsWith("AllowMethods") || refusal.rule().startsWith("TraceEnable");
        // an option that is not set refuses nothing that anybody thought of
        meant &= !refusal.rule().startsWith("Options");
        return new Refusal(
                refusal.reason(),
                refusal.blame(),
                refusal.rule(),
                refusal.status(),
                refusal.file(),
                meant ? Refusal.Meaning.ON_PURPOSE : Refusal.Meaning.ACCIDENT);
    }
}
