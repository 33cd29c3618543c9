package docrootaudit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packages that the build has made. */
final class Packages {
    private Packages() {}

    static List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>();
        try (var debs =
                Files.newDirectoryStream(Path.of(System.getProperty("audit.packages")), "docroot-audit_*.deb")) {
            debs.forEach(all::add);
        }
        return all;
    }

    /** The one for this machine. */
    static Path own() throws IOException, InterruptedException {
        String architecture = Ran.of(List.of("dpkg", "--print-architecture")).fine();
        return of(architecture);
    }

    static Path of(String architecture) throws IOException {
        return all().stream()
                .filter(deb -> deb.toString().endsWith("_" + architecture + ".deb"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the build made no package for " + architecture));
    }
}
