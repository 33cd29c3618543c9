package docrootaudit.server.fpm;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Mutants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a pool's file, it is read or told where it is wrong. */
class PoolsProperties {
    /** Far more than the slowest takes on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Property(tries = 1000)
    void a_file_as_people_write_it_with_a_few_mistakes(@ForAll("mutants") String text) {
        assertTimeoutPreemptively(PATIENCE, () -> {
            try {
                for (Pool pool : PoolsTest.pools(Map.of("/etc/fpm/fpm.conf", text, "/etc/fpm/pool.d/a.conf", text))) {
                    pool.runs(PathBytes.of("/srv/x.php"));
                    pool.isAt("unix:/run/php.sock");
                    pool.chroot();
                }
            } catch (ConfigSyntaxException e) {
                assertTrue(e.source().isPresent(), e::getMessage);
            }
        });
    }

    @Provide
    Arbitrary<String> mutants() {
        return Mutants.of(List.of(PoolsTest.MAIN, PoolsTest.WWW));
    }
}
