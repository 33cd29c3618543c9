package docrootaudit.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellQuoteTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "/srv/a-b_c.html|/srv/a-b_c.html|/srv/a-b_c.html",
                "|''|''",
                "/a b|'/a b'|'/a b'",
                "/$x;!|'/$x;!'|'/$x;!'",
                "/~|'/~'|'/~'",
                "/it's|$'/it\\'s'|$'/it\\'s'",
                "/it's!x|$'/it\\'s\\x21x'|$'/it\\'s\\x21x'",
                "/back\\slash|'/back\\slash'|'/back\\slash'",
                "/both\\'|$'/both\\\\\\''|$'/both\\\\\\''",
                "/ä|'/ä'|$'/\\xc3\\xa4'",
                "/\u202e|$'/\\xe2\\x80\\xae'|$'/\\xe2\\x80\\xae'",
                "/\t\u001b|$'/\\x09\\x1b'|$'/\\x09\\x1b'",
            },
            delimiter = '|',
            emptyValue = "")
    void a_word_is_quoted_no_more_than_it_needs(String word, String unicode, String ascii) {
        String text = word == null ? "" : word;

        assertEquals(unicode, ShellQuote.UNICODE.quote(text));
        assertEquals(ascii, ShellQuote.ASCII.quote(text));
    }

    @ParameterizedTest
    @CsvSource("'$''/\\x80ä\\n'''")
    void bytes_that_are_no_utf8_are_escaped_singly(String quoted) {
        PathBytes word = PathBytes.of(new byte[] {'/', (byte) 0x80, (byte) 0xc3, (byte) 0xa4, '\n'});

        assertEquals(quoted, ShellQuote.UNICODE.quote(word));
    }
}
