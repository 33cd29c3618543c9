package docrootaudit.linux;

import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import docrootaudit.walk.Mounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** Their modes are no files' own but the mount's options {@code umask}, {@code fmask} and {@code dmask}. */
    private static final Set<String> WITHOUT_MODES = Set.of("vfat", "msdos", "exfat");

    private final Path file;
    private final Optional<MountTable> host;
    private volatile Map<Long, Mount> byId = Map.of();
    private volatile Map<Long, Mount> byDevice = Map.of();
    private volatile Map<PathBytes, String> hazardous = Map.of();
    private volatile Set<PathBytes> automounts = Set.of();
    private volatile Map<Mount, String> fixed = Map.of();

    MountTable(Path file) throws IOException {
        this(file, Optional.empty());
    }

    /**
     * The mounts that another process sees.
     *
     * @param host those of this process: chroot(2) hides from a process the very mount that its root directory is on
     */
    MountTable(Path file, Optional<MountTable> host) throws IOException {
        this.file = file;
        this.host = host;
        read();
    }

    /** The mount of an inode, by its number or, where a kernel tells none, by its device. */
    Mount of(StatxBuffer stat) {
        Mount known = find(stat);
        if (known == null) {
            known = ofHost(stat);
        }
        if (known != null) {
            return known;
        }
        try {
            read();
            if (host.isPresent()) {
                host.get().read();
            }
        } catch (IOException e) {
            // what was read before still holds for the mounts that were there before
        }
        known = find(stat);
        if (known == null) {
            known = ofHost(stat);
        }
        return known != null
                ? known
                : new Mount("unknown", PathBytes.ROOT, false, false, Optional.of("its mount is not in " + file));
    }

    private Mount find(StatxBuffer stat) {
        long id = stat.mountId();
        return id >= 0 ? byId.get(id) : byDevice.get(stat.device());
    }

    /** By its number alone, which no two mounts share, in whatever namespaces they are. */
    private Mount ofHost(StatxBuffer stat) {
        return host.isPresent() && stat.mountId() >= 0 ? host.get().find(stat) : null;
    }

    /** Why no permissions can be changed on a mount of this table, if so. */
    Optional<String> fixed(Mount mount) {
        return Optional.ofNullable(fixed.get(mount));
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
    public List<Mount> all() {
        return List.copyOf(byId.values());
    }

    private synchronized void read() throws IOException {
        Map<Long, Mount> ids = new HashMap<>();
        Map<Long, Mount> devices = new HashMap<>();
        Map<Long, Line> lines = new LinkedHashMap<>();
        for (byte[] text : lines(Files.readAllBytes(file))) {
            Optional<Line> read = line(text);
            read.ifPresent(line -> {
                lines.put(line.id(), line);
                ids.put(line.id(), line.mount());
                devices.put(line.device(), line.mount());
            });
        }
        Map<PathBytes, String> hazards = new HashMap<>();
        Set<PathBytes> triggers = new HashSet<>();
        for (Mount mount : visible(lines)) {
            hazard(mount.fileSystem()).ifPresent(why -> hazards.put(mount.point(), why));
            if (mount.fileSystem().equals("autofs")) {
                triggers.add(mount.point());
            }
        }
        byId = ids;
        fixed = fixed(lines.values());
        byDevice = devices;
        hazardous = Map.copyOf(hazards);
        automounts = Set.copyOf(triggers);
    }

    /**
     * Read-only is the whole file system, or one mount of it. Another process's mounts tell only the former: whoever
     * mends stands outside its sandbox. Neither do those of a sandbox of our own (systemd's ProtectSystem=strict), to be
     * seen by a root directory that could be written to.
     */
    private Map<Mount, String> fixed(Collection<Line> lines) {
        boolean sandbox = lines.stream()
                .anyMatch(l -> l.mount().point().equals(PathBytes.ROOT) && l.readOnly() && !l.readOnlyFileSystem());
        boolean mountsTell = host.isEmpty() && !sandbox;
        Map<Mount, String> why = new HashMap<>();
        for (Line line : lines) {
            Mount mount = line.mount();
            if (line.readOnlyFileSystem() || (mountsTell && line.readOnly())) {
                why.put(mount, "the mount " + mount.point() + " is read-only");
            } else if (WITHOUT_MODES.contains(mount.fileSystem())) {
                why.put(
                        mount,
                        "on " + mount.fileSystem() + " all permissions are options of the mount " + mount.point());
            }
        }
        return why;
    }

    /** One line of the table. */
    private record Line(long id, long parent, long device, Mount mount, boolean readOnly, boolean readOnlyFileSystem) {}

    private static Optional<Line> line(byte[] text) {
        // ISO 8859-1 keeps every byte of a mount point
        String[] fields = new String(text, StandardCharsets.ISO_8859_1).split(" ");
        int dash = Arrays.asList(fields).indexOf("-");
        if (fields.length < 10 || dash < 6) {
            return Optional.empty();
        }
        PathBytes point = PathBytes.of(unescape(fields[4]));
        String type = fields[dash + 1];
        Set<String> options = set(fields[5]);
        Set<String> superOptions = set(fields[fields.length - 1]);
        boolean noexec = options.contains("noexec") || superOptions.contains("noexec");
        // whether the kernel asks the ACLs of a program's files is not to be seen: none is to be relied upon
        Mount mount = new Mount(
                type,
                point,
                noexec,
                options.contains("nosymfollow"),
                unknowable(type, superOptions),
                !isFuse(type),
                options.contains("idmapped"));
        String[] device = fields[2].split(":");
        return Optional.of(new Line(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Long.parseLong(device[0]) << 32 | Long.parseLong(device[1]),
                mount,
                options.contains("ro"),
                superOptions.contains("ro")));
    }

    /**
     * The mounts that a path can lead to: neither covered by one on the same point nor below a point that another one
     * covers. The order of the lines does not tell (a mount can be moved, or slipped beneath another), parents do.
     */
    private static List<Mount> visible(Map<Long, Line> lines) {
        Map<Long, Map<PathBytes, Line>> children = new HashMap<>();
        for (Line line : lines.values()) {
            if (line.parent() != line.id()) {
                children.computeIfAbsent(line.parent(), parent -> new HashMap<>())
                        .put(line.mount().point(), line);
            }
        }
        List<Mount> visible = new ArrayList<>();
        for (Line line : lines.values()) {
            boolean covered = children.getOrDefault(line.id(), Map.of())
                    .containsKey(line.mount().point());
            if (!covered && !isHidden(line, lines, children)) {
                visible.add(line.mount());
            }
        }
        return visible;
    }

    private static boolean isHidden(Line line, Map<Long, Line> lines, Map<Long, Map<PathBytes, Line>> children) {
        Line at = line;
        for (int depth = 0; at != null && depth < lines.size(); depth++) {
            Line parent = lines.get(at.parent());
            if (parent == null || parent.id() == at.id()) {
                return false;
            }
            Map<PathBytes, Line> siblings = children.get(parent.id());
            Optional<PathBytes> above = at.mount().point().parent();
            while (above.isPresent() && above.get().startsWith(parent.mount().point())) {
                if (siblings.containsKey(above.get())) {
                    return true;
                }
                above = above.get().parent();
            }
            at = parent;
        }
        return false;
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

    static boolean isFuse(String type) {
        return type.equals("fuse") || type.equals("fuseblk") || type.startsWith("fuse.");
    }

    private static List<byte[]> lines(byte[] text) {
        List<byte[]> lines = new ArrayList<>();
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
