package docrootaudit.audit;

import java.util.List;
import java.util.stream.Stream;

/**
 * Files that are closed on purpose: a refusal is told apart and no remedy is offered.
 *
 * <p>Configuration of web applications is among them although PHP has to read it: the web server has not, it hands
 * the request to a pool of another account. Where it runs PHP itself, {@code private} in the configuration says so.
 * Names that harmless files have as well ({@code config.php}, {@code local.php}) are left out: they would hush a real
 * fault.
 */
public final class Secrets {
    private static final List<Glob> KEYS = Glob.all(
            "*.key",
            "*.pem",
            "*.p8",
            "*.p12",
            "*.pfx",
            "*.ppk",
            "*.jks",
            "*.keystore",
            "*.keytab",
            "*.kdbx",
            "*.ovpn",
            "id_{rsa,dsa,ecdsa,ed25519}*");

    private static final List<Glob> DOT_FILES = Glob.all(
            ".env*",
            ".ht*",
            ".netrc",
            ".pgpass",
            ".my.cnf",
            ".mylogin.cnf",
            ".s3cfg",
            ".npmrc",
            ".pypirc",
            ".git-credentials",
            ".vault-token",
            ".viminfo",
            ".*_history",
            ".{git,svn,hg,bzr}/**",
            ".{ssh,gnupg,aws,azure,kube,docker}/**");

    private static final List<Glob> APPLICATIONS = Glob.all(
            "wp-config*",
            "configuration.php*",
            "LocalSettings.php*",
            "LocalConfiguration.php*",
            "config.inc.php*",
            "settings.inc.php*",
            "auth.json",
            "{credentials,secrets,database}.{json,yml,yaml}",
            "**/sites/*/settings*.php*",
            "**/config/system/settings.php*",
            "**/app/etc/{env.php,local.xml}*",
            "**/app/config/parameters.{php,yml}*");

    private static final List<Glob> DUMPS = Glob.all(
            "*.sql",
            "*.sql.{gz,bz2,xz,zst,zip,7z}",
            "*.sqlite*",
            "*.db",
            "*.mdb",
            "*.dump",
            "*.dump.{gz,bz2,xz,zst}",
            "*.{bak,old,orig,save}",
            "*~",
            "*.sw[op]");

    /** Unless the configuration names others. */
    public static final List<Glob> DEFAULT = Stream.of(KEYS, DOT_FILES, APPLICATIONS, DUMPS)
            .flatMap(List::stream)
            .toList();

    /** Whatever the configuration says. */
    public static final List<Glob> ALWAYS = Glob.all(
            "/etc/{shadow,gshadow,sudoers,krb5.keytab}*",
            "/etc/sudoers.d/**",
            "/etc/security/opasswd*",
            "/etc/ssh/ssh_host_*_key",
            "/etc/{ssl,pki/tls}/private/**",
            "/etc/letsencrypt/{accounts,archive,keys,live}/**",
            "/root/**");

    private Secrets() {}
}
