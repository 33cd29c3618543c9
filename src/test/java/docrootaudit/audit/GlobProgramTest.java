package docrootaudit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobProgramTest {
    /** The same pattern for {@link Pattern}, which may go back. Braces hold no star: one before another would be two. */
    private static String regex(String glob) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < glob.length(); i++) {
            String rest = glob.substring(i);
            boolean start = i == 0 || glob.charAt(i - 1) == '/';
            char c = glob.charAt(i);
            if (rest.equals("/**")) {
                out.append("(?:/.*)?");
                i += 2;
            } else if (start && rest.startsWith("**/")) {
                out.append("(?:.*/)?");
                i += 2;
            } else if (rest.startsWith("**")) {
                out.append(".*");
                i++;
            } else if (c == '*') {
                out.append("[^/]*");
            } else if (c == '?') {
                out.append("[^/]");
            } else if (c == '[') {
                int end = glob.indexOf(']', i);
                out.append("(?!/)").append(glob.substring(i, end + 1).replace("[!", "[^"));
                i = end;
            } else if (c == '{') {
                out.append("(?:");
                depth++;
            } else if (c == '}' && depth > 0) {
                out.append(")");
                depth--;
            } else if (c == ',' && depth > 0) {
                out.append("|");
            } else {
                out.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return out + "(?:/.*)?";
    }

    @Property(tries = 20_000)
    void agrees_with_the_regular_expression(@ForAll("globs") String glob, @ForAll("paths") String path) {
        boolean expected =
                Pattern.compile(regex(glob), Pattern.DOTALL).matcher(path).matches();

        boolean matches = Braces.writtenOut(glob).stream()
                .anyMatch(pattern ->
                        GlobParser.parse(pattern).matches(path.chars().toArray()));
        assertEquals(expected, matches, () -> glob + " on " + path);
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of("a", "b", "b", "/", "*", "?", "[ab]", "[!a]", "{a,b}", "{a,?b}", "x{a/b,?}", "**/", "/**")
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(parts -> String.join("", parts).replaceAll("/+", "/").replaceAll("\\*{2,}", "**"))
                .filter(glob -> !glob.startsWith("/") && !glob.isEmpty());
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "x", "ab", "\n", "/", "/")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts).replaceAll("/+", "/").replaceAll("^/|/$", ""));
    }

    @Property(tries = 5_000)
    void a_name_with_its_special_characters_escaped_is_that_name(@ForAll @StringLength(min = 1, max = 12) String name) {
        String text = name.replaceAll("[/\\x00\\ud800-\\udfff]", "_");
        String pattern = text.replaceAll("[*?\\[\\]{},\\\\.]", "\\\\$0");
        PathBytes root = PathBytes.of("/srv/www");

        assertTrue(Glob.of(pattern).covers(root, root.resolve(text)), pattern);
    }

    @Property(tries = 5_000)
    void every_text_is_a_pattern_or_refused_with_a_sentence(@ForAll("noise") String text) {
        try {
            Glob.of(text).covers(PathBytes.ROOT, PathBytes.of("/a/b"));
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().length() > 5, e::getMessage);
        }
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings().withChars("ab/*?[]{},!-\\.:~").ofMaxLength(12);
    }

    @ParameterizedTest
    @CsvSource({"*a, 10000", "**a, 10000", "?*, 2000", "*a?*, 2000", "**/, 10000", "[!b]*, 2000"})
    void takes_no_more_steps_than_states_times_symbols(String part, int size) {
        GlobProgram program = GlobParser.parse(part.repeat(size / part.length()) + "b");
        int[] path = "a".repeat(size).chars().toArray();
        var run = new GlobProgram.Run(program.code());

        assertEquals(false, run.over(path));
        assertTrue(run.steps() <= 2L * program.code().size() * (path.length + 1), () -> run.steps() + " steps");
    }
}
