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

    /**
     * What was found.
     *
     * @param files to be read
     * @param failures what could not be looked at, a sentence each
     */
    record Found(List<PathBytes> files, List<String> failures) {
        Found() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Where distributions have them; those that are there. */
    Found usual() {
        Found found = new Found();
        for (String directory : DIRECTORIES) {
            if (Files.isDirectory(Path.of(directory))) {
                addAll(Path.of(directory), found);
            }
        }
        OF_THE_KERNEL.stream()
                .filter(f -> Files.exists(Path.of(f)))
                .map(PathBytes::of)
                .forEach(found.files()::add);
        return found;
    }

    /** Those that were named, and what is in the directories among them. */
    Found named(List<String> arguments) {
        Found found = new Found();
        for (String argument : arguments) {
            Path path = RawArguments.file(argument);
            if (Files.isDirectory(path)) {
                addAll(path, found);
            } else {
                found.files().add(RawArguments.path(argument));
            }
        }
        return found;
    }

    private void addAll(Path directory, Found found) {
        List<PathBytes> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean isOld = OLD.matcher(name).matches();
                if (Files.isRegularFile(entry) && !FOREIGN.matcher(name).matches() && (!isOld || age == Age.ROTATED)) {
                    files.add(bytes(entry));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            found.failures().add(bytes(directory) + " cannot be listed: run as somebody who may read the logs");
        }
        files.sort(PathBytes::compareTo);
        found.files().addAll(files);
    }

    /** A path's bytes, whatever the locale can spell. */
    private static PathBytes bytes(Path path) {
        String spelled = path.toUri().getRawPath();
        return PathBytes.of(URLDecoder.decode(spelled.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1));
    }
}
