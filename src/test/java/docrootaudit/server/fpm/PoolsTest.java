package docrootaudit.server.fpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PHP-FPM's pools as their files describe them. */
class PoolsTest {
    static final String MAIN = """
            ; a comment
            [global]
            pid = /run/fpm.pid
            include=/etc/fpm/pool.d/*.conf
            """;
    static final String WWW = """
            [www]
            user = "kim" ; the owner
            listen = /run/php/$pool.sock
            listen.mode = 0660
            php_admin_value[open_basedir] = /srv
            security.limit_extensions = .php .inc
            """;

    record Files(Map<String, String> texts) implements ConfigFiles {
        @Override
        public String read(PathBytes file) throws IOException {
            return Optional.ofNullable(texts.get(file.toString())).orElseThrow(() -> new IOException(file + " is not"));
        }

        @Override
        public List<PathBytes> names(PathBytes directory) {
            return texts.keySet().stream()
                    .map(PathBytes::of)
                    .filter(f -> f.parent().equals(Optional.of(directory)))
                    .map(PathBytes::name)
                    .toList();
        }

        @Override
        public boolean isDirectory(PathBytes path) {
            return false;
        }
    }

    static List<Pool> pools(Map<String, String> files) throws ConfigSyntaxException {
        return Pools.load(new Files(new TreeMap<>(files)), PathBytes.of("/etc/fpm/fpm.conf"));
    }

    @Test
    void included_pools_are_read_with_their_lines() throws ConfigSyntaxException {
        List<Pool> pools = pools(Map.of(
                "/etc/fpm/fpm.conf", MAIN, "/etc/fpm/pool.d/www.conf", WWW, "/etc/fpm/pool.d/x.conf.bak", "[no]"));

        assertEquals(1, pools.size());
        Pool www = pools.get(0);
        assertEquals("/etc/fpm/pool.d/www.conf:1", www.source().toString());
        assertEquals(Optional.of("kim"), www.user());
        assertEquals(Optional.of("/run/php/www.sock"), www.listen());
        assertEquals(
                6,
                www.setting("security.limit_extensions").orElseThrow().source().line());
    }

    @ParameterizedTest
    @CsvSource({
        "/run/php.sock, unix:/run/php.sock, true",
        "/run/php.sock, unix:/run/other.sock, false",
        "/run/php.sock, unix:/run/php.sock|fcgi://localhost, true",
        "/run/php.sock, unix:/run/other.sock|fcgi://localhost/run/php.sock, false",
        "9000, fcgi://127.0.0.1:9000/srv/a.php, true",
        "9000, fcgi://127.0.0.1:9001/srv/a.php, false",
        "8000, fcgi://localhost/srv/a.php, true",
        "9000, 127.0.0.1:9000, true",
        "127.0.0.1:9000, localhost:9000, true",
        "127.0.0.1:9000, 127.0.0.1:9001, false",
        "10.0.0.1:9000, 127.0.0.1:9000, false"
    })
    void an_upstream_is_a_pool_by_where_it_listens(String listen, String upstream, boolean same)
            throws ConfigSyntaxException {
        Pool pool =
                pools(Map.of("/etc/fpm/fpm.conf", "[a]\nlisten = " + listen)).get(0);

        assertEquals(same, pool.isAt(upstream));
    }

    @ParameterizedTest
    @CsvSource({
        "'', /a.php, true",
        "'', /a.phar, true",
        "'', /a.inc, false",
        "security.limit_extensions = .inc, /a.inc, true",
        "security.limit_extensions = .inc, /a.php, false",
        "security.limit_extensions =, /a.anything, true"
    })
    void extensions_limit_what_runs(String line, String script, boolean runs) throws ConfigSyntaxException {
        Pool pool = pools(Map.of("/etc/fpm/fpm.conf", "[a]\n" + line)).get(0);

        assertEquals(runs, pool.runs(PathBytes.of(script)));
    }

    @Test
    void a_configuration_that_includes_itself_is_refused() {
        assertThrows(ConfigSyntaxException.class, () -> pools(Map.of("/etc/fpm/fpm.conf", "include=/etc/fpm/*.conf")));
    }
}
