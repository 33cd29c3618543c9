package docrootaudit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packages as files. */
class PackageIT {
    @Test
    void lintian_has_nothing_to_complain_of() throws Exception {
        // profile: whatever Debian derivative the build runs on
        var command =
                new java.util.ArrayList<>(List.of("lintian", "--profile", "debian", "--fail-on", "error,warning"));
        command.add("--allow-root");
        Packages.all().forEach(deb -> command.add(deb.toString()));

        assertEquals("", Ran.of(command).fine());
    }

    /** The machine's number in elf(5), as elf.h has it. */
    @ParameterizedTest
    @CsvSource({"amd64, 62", "arm64, 183"})
    void each_holds_the_library_of_its_architecture(String architecture, int machine) throws Exception {
        Path deb = Packages.of(architecture);

        assertEquals(architecture, field(deb, "Architecture"));
        assertEquals(
                Integer.toString(machine),
                Ran.of(List.of(
                                "sh",
                                "-c",
                                "dpkg-deb --fsys-tarfile " + deb
                                        + " | tar -xO ./usr/lib/docroot-audit/libjnidispatch.so"
                                        + " | od -An -t u2 -j 18 -N 2"))
                        .fine());
    }

    private static String field(Path deb, String name) throws Exception {
        return Ran.of(List.of("dpkg-deb", "--field", deb.toString(), name)).fine();
    }
}
