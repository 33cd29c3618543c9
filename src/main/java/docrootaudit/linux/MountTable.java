package docrootaudit.linux;

import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import docrootaudit.walk.Mounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The mounts that a process sees: {@code /proc/PID/mountinfo} (proc_pid_mountinfo(5)). */
final class MountTable implements Mounts {
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "ceph",
            "9p",
            "afs",
            "coda",
            "lustre",
            "gpfs",
            "orangefs",
            "pvfs2",
            "ncpfs",
            "glusterfs",
            "beegfs",
            "vboxsf",
            "prl_fs");

    private final Path file;
    private volatile Map<Long, Mount> byId = Map.of();
    private volatile Map<Long, Mount> byDevice = Map.of();
    private volatile Map<PathBytes, String> hazardous = Map.of();
    private volatile Set<PathBytes> automounts = Set.of();

    MountTable(Path file) throws IOException {
        this.file = file;
        read();
    }

    /** The mount of an inode, by its number or, where a kernel tells none, by its device. */
    Mount of(StatxBuffer stat) {
        Mount known = find(stat);
        if (known != null) {
            return known;
        }
        try {
            read();
        } catch (IOException e) {
            // what was read before still holds for the mounts that were there before
        }
        known = find(stat);
        return known != null
                ? known
                : new Mount("unknown", PathBytes.ROOT, false, false, Optional.of("its mount is not in " + file));
    }

    private Mount find(StatxBuffer stat) {
        long id = stat.mountId();
        return id >= 0 ? byId.get(id) : byDevice.get(stat.device());
    }

    @Override
    public Map<PathBytes, String> hazardous() {
        return hazardous;
    }

    @Override
    public Set<PathBytes> automounts() {
        return automounts;
    }

    @Override
    public Set<Mount> all() {
        return Set.copyOf(byId.values());
    }

    private synchronized void read() throws IOException {
        Map<Long, Mount> ids = new HashMap<>();
        Map<Long, Mount> devices = new HashMap<>();
        Map<PathBytes, String> hazards = new HashMap<>();
        Set<PathBytes> triggers = new HashSet<>();
        for (byte[] line : lines(Files.readAllBytes(file))) {
            // ISO 8859-1 keeps every byte of a mount point
            String[] fields = new String(line, StandardCharsets.ISO_8859_1).split(" ");
            int dash = Arrays.asList(fields).indexOf("-");
            if (fields.length < 10 || dash < 6) {
                continue;
            }
            PathBytes point = PathBytes.of(unescape(fields[4]));
            String type = fields[dash + 1];
            Set<String> options = set(fields[5]);
            Set<String> superOptions = set(fields[fields.length - 1]);
            boolean noexec = options.contains("noexec") || superOptions.contains("noexec");
            Mount mount =
                    new Mount(type, point, noexec, options.contains("nosymfollow"), unknowable(type, superOptions));
            ids.put(Long.parseLong(fields[0]), mount);
            String[] device = fields[2].split(":");
            devices.put(Long.parseLong(device[0]) << 32 | Long.parseLong(device[1]), mount);
            hazards.remove(point);
            triggers.remove(point);
            if (type.equals("autofs")) {
                triggers.add(point);
            }
            hazard(type).ifPresent(why -> hazards.put(point, why));
        }
        byId = ids;
        byDevice = devices;
        hazardous = hazards;
        automounts = Set.copyOf(triggers);
    }

    private static Set<String> set(String options) {
        return Set.copyOf(List.of(options.split(",")));
    }

    /** Why a walk keeps off, for a file system that may not answer or that a look would mount. */
    private static Optional<String> hazard(String type) {
        if (type.equals("autofs")) {
            return Optional.of("an automount, which a look would trigger");
        } else if (isFuse(type)) {
            return Optional.of("a FUSE file system (" + type + "); name it in visit-mounts to have it scanned");
        } else if (NETWORK.contains(type)) {
            return Optional.of("a network file system (" + type + "); name it in visit-mounts to have it scanned");
        } else if (type.equals("proc")) {
            return Optional.of("the process file system");
        }
        return Optional.empty();
    }

    private static Optional<String> unknowable(String type, Set<String> options) {
        if (NETWORK.contains(type)) {
            return Optional.of("on " + type + " the server decides (root_squash, id mapping), not the bits seen here");
        } else if (isFuse(type) && !options.contains("allow_other")) {
            return Optional.of(type + " without allow_other: only the account that mounted it is let in");
        } else if (isFuse(type) && !options.contains("default_permissions")) {
            return Optional.of(type + " without default_permissions: its program decides, not the bits seen here");
        } else if (type.equals("proc")) {
            return Optional.of("the process file system answers each process differently");
        }
        return Optional.empty();
    }

    private static boolean isFuse(String type) {
        return type.equals("fuse") || type.equals("fuseblk") || type.startsWith("fuse.");
    }

    private static List<byte[]> lines(byte[] text) {
        List<byte[]> lines = new java.util.ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                lines.add(Arrays.copyOfRange(text, start, i));
                start = i + 1;
            }
        }
        return lines;
    }

    /** Space, tab, newline and backslash are written as three octal digits. */
    private static byte[] unescape(String field) {
        byte[] in = field.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '\\' && i + 3 < in.length) {
                out.write(Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.write(in[i]);
            }
        }
        return out.toByteArray();
    }
}
