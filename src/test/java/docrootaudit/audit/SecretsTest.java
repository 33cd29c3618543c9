package docrootaudit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final PathBytes ROOT = PathBytes.of("/srv/www");
    private static final RootRules NONE = new RootRules(
            List.of(),
            List.of(),
            Listing.OFF,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            RootRules.Servers.UNASKED,
            RootRules.DEFAULT.mountTimeout());

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                "site/.env.production",
                "site/.git",
                "site/.git/config",
                ".svn/wc.db",
                ".htpasswd",
                "tls/server.key",
                "site/backup.sql",
                "site/backup.sql.gz",
                "db.sqlite3",
                "kim/.ssh/authorized_keys",
                "id_ed25519",
                ".bash_history",
                "wp-config.php",
                "wp-config.php.bak",
                "site/web/sites/default/settings.php",
                "shop/app/etc/env.php",
                "index.php~",
                ".index.php.swp"
            })
    void closed_on_purpose(String path) {
        assertEquals(true, RootRules.DEFAULT.isPrivate(ROOT, ROOT.resolve(path)).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "index.php",
                "app/config.php",
                "settings.php",
                ".well-known/acme-challenge/x",
                "environment.html",
                "keys/monkey",
                ".github/logo.png"
            })
    void a_fault_when_closed(String path) {
        assertEquals(
                false, RootRules.DEFAULT.isPrivate(ROOT, ROOT.resolve(path)).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/shadow",
                "/etc/shadow-",
                "/etc/gshadow",
                "/etc/sudoers",
                "/etc/sudoers.d/kim",
                "/root",
                "/root/x",
                "/etc/ssl/private/x.pem",
                "/etc/letsencrypt/live/example.org/privkey.pem",
                "/etc/ssh/ssh_host_rsa_key"
            })
    void private_whatever_is_configured(String path) {
        assertEquals(true, NONE.isPrivate(ROOT, PathBytes.of(path)).isPresent());
    }

    @Test
    void nothing_else_is_private_without_a_list() {
        assertEquals(false, NONE.isPrivate(ROOT, ROOT.resolve("a.key")).isPresent());
        assertEquals(false, NONE.isPrivate(ROOT, PathBytes.of("/etc/passwd")).isPresent());
    }
}
