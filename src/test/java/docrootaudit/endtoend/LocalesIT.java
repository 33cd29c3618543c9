package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever language the account speaks, the program says the same bytes: dotless i, Arabic digits and all. */
class LocalesIT {
    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash(
                "mkdir -p INDIR; touch INDIR/I.HTML INDIR/i.html; chmod 600 INDIR/*; touch 1234567; chmod 0 1234567;"
                        + " setfacl -m u:33:- 1234567");
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    @ParameterizedTest
    @CsvSource({"tr, TR", "ar, EG", "hi, IN"})
    void output_is_the_same(String language, String country) throws Exception {
        Jar foreign = Jar.audit().with("user.language=" + language).with("user.country=" + country);
        for (List<String> command : List.of(
                List.of("now", ground.www(), "--as", "33", "--no-store"),
                // in one thread, for several tell of a path as soon as they have seen it
                List.of("now", ground.www(), "--as", "33", "--no-store", "--format", "csv", "--each", "--threads", "1"),
                List.of("explain", ground.www("1234567"), "--as", "33"),
                List.of("explain", ground.www("INDIR/I.HTML"), "--as", "33", "--format", "json", "--need", "read"))) {
            String[] words = command.toArray(String[]::new);
            Answer plain = Jar.audit().run(words).ended(1);

            assertArrayEquals(plain.out(), foreign.run(words).ended(1).out(), () -> command + " in " + language);
            assertTrue(plain.out().length > 0);
        }
    }
}
