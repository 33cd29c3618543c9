package docrootaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected outputs, one directory a behaviour. {@code mvn test -Dtest='*Golden*Test,HostileNamesTest'
 * -Dgolden.update=true} writes them anew; the difference is to be reviewed.
 */
public record Golden(Path directory) {
    private static final Path ROOT = Path.of("src/test/resources/docrootaudit");

    /** A behaviour of this package. */
    Golden(String behaviour) {
        this(of("report", behaviour).directory);
    }

    /** A behaviour of another package. */
    public static Golden of(String name, String behaviour) {
        return new Golden(ROOT.resolve(name).resolve(behaviour));
    }

    /** What a test has to write. */
    public interface Writing {
        void to(OutputStream out) throws IOException;
    }

    public void expect(String file, Writing writing) throws IOException {
        byte[] actual = bytes(writing);
        Path expected = directory.resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(expected.getParent());
            Files.write(expected, actual);
        }
        assertEquals(
                Files.readString(expected, StandardCharsets.UTF_8), new String(actual, StandardCharsets.UTF_8), file);
    }

    static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toByteArray();
    }

    static String text(Writing writing) throws IOException {
        return new String(bytes(writing), StandardCharsets.UTF_8);
    }
}
