package docrootaudit.server.nginx;

import docrootaudit.server.Refusal.Meaning;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a refusal reads as written on purpose. It does where the location that holds it is about
 *
 * <ul>
 *   <li>names that begin with a dot, but for {@code /.well-known/} (RFC 8615), which is there to be asked for;
 *   <li>what editors, backups, dumps and version control leave behind;
 *   <li>scripts below a directory for uploads and the like;
 *   <li>one single URI, or a name that is private by what it says;
 * </ul>
 *
 * and where addresses are listed to let some of them pass. Every other refusal can be an accident.
 */
final class Intent {
    private static final Pattern DOTFILES = Pattern.compile("/(\\(\\?:|\\()?\\\\?\\.|\\\\\\.(git|svn|hg|ht|env|well)");
    private static final Pattern LEFTOVERS = Pattern.compile(
            "~\\)?\\$|\\b(bak|backup|old|orig|original|save|swp|swo|sw\\[|dump|sql|sqlite|log|ini|conf|config|inc|dist|fla"
                    + "|psd|sh|yml|yaml|lock|toml|git|svn|ht|twig|engine|install|module|theme|composer|package)\\b");
    private static final Pattern SCRIPTS = Pattern.compile("ph|cgi|pl|py|jsp|asp|sh\\b");
    private static final Pattern UPLOADS = Pattern.compile(
            "upload|files|media|images|img|assets|static|cache|tmp|temp|storage|data|attachments|avatars");
    private static final Pattern PRIVATE = Pattern.compile(
            "(?i)private|internal|protected|secret|vendor|node_modules|includes|config|templates|xmlrpc");

    /** What a visitor has to know or to own: whoever asks for it means it. */
    private static final Pattern CREDENTIALS = Pattern.compile(
            "secure_link|ssl_client_.*|cookie_.*|remote_user|http_(authorization|.*(token|key|secret|auth).*)"
                    + "|arg_(.*(token|key|secret|auth|md5|sig|hash).*)");

    private Intent() {}

    /** Of a rule in the location that holds now, under a condition if there is one. */
    static Meaning of(Exchange exchange, Optional<Condition> condition) {
        boolean credentials = condition
                .map(c -> c.subject()
                        .mentions(name -> CREDENTIALS
                                .matcher(name.toLowerCase(Locale.ROOT))
                                .matches()))
                .orElse(false);
        return credentials ? Meaning.ON_PURPOSE : of(exchange);
    }

    /** Of a rule in the location that holds now. */
    static Meaning of(Exchange exchange) {
        if (exchange.uri.startsWith("/.well-known/")) {
            return Meaning.ACCIDENT;
        }
        Optional<Location.Name> name = exchange.place.name();
        String pattern = name.map(Location.Name::text).orElse("") + " "
                + exchange.place.opening().text();
        boolean conditional = exchange.place.opening().name().equals("if");
        if (name.isEmpty() && !conditional) {
            return Meaning.ACCIDENT;
        }
        boolean single = name.map(
                        n -> n.kind() == Location.Kind.EXACT && !n.text().equals("/"))
                .orElse(false);
        boolean scripts =
                SCRIPTS.matcher(pattern).find() && UPLOADS.matcher(pattern).find();
        boolean purpose = single
                || scripts
                || DOTFILES.matcher(pattern).find()
                || LEFTOVERS.matcher(pattern.toLowerCase(Locale.ROOT)).find()
                || PRIVATE.matcher(pattern).find();
        return purpose ? Meaning.ON_PURPOSE : Meaning.ACCIDENT;
    }

    /** Of a list of addresses. */
    static Meaning ofAccess(Exchange exchange, List<AccessRule> rules) {
        boolean someMayPass = rules.stream().anyMatch(r -> r.kind() == AccessRule.Kind.ALLOW);
        return someMayPass ? Meaning.ON_PURPOSE : of(exchange);
    }
}
