package docrootaudit.linux;

import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The masters of running web servers and PHP-FPM, each with its workers. Those in containers are left out: they have
 * files and addresses of their own (pid_namespaces(7)).
 */
public final class ServerProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern PROGRAM = Pattern.compile("(nginx|apache2|httpd|php-fpm)[0-9.]*");
    private static final Pattern UNIT = Pattern.compile(".*/([^/]+\\.service)(?:/.*)?");
    /** Ticks a second of the times in {@code /proc/PID/stat}: USER_HZ, 100 on every architecture (time(7)). */
    private static final int TICKS = 100;
    /** Where {@code starttime} stands behind the name in parentheses (proc_pid_stat(5)). */
    private static final int START_TIME = 19;

    /**
     * The process that others of its kind are children of.
     *
     * @param program nginx, apache2, httpd or php-fpm
     * @param arguments its command line; nginx and PHP-FPM have written a title over it
     * @param directory its working directory; empty if that is hidden from us
     * @param workers its children, the youngest first
     * @param unit the systemd unit that it belongs to
     */
    public record Master(
            long pid,
            String program,
            List<PathBytes> arguments,
            Optional<PathBytes> directory,
            List<Child> workers,
            Optional<String> unit,
            Instant started) {}

    /**
     * A child of a master.
     *
     * @param title what it calls itself
     */
    public record Child(long pid, String title, Instant started) {}

    private record Seen(long pid, long parent, String program) {}

    /** All that run now, the oldest first. */
    public List<Master> masters() {
        Map<Long, Seen> seen = new LinkedHashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                seen(Long.parseLong(process.getFileName().toString())).ifPresent(s -> seen.put(s.pid(), s));
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        List<Master> masters = new ArrayList<>();
        for (Seen one : seen.values()) {
            Seen parent = seen.get(one.parent());
            if (parent == null || !parent.program().equals(one.program())) {
                master(one, seen).ifPresent(masters::add);
            }
        }
        masters.sort(Comparator.comparing(Master::started).thenComparing(Master::pid));
        return masters;
    }

    /** The variables that a process was started with; none if they are hidden from us. */
    public Map<String, String> environment(long pid) {
        Map<String, String> environment = new LinkedHashMap<>();
        try {
            for (PathBytes word : words(Files.readAllBytes(process(pid, "environ")))) {
                String text = new String(word.bytes(), StandardCharsets.ISO_8859_1);
                int equals = text.indexOf('=');
                if (equals > 0) {
                    environment.put(text.substring(0, equals), text.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            return Map.of();
        }
        return environment;
    }

    private static Optional<Seen> seen(long pid) {
        try {
            Matcher program =
                    PROGRAM.matcher(Files.readString(process(pid, "comm")).trim());
            if (!program.matches()) {
                return Optional.empty();
            }
            Map<String, String> status = Processes.status(pid);
            boolean contained = Processes.depth(status)
                    > Processes.depth(Processes.status(ProcessHandle.current().pid()));
            return contained || Processes.isOver(status)
                    ? Optional.empty()
                    : Optional.of(
                            new Seen(pid, Long.parseLong(status.get("PPid").trim()), program.group(1)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it has ended meanwhile, or is hidden from us
        }
    }

    private static Optional<Master> master(Seen one, Map<Long, Seen> seen) {
        try {
            List<Child> workers = new ArrayList<>();
            for (Seen child : seen.values()) {
                if (child.parent() == one.pid() && child.program().equals(one.program())) {
                    child(child.pid()).ifPresent(workers::add);
                }
            }
            workers.sort(Comparator.comparing(Child::started)
                    .reversed()
                    .thenComparing(Comparator.comparing(Child::pid).reversed()));
            return Optional.of(new Master(
                    one.pid(),
                    one.program(),
                    words(Files.readAllBytes(process(one.pid(), "cmdline"))),
                    directory(one.pid()),
                    workers,
                    unit(one.pid()),
                    started(one.pid())));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Child> child(long pid) {
        try {
            String title = new String(Files.readAllBytes(process(pid, "cmdline")), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .trim();
            return Optional.of(new Child(pid, title, started(pid)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<PathBytes> directory(long pid) {
        Scratch scratch = Scratch.ofThread();
        long link = scratch.put(0, PathBytes.of(process(pid, "cwd").toString()));
        int room = scratch.size() / 2;
        long size = Libc.readlinkat(Libc.AT_FDCWD, link, scratch.address + room, room);
        return size < 0 ? Optional.empty() : Optional.of(PathBytes.of(scratch.get(room, (int) size)));
    }

    private static Optional<String> unit(long pid) throws IOException {
        for (String line : Files.readAllLines(process(pid, "cgroup"), StandardCharsets.ISO_8859_1)) {
            Matcher unit = UNIT.matcher(line);
            if (unit.matches()) {
                return Optional.of(unit.group(1));
            }
        }
        return Optional.empty();
    }

    private static Instant started(long pid) throws IOException {
        String stat = new String(Files.readAllBytes(process(pid, "stat")), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        long ticks = Long.parseLong(fields[START_TIME]);
        double uptime =
                Double.parseDouble(Files.readString(PROC.resolve("uptime")).split(" ")[0]);
        return Instant.now().minus(Duration.ofMillis((long) (uptime * 1000) - ticks * 1000 / TICKS));
    }

    private static List<PathBytes> words(byte[] text) {
        List<PathBytes> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length || text[i] == 0) {
                if (i > start) {
                    words.add(PathBytes.of(text, start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    private static Path process(long pid, String file) {
        return PROC.resolve(Long.toString(pid)).resolve(file);
    }
}
