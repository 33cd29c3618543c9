package docrootaudit.linux;

import docrootaudit.access.Capability;
import docrootaudit.access.CapabilityReach;
import docrootaudit.access.GroupSet;
import docrootaudit.access.Principal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Running processes as the kernel describes them in {@code /proc} (proc_pid_status(5)). */
public final class Processes {
    private static final Path PROC = Path.of("/proc");
    private static final Set<String> WEB_SERVERS = Set.of("nginx", "apache2", "httpd");

    /**
     * A worker of a web server.
     *
     * @param pid its process id
     * @param program nginx, apache2 or httpd
     * @param uid whom it runs as (unsigned)
     */
    public record Worker(long pid, String program, int uid) {}

    /**
     * What the kernel checks access by, for a process: filesystem uid and gid (the fourth numbers), supplementary
     * groups, effective capabilities.
     *
     * @throws IOException if there is no such process, or it has ended
     */
    public Principal identity(long pid) throws IOException {
        Map<String, String> status = status(pid);
        String[] groups = status.getOrDefault("Groups", "").trim().split("\\s+");
        int[] gids = java.util.Arrays.stream(groups)
                .filter(g -> !g.isEmpty())
                .mapToInt(Integer::parseUnsignedInt)
                .toArray();
        long effective = Long.parseUnsignedLong(status.get("CapEff").trim(), 16);
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if ((effective >>> capability.number() & 1) != 0) {
                capabilities.add(capability);
            }
        }
        return new Principal(
                fourth(status.get("Uid")),
                fourth(status.get("Gid")),
                new GroupSet(gids),
                capabilities,
                capabilities.isEmpty() ? CapabilityReach.EVERYTHING : reach(pid));
    }

    /**
     * The capabilities of a process in a user namespace of its own end at the ids that are mapped there
     * (user_namespaces(7)). The second number of a line of its maps is the id as seen from here.
     */
    private static CapabilityReach reach(long pid) throws IOException {
        return isInOurUserNamespace(pid)
                ? CapabilityReach.EVERYTHING
                : new CapabilityReach(mapped(pid, "uid_map"), mapped(pid, "gid_map"));
    }

    private static boolean isInOurUserNamespace(long pid) throws IOException {
        try {
            return Files.readSymbolicLink(process(pid, "ns/user"))
                    .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
        } catch (AccessDeniedException e) {
            // the link is for whoever may trace the process; the maps are for everybody
            return Files.readString(process(pid, "uid_map")).equals(Files.readString(Path.of("/proc/self/uid_map")))
                    && Files.readString(process(pid, "gid_map"))
                            .equals(Files.readString(Path.of("/proc/self/gid_map")));
        }
    }

    private static List<CapabilityReach.Range> mapped(long pid, String map) throws IOException {
        List<CapabilityReach.Range> ranges = new ArrayList<>();
        for (String line : Files.readAllLines(process(pid, map))) {
            String[] numbers = line.trim().split("\\s+");
            ranges.add(new CapabilityReach.Range(Long.parseLong(numbers[1]), Long.parseLong(numbers[2])));
        }
        return ranges;
    }

    /**
     * The running workers of web servers: those that are not root, and not in a container, which has files of its own
     * (pid_namespaces(7)).
     */
    public List<Worker> webWorkers() {
        List<Worker> workers = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                webWorker(Long.parseLong(process.getFileName().toString())).ifPresent(workers::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return workers;
        }
        return workers;
    }

    /** The name of the program that a process runs, cut to fifteen bytes by the kernel; empty if there is none. */
    public String program(long pid) {
        return read(process(pid, "comm")).orElse("");
    }

    private Optional<Worker> webWorker(long pid) {
        try {
            String program = Files.readString(process(pid, "comm")).trim();
            if (!WEB_SERVERS.contains(program)) {
                return Optional.empty();
            }
            Map<String, String> status = status(pid);
            int uid = fourth(status.get("Uid"));
            boolean contained =
                    depth(status) > depth(status(ProcessHandle.current().pid()));
            return uid == 0 || contained || isOver(status)
                    ? Optional.empty()
                    : Optional.of(new Worker(pid, program, uid));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it has ended meanwhile, or is hidden from us
        }
    }

    /** Whether it has ended, and only its parent has not asked how (State in proc_pid_status(5)). */
    static boolean isOver(Map<String, String> status) {
        String state = status.getOrDefault("State", "").trim();
        return state.startsWith("Z") || state.startsWith("X");
    }

    /** How deep the process is in nested PID namespaces: it has a number in each. */
    static int depth(Map<String, String> status) {
        return status.getOrDefault("NSpid", "").trim().split("\\s+").length;
    }

    /** Whether the kernel restricts trailing links in sticky directories (proc_sys_fs(5)). */
    public boolean protectedSymlinks() {
        try {
            return !Files.readString(Path.of("/proc/sys/fs/protected_symlinks"))
                    .trim()
                    .equals("0");
        } catch (IOException e) {
            return true; // the default of every distribution
        }
    }

    /**
     * Which security module may refuse what modes and ACLs grant, one sentence each.
     *
     * @param workers whose confinement counts
     */
    public List<String> confinement(List<Long> workers) {
        List<String> sentences = new ArrayList<>();
        if (read(Path.of("/sys/fs/selinux/enforce")).filter(t -> t.equals("1")).isPresent()) {
            sentences.add("SELinux is enforcing: what modes and ACLs allow, its policy may still refuse");
        }
        for (long pid : workers) {
            read(process(pid, "attr/apparmor/current"))
                    .or(() -> read(process(pid, "attr/current")))
                    .filter(t -> t.endsWith("(enforce)"))
                    .ifPresent(profile -> sentences.add("AppArmor confines process " + pid + " by " + profile
                            + ": what modes and ACLs allow, the profile may still refuse"));
        }
        return sentences;
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1)
                    .replace("\0", "")
                    .trim());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Map<String, String> status(long pid) throws IOException {
        Map<String, String> status = new HashMap<>();
        for (String line : Files.readAllLines(process(pid, "status"), StandardCharsets.ISO_8859_1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                status.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return status;
    }

    private static Path process(long pid, String file) {
        return PROC.resolve(Long.toString(pid)).resolve(file);
    }

    private static int fourth(String numbers) {
        return Integer.parseUnsignedInt(numbers.trim().split("\\s+")[3]);
    }
}
