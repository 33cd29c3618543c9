package docrootaudit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private static final PathBytes ROOT = PathBytes.of("/srv/www");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # pattern     | path                    | covered
            *.key         | /srv/www/a.key          | true
            *.key         | /srv/www/d/e/a.key      | true
            *.key         | /srv/www/d.key/e        | true
            *.key         | /srv/www/a.KEY          | false
            *.key         | /srv/www/a.keys         | false
            *.key         | /home/a.key             | true
            www           | /srv/www                | false
            www           | /srv/www/index.html     | false
            .git/**       | /srv/www/.git           | true
            .git/**       | /srv/www/a/.git/config  | true
            .git/**       | /srv/www/.github        | false
            .git/         | /srv/www/a/.git         | true
            ./cache/**    | /srv/www/cache          | true
            ./cache       | /srv/www/cache/x/y      | true
            ./cache       | /srv/www/a/cache        | false
            a/b           | /srv/www/a/b            | true
            a/b           | /srv/www/a/b/c          | true
            a/b           | /srv/www/x/a/b          | false
            a/b           | /srv/www/a              | false
            a/b           | /srv/www//a//b/         | true
            a/b           | /srv/wwwa/b             | false
            a/*           | /srv/www/a              | false
            a/*           | /srv/www/a/b            | true
            a/*/c         | /srv/www/a/b/d/c        | false
            a/**/c        | /srv/www/a/c            | true
            a/**/c        | /srv/www/a/b/d/c        | true
            a/**/c        | /srv/www/ac             | false
            **/c          | /srv/www/c              | true
            **/c/d        | /srv/www/a/b/c/d        | true
            a**z/y        | /srv/www/a/b/z/y        | true
            **            | /srv/www/a              | true
            **            | /srv/www                | false
            ./**          | /srv/www/a              | true
            /etc/shadow*  | /etc/shadow-            | true
            /etc/shadow*  | /srv/www/etc/shadow     | false
            /root/**      | /root                   | true
            /root/**      | /rooted                 | false
            /**           | /anything               | true
            {a,b/c}.x     | /srv/www/b/c.x          | true
            {a,{b,c}d}.x  | /srv/www/b.x            | false
            {a/**,b}/c    | /srv/www/a/c            | true
            {a/**,b}/c    | /srv/www/a/x/c          | true
            x{a,{b,c}d}   | /srv/www/xcd            | true
            {*.a,b/c}     | /srv/www/d/x.a          | true
            [{]a[},]b     | /srv/www/{a,b           | true
            \\{a,b}       | /srv/www/{a,b}          | true
            x{a,}         | /srv/www/x              | true
            id_[a-c]      | /srv/www/id_b           | true
            id_[!a-c]     | /srv/www/id_b           | false
            id_[]x]       | /srv/www/id_]           | true
            id_[a-]       | /srv/www/id_-           | true
            a[!x]b/c      | /srv/www/a/b/c          | false
            \\*\\[        | /srv/www/*[             | true
            \\*           | /srv/www/x              | false
            a,b}          | /srv/www/a,b}           | true
            """)
    void covers_what_it_names_and_all_below(String pattern, String path, boolean covered) {
        assertEquals(covered, Glob.of(pattern).covers(ROOT, PathBytes.of(path)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""            | it is empty
            a//b          | there is no name between two slashes
            a/../b        | paths are matched by their names, "..\" is none
            .             | paths are matched by their names, ".\" is none
            a[bc          | a bracket is not closed
            a[            | a bracket is not closed
            [             | a bracket is not closed
            [a\\          | a bracket is not closed
            {a,b          | a brace is not closed
            [z-a]         | the range z-a is upside down
            [a/b]         | a slash cannot be in a set
            [[:alpha:]]   | classes with a name, such as [:alpha:], are not known
            a\\           | nothing follows the backslash
            """)
    void says_why_a_pattern_is_none(String pattern, String why) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Glob.of(pattern));

        assertEquals(why, refused.getMessage());
    }

    @Test
    void limits_depth_and_length() {
        assertThrows(IllegalArgumentException.class, () -> Glob.of("{".repeat(17) + "a" + "}".repeat(17)));
        assertThrows(IllegalArgumentException.class, () -> Glob.of("a".repeat(GlobParser.LONGEST + 1)));
        assertThrows(IllegalArgumentException.class, () -> Glob.of("{a,b}".repeat(9)));
        assertThrows(IllegalArgumentException.class, () -> Glob.of("a\0b"));
    }

    @Test
    void a_question_mark_is_one_character_or_one_stray_byte() {
        assertTrue(covers("?.x", "é.x".getBytes(StandardCharsets.UTF_8)));
        assertTrue(covers("?.x", "\uD83D\uDE00.x".getBytes(StandardCharsets.UTF_8)));
        assertTrue(covers("?.x", new byte[] {(byte) 0xe9, '.', 'x'}));
        assertTrue(covers("??.x", new byte[] {(byte) 0xe2, (byte) 0x82, '.', 'x'}));
        assertFalse(covers("?.x", new byte[] {(byte) 0xe2, (byte) 0x82, '.', 'x'}));
        assertTrue(covers("[é-ü].x", "ö.x".getBytes(StandardCharsets.UTF_8)));
        assertFalse(covers("é", new byte[] {(byte) 0xe9}));
    }

    @Test
    void hostile_names_are_names() {
        assertTrue(covers("*.key", "a\n\u001b[2J\u202e.key".getBytes(StandardCharsets.UTF_8)));
        assertTrue(covers("*.key", new byte[] {(byte) 0xff, '\n', (byte) 0xc0, '.', 'k', 'e', 'y'}));
        assertFalse(covers("*.key", "a.key\n".getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean covers(String pattern, byte[] name) {
        return Glob.of(pattern).covers(ROOT, ROOT.resolve(PathBytes.of(name)));
    }
}
