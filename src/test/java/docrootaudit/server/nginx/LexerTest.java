package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {
    private static Lexer lexer(String text) {
        return new Lexer(text, PathBytes.of("/c"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a b c;                | a b c
            a "b c" 'd e';        | a,b c,d e
            a "b\\"c";            | a,b"c
            a 'b\\'c';            | a b'c
            a \\"b;               | a "b
            a b\\;c;              | a b\\;c
            a b\\ c;              | a,b\\ c
            a \\.php$;            | a \\.php$
            a b\\\\c;             | a b\\c
            a ${b}c;              | a ${b}c
            a $b{c};              | a $b
            a b{c;                | a b
            a{b;                  | a
            a b#c;                | a b#c
            a # b;`c;             | a c
            a "b"{c;              | a b
            a "b")c;              | a b )c
            a "";                 | `a,`
            (a b);                | (a b)
            a b};                 | a b}
            a \\tb;               | `a,	b`
            """)
    void words_are_cut_as_nginx_cuts_them(String text, String words) throws Exception {
        List<String> expected = List.of(words.contains(",") ? words.split(",", -1) : words.split(" "));

        assertEquals(expected, lexer(text.replace("`", "\n")).next().words());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a b              | /c:1: unexpected end of file, expecting ";" or "}"
            a `b             | /c:2: unexpected end of file, expecting ";" or "}"
            ;                | /c:1: unexpected ";"
            {                | /c:1: unexpected "{"
            a }              | /c:1: unexpected "}"
            a "b             | /c:1: unexpected end of file, the quote is never closed
            a "b"c;          | /c:1: unexpected "c"
            """)
    void what_is_wrong_is_told_with_its_place(String text, String message) {
        Lexer lexer = lexer(text.replace("`", "\n"));

        assertEquals(
                message, assertThrows(ConfigSyntaxException.class, lexer::next).getMessage());
    }

    @Test
    void a_statement_has_the_line_of_its_first_word() throws Exception {
        Lexer lexer = lexer("# one\n\n a\n b; c\n{ }");

        assertEquals(3, lexer.next().source().line());
        assertEquals(4, lexer.next().source().line());
        assertEquals(5, lexer.next().source().line());
    }

    @Test
    void Lua_is_left_behind_with_its_own_quotes_comments_and_brackets() throws Exception {
        Lexer lexer =
                lexer("x { -- }\n local a = \"}\\\"}\" .. '}' --[[ } ]] .. [==[ }]] ]==]\n if {} then end } next;");
        lexer.next();

        lexer.skipLua();

        assertEquals(List.of("next"), lexer.next().words());
    }

    @Test
    void a_very_long_word_takes_no_long_time() throws Exception {
        assertTrue(lexer("a " + "\\x".repeat(1_000_000) + ";")
                        .next()
                        .words()
                        .get(1)
                        .length()
                == 2_000_000);
    }
}
