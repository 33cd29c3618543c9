package docrootaudit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcreTest {
    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(quoteCharacter = '`', textBlock = """
                    ^/a/(.*)$       | /a/b        | b
                    [a[]x(.)        | [xq         | q
                    ([]a]+)z        | a]z         | a]
                    ([a&&b]+)       | &&          | &&
                    ([[:alpha:]]+)1 | ab1         | ab
                    (?P<my_name>.)x | yx          | y
                    a{(.)           | a{b         | b
                    (x{2})          | xx          | xx
                    (a\\.b)         | a.b         | a.b
                    \\bcat\\b(.)    | a cat!      | !
                    ([^\\s"]+)      | `a b`       | a
                    (\\Qa.b\\E)     | a.b         | a.b
                    (?i)(AB)        | ab          | ab
                    ([\\w-]+)       | a-b         | a-b
                    (\\p{N}+)a      | 12a         | 12
                    (\\x{41}\\x42)  | AB          | AB
                    """, delimiter = '|')
    void the_servers_spelling_is_understood(String pattern, String text, String group) {
        var match = assertInstanceOf(
                Pcre.Result.Match.class,
                Pcre.httpd(pattern.replace("\\\\", "\\")).orElseThrow().match(text));

        assertEquals(group, match.group(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?R)",
                "a\\Kb",
                "(?|a|b)",
                "(*SKIP)x",
                "(?(1)a|b)",
                "a(",
                "[a",
                "a\\",
                "[\\Qa]",
                "[[:foo:]]",
                "[\\R]"
            })
    void what_Java_cannot_do_is_no_expression(String pattern) {
        assertTrue(Pcre.httpd(pattern).isEmpty());
    }

    @Test
    void a_letter_beyond_ASCII_is_no_part_of_a_word() {
        assertInstanceOf(
                Pcre.Result.Match.class, Pcre.httpd("\\bx").orElseThrow().match("\u00e9x"));
    }

    @Test
    void an_expression_that_takes_for_ever_is_given_up() {
        assertInstanceOf(
                Pcre.Result.Undecided.class,
                Pcre.httpd("^(a+)+\\1b$").orElseThrow().match("a".repeat(60) + "!"));
    }

    @Test
    void names_with_underscores_are_kept() {
        assertEquals(1, Pcre.httpd("(?<a_b>x)").orElseThrow().names().get("a_b"));
    }
}
