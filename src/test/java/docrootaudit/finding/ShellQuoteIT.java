package docrootaudit.finding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import docrootaudit.Seed;
import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** bash reads back what was quoted. */
class ShellQuoteIT {
    private static final int WORDS = 3_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"C, UNICODE", "C.UTF-8, UNICODE", "C, ASCII", "C.UTF-8, ASCII"})
    void every_word_survives(String locale, ShellQuote quote) throws IOException, InterruptedException {
        long seed = Seed.of("ShellQuoteIT");
        System.out.println("ShellQuoteIT " + locale + " " + quote + " seed " + seed);
        Random random = new Random(seed);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            PathBytes word = PathBytes.of(i < 256 && i > 0 ? new byte[] {'/', (byte) i, 'a'} : word(random));
            expected.write(word.bytes());
            expected.write(0);
            String quoted = quote.quote(word);
            assertFalse(quoted.chars().anyMatch(Character::isISOControl), quoted);
            script.append("printf '%s\\0' ").append(quoted).append('\n');
        }
        Path file = Files.writeString(directory.resolve("script"), script, StandardCharsets.UTF_8);
        ProcessBuilder bash = new ProcessBuilder("bash", file.toString());
        bash.environment().put("LC_ALL", locale);
        bash.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = bash.start();

        assertArrayEquals(expected.toByteArray(), process.getInputStream().readAllBytes());
        process.waitFor();
    }

    /** Bytes of all sorts, with a liking for those that mean something to a shell. */
    private static byte[] word(Random random) {
        byte[] special = "'\"\\$`!*?[]{}~#&;|<>()^ \n\t\u00e4\u20ac\u202e".getBytes(StandardCharsets.UTF_8);
        byte[] word = new byte[random.nextInt(24)];
        for (int i = 0; i < word.length; i++) {
            byte any = (byte) (1 + random.nextInt(255));
            word[i] = random.nextInt(3) == 0 ? any : special[random.nextInt(special.length)];
        }
        return word;
    }
}
