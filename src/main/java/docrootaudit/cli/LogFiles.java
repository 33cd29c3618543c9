package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files are read as logs.
 *
 * @param age which of a directory's files
 */
record LogFiles(Age age) {
    /** Whether the logs of before are meant too. */
    enum Age {
        CURRENT,
        ROTATED
    }

    private static final List<String> DIRECTORIES = List.of("/var/log/nginx", "/var/log/apache2", "/var/log/httpd");
    private static final List<String> OF_THE_KERNEL = List.of("/var/log/audit/audit.log", "/var/log/kern.log");

    /** As logrotate(8) names them: {@code error.log.1}, {@code error.log.2.gz}, {@code error_log-20261126}. */
    private static final Pattern OLD = Pattern.compile(".*(\\.[0-9]+|-[0-9]{8}([.-][0-9]+)?)(\\.gz)?|.*\\.gz");

    /** As logrotate(8) compresses them otherwise, which is not read here. */
    private static final Pattern FOREIGN = Pattern.compile(".*\\.(xz|bz2|zst)");

    /** Where distributions have them; those that are there. */
    List<PathBytes> usual() throws FailedException {
        List<PathBytes> found = new ArrayList<>();
        for (String directory : DIRECTORIES) {
            if (Files.isDirectory(Path.of(directory))) {
                found.addAll(in(Path.of(directory)));
            }
        }
        OF_THE_KERNEL.stream()
                .filter(f -> Files.exists(Path.of(f)))
                .map(PathBytes::of)
                .forEach(found::add);
        return found;
    }

    /** Those that were named, and what is in the directories among them. */
    List<PathBytes> named(List<String> arguments) throws FailedException {
        List<PathBytes> found = new ArrayList<>();
        for (String argument : arguments) {
            Path path = RawArguments.file(argument);
            if (Files.isDirectory(path)) {
                found.addAll(in(path));
            } else {
                found.add(RawArguments.path(argument));
            }
        }
        return found;
    }

    private List<PathBytes> in(Path directory) throws FailedException {
        List<PathBytes> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean isOld = OLD.matcher(name).matches();
                if (Files.isRegularFile(entry) && !FOREIGN.matcher(name).matches() && (!isOld || age == Age.ROTATED)) {
                    found.add(bytes(entry));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new FailedException(
                    PathBytes.of(directory.toString()) + " cannot be listed: run as whoever may read the logs", e);
        }
        found.sort(PathBytes::compareTo);
        return found;
    }

    /** A path's bytes, whatever the locale can spell. */
    private static PathBytes bytes(Path path) {
        String spelled = path.toUri().getRawPath();
        return PathBytes.of(URLDecoder.decode(spelled.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1));
    }
}
