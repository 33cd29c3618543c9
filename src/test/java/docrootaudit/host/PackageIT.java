package docrootaudit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packages as files. */
class PackageIT {
    @Test
    void lintian_finds_no_error() throws Exception {
        List<String> command = new ArrayList<>(List.of("lintian", "--allow-root", "--fail-on", "error"));
        // whatever derivative of Debian the build runs on
        command.addAll(List.of("--profile", "debian"));
        Packages.all().forEach(deb -> command.add(deb.toString()));

        Ran.of(command).fine();
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
