package docrootaudit.linux;

import docrootaudit.access.AclEntry;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A random tree on the real file system: all modes, several owners, ACLs of all sorts, links of every kind, mounts. */
final class RandomTree implements AutoCloseable {
    static final int[] IDS = {0, 33, 61001, 61002, 61003, 0xee6b2801};
    private static final Path PROTECTED = Path.of("/proc/sys/fs/protected_symlinks");

    private final Path top;
    private final Random random;
    private final String protectedBefore;
    private final List<Path> directories = new ArrayList<>();
    private final List<Path> entries = new ArrayList<>();
    private final List<Path> mounts = new ArrayList<>();
    private int round;

    RandomTree(Path top, Random random) throws IOException {
        this.top = top;
        this.random = random;
        this.protectedBefore = Files.readString(PROTECTED);
        run("chmod", "755", top.toString());
    }

    Path top() {
        return top;
    }

    /** Grows another tree beside the last and returns paths to ask about: all of it, and detours through it. */
    List<PathBytes> regrow() throws IOException {
        directories.clear();
        entries.clear();
        Path root = Files.createDirectory(top.resolve("t" + round++));
        directories.add(root);
        for (int i = 0; i < 60; i++) {
            add("d" + i, Kind.DIRECTORY);
        }
        mount("tmpfs", "noexec", add("noexec", Kind.DIRECTORY));
        mount("tmpfs", "exec", add("exec", Kind.DIRECTORY));
        for (int i = 0; i < 220; i++) {
            add("f" + i, Kind.FILE);
        }
        for (int i = 0; i < 120; i++) {
            add("l" + i, Kind.LINK);
        }
        chainOfLinks(root);
        List<Path> own = new ArrayList<>(entries);
        for (Path entry : own) {
            if (!Files.isSymbolicLink(entry)) {
                dress(entry);
            } else {
                chown(entry);
            }
        }
        dress(root);
        List<PathBytes> paths = new ArrayList<>();
        for (Path entry : own) {
            paths.add(PathBytes.of(entry.toString()));
        }
        for (int i = 0; i < 150; i++) {
            paths.add(PathBytes.of(detour()));
        }
        paths.add(PathBytes.of(root + "/" + "n".repeat(255)));
        paths.add(PathBytes.of(root + "/" + "n".repeat(256)));
        paths.add(PathBytes.of(root + "/" + "./".repeat(2100) + "x"));
        return paths;
    }

    private enum Kind {
        DIRECTORY,
        FILE,
        LINK
    }

    private Path add(String name, Kind kind) throws IOException {
        Path parent = directories.get(random.nextInt(directories.size()));
        Path path = parent.resolve(name);
        switch (kind) {
            case DIRECTORY -> {
                Files.createDirectory(path);
                directories.add(path);
            }
            case FILE -> Files.createFile(path);
            case LINK -> Files.createSymbolicLink(path, Path.of(target(parent)));
        }
        entries.add(path);
        return path;
    }

    private String target(Path from) {
        return switch (random.nextInt(8)) {
            case 0 -> "nowhere";
            case 1 -> from.relativize(pick()) + "/";
            case 2 -> pick().toString();
            case 3 -> pickDirectory() + "/../" + pickDirectory().getFileName();
            case 4 -> from.relativize(pickDirectory()) + "/.";
            case 5 -> pickDirectory() + "//./" + "f" + random.nextInt(40);
            default -> {
                Path relative = from.relativize(pick());
                yield relative.toString().isEmpty() ? "." : relative.toString();
            }
        };
    }

    private Path pick() {
        return entries.get(random.nextInt(entries.size()));
    }

    private Path pickDirectory() {
        return directories.get(random.nextInt(directories.size()));
    }

    /** 45 links in a row, each to the one before: the 41st and later are too many. */
    private void chainOfLinks(Path root) throws IOException {
        Path end = Files.createFile(root.resolve("chain"));
        entries.add(end);
        for (int i = 1; i <= 45; i++) {
            Path link = root.resolve("chain" + i);
            Files.createSymbolicLink(link, Path.of(i == 1 ? "chain" : "chain" + (i - 1)));
            if (i > 37) {
                entries.add(link);
            }
        }
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        entries.add(root.resolve("loop"));
    }

    private String detour() {
        String base = pick().toString();
        return switch (random.nextInt(6)) {
            case 0 -> base + "/.";
            case 1 -> base + "/";
            case 2 -> base + "/..";
            case 3 -> pickDirectory() + "/../" + pickDirectory().getFileName() + "/f" + random.nextInt(220);
            case 4 -> pickDirectory() + "/./../" + pick().getFileName();
            default -> base + "/below";
        };
    }

    private void chown(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", anId(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", anId(), LinkOption.NOFOLLOW_LINKS);
    }

    private int anId() {
        return IDS[random.nextInt(IDS.length)];
    }

    /** Gives an inode an owner, a mode and perhaps ACLs; directories are open more often, or nothing would be reached. */
    private void dress(Path path) throws IOException {
        chown(path);
        boolean directory = Files.isDirectory(path);
        int mode = random.nextInt(01000);
        if (directory) {
            mode |= random.nextInt(4) > 0 ? 0111 : 0;
            mode |= random.nextInt(6) == 0 ? 01002 : random.nextInt(4) == 0 ? 01000 : 0;
        }
        Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
        if (random.nextInt(3) == 0) {
            setAcl(path, AclReader.ACCESS, anAcl());
            if (random.nextInt(4) == 0) {
                Files.setAttribute(path, "unix:mode", random.nextInt(01000), LinkOption.NOFOLLOW_LINKS);
            }
        }
        if (directory && random.nextInt(5) == 0) {
            setAcl(path, AclReader.DEFAULT, anAcl());
        }
    }

    private PosixAcl anAcl() {
        Map<Long, AclEntry> named = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int id = anId();
            boolean user = random.nextBoolean();
            AclEntry entry = user ? AclEntry.user(id, random.nextInt(8)) : AclEntry.group(id, random.nextInt(8));
            named.put((user ? 0L : 1L << 40) + Integer.toUnsignedLong(id), entry);
        }
        List<AclEntry> entries = new ArrayList<>();
        entries.add(AclEntry.of(AclEntry.Tag.OWNER, random.nextInt(8)));
        named.values().stream().filter(e -> e.tag() == AclEntry.Tag.NAMED_USER).forEach(entries::add);
        entries.add(AclEntry.of(AclEntry.Tag.OWNING_GROUP, random.nextInt(8)));
        named.values().stream().filter(e -> e.tag() == AclEntry.Tag.NAMED_GROUP).forEach(entries::add);
        if (!named.isEmpty() || random.nextBoolean()) {
            int bits = random.nextInt(3) == 0 ? 0 : random.nextInt(8);
            entries.add(new AclEntry(AclEntry.Tag.MASK, 0, new Permissions(bits)));
        }
        entries.add(AclEntry.of(AclEntry.Tag.OTHER, random.nextInt(8)));
        return new PosixAcl(entries);
    }

    private static void setAcl(Path path, byte[] attribute, PosixAcl acl) throws IOException {
        Xattrs.set(path, attribute, acl.toBytes());
    }

    private void mount(String type, String options, Path at) throws IOException {
        run("mount", "-t", type, "-o", options, type, at.toString());
        mounts.add(at);
    }

    void protectSymlinks(boolean on) throws IOException {
        Files.writeString(PROTECTED, on ? "1" : "0");
    }

    @Override
    public void close() throws IOException {
        Files.writeString(PROTECTED, protectedBefore.trim());
        for (int i = mounts.size() - 1; i >= 0; i--) {
            run("umount", mounts.get(i).toString());
        }
        try (Stream<Path> all = Files.walk(top)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    static void run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
