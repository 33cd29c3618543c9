package docrootaudit.server.log;

import java.util.Locale;

/** What a log says of a refusal. It is not yet the cause: the error log names a path, never the component of it. */
public enum Symptom {
    /** The kernel answered EACCES. */
    PERMISSION("the kernel refused access to a file or directory"),
    /** A directory without an index, where listing is off. */
    MISSING_INDEX("a directory has no index, and its listing is off"),
    /** {@code deny}, {@code Require}, {@code Options}: a rule of the configuration. */
    DENY_RULE("a rule of the server's configuration denies it"),
    /** Missing or wrong credentials, or a password file that cannot be used. */
    AUTH("credentials were missing, wrong or could not be checked"),
    /** The server's policy on symbolic links. */
    SYMLINK("the server does not follow this link"),
    /** An {@code .htaccess} that could not be read. */
    HTACCESS("an .htaccess could not be read"),
    /** A rewrite rule. */
    REWRITE("a rewrite rule is not allowed there"),
    /** A web application firewall. */
    WAF("a rule of the web application firewall fired"),
    /** SELinux or AppArmor. */
    LSM("the kernel's security module refused it to the server"),
    /** What the server passes the request to, such as PHP-FPM. */
    UPSTREAM("the program behind the server refused it"),
    /** An answer of 403 or 401 of which no error log speaks. */
    UNEXPLAINED("no line of an error log tells why");

    private final String explanation;

    Symptom(String explanation) {
        this.explanation = explanation;
    }

    /** One clause without a full stop. */
    public String explanation() {
        return explanation;
    }

    /** The name in documents: {@code missing-index}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
