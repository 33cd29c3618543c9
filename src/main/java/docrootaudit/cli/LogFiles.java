package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import docrootaudit.audit.LogFinder;
import docrootaudit.audit.LogInput;
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
 * @param age whether those that were rotated are meant too
 * @param host the machine
 * @param servers knows what the servers' configurations name
 */
record LogFiles(Age age, Host host, LogFinder servers) {
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
     * @param notes what is named and cannot be read, a sentence each
     * @param failures what could not be looked at, a sentence each
     */
    record Found(List<LogInput> files, List<String> notes, List<String> failures) {
        Found() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** Those that the servers' configurations name, else those where distributions have them; and the kernel's. */
    Found usual() throws UsageException {
        Found found = new Found();
        LogFinder.Found named = servers.find();
        for (LogInput log : named.logs()) {
            found.files().add(log);
            if (age == Age.ROTATED) {
                found.files().addAll(servers.rotated(log));
            }
        }
        if (named.logs().isEmpty()) {
            for (String directory : DIRECTORIES) {
                if (Files.isDirectory(Path.of(directory))) {
                    addAll(Path.of(directory), found);
                }
            }
        } else {
            found.notes().addAll(named.notes());
        }
        for (String file : OF_THE_KERNEL) {
            if (Files.exists(Path.of(file))) {
                found.files().add(LogInput.of(PathBytes.of(file)));
            }
        }
        return found;
    }

    /** Those that the service follows. */
    Found configured(List<PathBytes> files) {
        Found found = new Found();
        files.forEach(file -> found.files().add(servers.named(file)));
        return found;
    }

    /** Those that were named, and what is in the directories among them. */
    Found named(List<String> arguments) throws UsageException {
        Found found = new Found();
        for (String argument : arguments) {
            Path path = RawArguments.file(argument);
            if (Files.isDirectory(path)) {
                addAll(path, found);
            } else {
                found.files().add(servers.named(Paths.absolute(host, RawArguments.path(argument))));
            }
        }
        return found;
    }

    private void addAll(Path directory, Found found) throws UsageException {
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
        for (PathBytes file : files) {
            found.files().add(servers.named(Paths.absolute(host, file)));
        }
    }

    /** A path's bytes, whatever the locale can spell. */
    private static PathBytes bytes(Path path) {
        String spelled = path.toUri().getRawPath();
        return PathBytes.of(URLDecoder.decode(spelled.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1));
    }
}
