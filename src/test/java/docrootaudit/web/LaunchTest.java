package docrootaudit.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a running server's command line says of its configuration. */
class LaunchTest {
    private static final Optional<PathBytes> NONE = Optional.empty();

    private static List<PathBytes> words(String... words) {
        return Arrays.stream(words).map(PathBytes::of).toList();
    }

    private static Optional<PathBytes> path(String path) {
        return Optional.of(PathBytes.of(path));
    }

    @Test
    void nginx_writes_its_arguments_into_a_title() {
        assertEquals(
                new Launch(path("/srv/a b/nginx.conf"), path("/srv/run"), Set.of(), List.of("daemon off;")),
                Launch.ofNginx(words(
                        "nginx: master process /usr/sbin/nginx -p /srv/run -c /srv/a b/nginx.conf -g daemon off;")));
    }

    @Test
    void nginx_without_a_master_process_keeps_its_arguments() {
        assertEquals(
                new Launch(path("conf/x"), NONE, Set.of(), List.of()),
                Launch.ofNginx(words("/usr/sbin/nginx", "-cconf/x")));
    }

    @Test
    void nginx_as_a_distribution_starts_it_goes_by_what_is_compiled_in() {
        assertEquals(
                new Launch(NONE, NONE, Set.of(), List.of("daemon on; master_process on;")),
                Launch.ofNginx(words("nginx: master process /usr/sbin/nginx -g daemon on; master_process on;")));
    }

    @Test
    void apache_is_given_names_and_places() {
        assertEquals(
                new Launch(path("x.conf"), path("/srv"), Set.of("FOREGROUND", "SSL"), List.of("Listen 81")),
                Launch.ofApache(words(
                        "/usr/sbin/apache2",
                        "-d",
                        "/srv",
                        "-fx.conf",
                        "-D",
                        "SSL",
                        "-DFOREGROUND",
                        "-k",
                        "start",
                        "-c",
                        "Listen 81")));
    }

    @Test
    void the_title_of_php_fpm_names_its_configuration() {
        assertEquals(
                path("/etc/php/8.2/fpm/php-fpm.conf"),
                Launch.configOfFpm(words("php-fpm: master process (/etc/php/8.2/fpm/php-fpm.conf)")));
    }
}
