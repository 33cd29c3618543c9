package docrootaudit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an automaton says of a text is what Java's engine says, cut anywhere. */
class AutomatonTest {
    private static final List<String> ATOMS = List.of(
            "a",
            "b",
            "B",
            ".",
            "\\.",
            "/",
            "-",
            "[ab]",
            "[^a/]",
            "[a-c.]",
            "[\\w-]",
            "[^\\s\"]",
            "\\d",
            "\\w",
            "\\W",
            "\\S",
            "%",
            "\\-",
            "\\/",
            "1",
            "[0-9]",
            "[A-b]",
            "\u00e9",
            "[^-b]",
            "[b-]");
    private static final List<String> REPEATS = List.of("", "", "", "", "*", "+", "?", "*?", "+?", "??");

    @Property(tries = 3000)
    void it_says_what_the_engine_says(
            @ForAll("expressions") String written,
            @ForAll("options") Set<Pcre.Option> options,
            @ForAll("texts") String text) {
        Pcre expression = Pcre.compile(written, options).orElseThrow();
        Optional<Automaton> automaton = expression.automaton();
        Assume.that(automaton.isPresent());
        Assume.that(text.length() <= automaton.get().longest());

        for (int cut = 0; cut <= text.length(); cut++) {
            int half = automaton.get().run(automaton.get().start(), text.substring(0, cut));
            int end = automaton.get().run(half, text.substring(cut).getBytes(StandardCharsets.ISO_8859_1));
            if (end != Automaton.UNKNOWN) {
                assertEquals(expression.mayBeIn(text), Automaton.isIn(end), () -> written + " in " + text);
            } else {
                assertTrue(text.contains("\n"), () -> written + " in " + text);
            }
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> atom = Combinators.combine(Arbitraries.of(ATOMS), Arbitraries.of(REPEATS))
                .as(String::concat);
        Arbitrary<String> sequence = atom.list().ofMinSize(1).ofMaxSize(5).map(l -> String.join("", l));
        Arbitrary<String> choice = sequence.list().ofMinSize(1).ofMaxSize(3).map(l -> String.join("|", l));
        Arbitrary<String> group = Combinators.combine(
                        Arbitraries.of("(", "(?:"), choice, Arbitraries.of(")", ")", ")?", ")??"))
                .as((open, inside, close) -> open + inside + close);
        Arbitrary<String> body = Arbitraries.frequencyOf(
                        Tuple.of(3, sequence),
                        Tuple.of(2, group),
                        Tuple.of(1, Arbitraries.of("^", "$", "(?:/|$)", "(?:^|/)", "\\A")))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(l -> String.join("", l));
        return Combinators.combine(
                        Arbitraries.of("", "", "^", "(?i)"), body, Arbitraries.of("", "", "$", "|x$", "|^/a"))
                .as((before, inside, after) -> before + inside + after);
    }

    @Provide
    Arbitrary<Set<Pcre.Option>> options() {
        return Arbitraries.of(Pcre.Option.class).set();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("aabbcABx1./-_% \"\n\u00e9")
                .ofMinLength(1)
                .ofMaxLength(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/\\.",
                "\\.php$",
                "\\.(?:png|jpe?g|gif|css|js)$",
                "^/uploads/.*\\.php$",
                "(^|/)\\.git",
                "^\\.ht",
                "^index\\.php$",
                "^/wp-content/.*\\.(php|phtml)(/.*)?$"
            })
    void what_sites_ask_is_regular(String written) {
        int longest =
                Pcre.httpd(written).orElseThrow().automaton().orElseThrow().longest();

        assertTrue(longest >= 80, () -> "only up to " + longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a)\\1", "a(?=b)", "\\bx", "(?:a*)*", "(a+)+b", "a++", "(?>a)", "a(?i)b", "a{1,3}"})
    void everything_else_is_left_to_the_engine(String written) {
        assertTrue(Pcre.httpd(written).orElseThrow().automaton().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"^/uploads/", "^/uploads/.*\\.php$"})
    void a_directory_may_settle_it_for_all_its_files(String written) {
        Automaton automaton = Pcre.httpd(written).orElseThrow().automaton().orElseThrow();

        assertEquals(Automaton.LOST, automaton.run(automaton.start(), "/images/"));
        assertNotEquals(Automaton.LOST, automaton.run(automaton.start(), "/uploads/"));
    }
}
