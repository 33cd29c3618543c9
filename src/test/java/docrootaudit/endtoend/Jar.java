package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The packaged program, called as people call it: from a shell, whatever bytes the arguments have. */
final class Jar {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    /** Where everybody can read it; the build may be in a place of root's own. */
    private static final Path PUBLIC = copied();

    private final Path jar;
    private final String before;
    private final String through;
    private final String heap;
    private final List<String> system;

    private Jar(Path jar, String before, String through, String heap, List<String> system) {
        this.jar = jar;
        this.before = before;
        this.through = through;
        this.heap = heap;
        this.system = system;
    }

    private static Path copied() {
        try {
            Path copy = Files.createTempFile(Path.of("/var/tmp"), "audit-it", ".jar");
            Files.copy(Path.of(System.getProperty("audit.jar")), copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            copy.toFile().deleteOnExit();
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another copy of the program. */
    Jar at(Path other) {
        return new Jar(other, before, through, heap, system);
    }

    static Jar audit() {
        return new Jar(PUBLIC, "", "", "-Xmx256m", List.of());
    }

    /** After these words of a shell, such as assignments or {@code cd /srv;}. */
    Jar after(String words) {
        return new Jar(jar, before + words + " ", through, heap, system);
    }

    /** By a program that becomes this one, such as setpriv(1). */
    Jar through(String program) {
        return new Jar(jar, before, through + program + " ", heap, system);
    }

    Jar in(String locale) {
        return after("export LC_ALL=" + locale + ";");
    }

    Jar with(String systemProperty) {
        List<String> more = new ArrayList<>(system);
        more.add("-D" + systemProperty);
        return new Jar(jar, before, through, heap, more);
    }

    Jar heap(String most) {
        return new Jar(jar, before, through, "-Xmx" + most, system);
    }

    /** Runs to the end. */
    Answer run(String... arguments) throws IOException, InterruptedException {
        return Shell.run(command(bytes(arguments)));
    }

    Answer run(byte[]... arguments) throws IOException, InterruptedException {
        return Shell.run(command(List.of(arguments)));
    }

    /** Starts it; the process is the program itself, not a shell around it. */
    Running start(String... arguments) throws IOException {
        return Running.start(command(bytes(arguments)));
    }

    /** The words of a shell that become the program. */
    String command(List<byte[]> arguments) {
        StringBuilder command = new StringBuilder(before)
                .append("exec ")
                .append(through)
                .append(JAVA)
                .append(' ')
                .append(heap);
        system.forEach(s -> command.append(' ').append(Shell.quote(s.getBytes(US_ASCII))));
        command.append(" -jar ").append(Shell.quote(jar.toString().getBytes(UTF_8)));
        arguments.forEach(a -> command.append(' ').append(Shell.quote(a)));
        return command.toString();
    }

    private static List<byte[]> bytes(String... arguments) {
        return java.util.Arrays.stream(arguments).map(a -> a.getBytes(UTF_8)).toList();
    }
}
