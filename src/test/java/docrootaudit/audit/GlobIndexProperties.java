package docrootaudit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The index answers as asking each pattern does. */
class GlobIndexProperties {
    private static final PathBytes ROOT = PathBytes.of("/a/a");

    @Property(tries = 5000)
    void an_entry_is_covered_by_the_index_if_it_is_by_a_pattern(
            @ForAll("patterns") List<String> patterns,
            @ForAll("places") String place,
            @ForAll("names") String directory,
            @ForAll("names") String name) {
        List<Glob> globs = Glob.all(patterns.toArray(String[]::new));
        PathBytes above = PathBytes.of(place).resolve(PathBytes.of(directory));
        PathBytes path = above.resolve(PathBytes.of(name));
        Assume.that(Glob.first(globs, ROOT, above).isEmpty());

        assertEquals(
                Glob.first(globs, ROOT, path).isPresent(),
                GlobIndex.of(globs.subList(0, globs.size() / 2), globs.subList(globs.size() / 2, globs.size()))
                        .entriesOf(ROOT, above)
                        .cover(PathBytes.of(name)));
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of("/a/a", "/a", "/a/a/a", "/a/a/b/é", "/a/./a", "/", "/b", "/b/a");
    }

    @Provide
    Arbitrary<List<String>> patterns() {
        return Arbitraries.of("a", "b", "é", "*", "?", "**", "[ab]", ".", "{a,b}", "*.a", "./a", "a/b", "/a", "\\*")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join("", parts))
                .filter(GlobIndexProperties::isPattern)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static boolean isPattern(String text) {
        try {
            Glob.of(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "é", ".", "*")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(p -> String.join("", p));
    }
}
