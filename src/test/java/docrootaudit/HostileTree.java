package docrootaudit;

import docrootaudit.access.AclEntry;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import docrootaudit.linux.Accounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A random document root as a bad day leaves it: parts that root keeps, parts of tenants, parts where anything goes;
 * all sorts of modes, owners and ACLs, closed directories, links of every kind (also out of the root), and names that
 * hold whatever a name can hold. Beside it lies a directory that links lead to. Everybody may search what is above.
 */
final class HostileTree {
    /** Owners and groups: root, the web server, two numbers without an account, one beyond 2^31. */
    static final int[] IDS = {0, 33, 61001, 61002, 0xee6b2801};

    private static final byte[][] HOSTILE = {
        bytes(" "),
        bytes("%"),
        bytes("%2f"),
        bytes("%41"),
        bytes("?"),
        bytes("?a=b"),
        bytes("#"),
        bytes("\n"),
        bytes("\t"),
        bytes("\r"),
        bytes("é"),
        bytes("\u202e"),
        bytes("日本"),
        {(byte) 0xff},
        {(byte) 0xc3},
        {1},
        {0x1b, '[', '3', '1', 'm'},
        {0x7f},
        bytes("\\"),
        bytes("'"),
        bytes("\""),
        bytes("$(id)"),
        bytes("`"),
        bytes("*"),
        bytes(";"),
        bytes("&"),
        bytes("!x"),
        bytes("~"),
        bytes("+"),
        bytes(":"),
        bytes("="),
        bytes("<"),
        bytes("..."),
        bytes("{a,b}"),
        bytes("|"),
        bytes("^"),
        bytes("["),
        bytes("\\n")
    };

    /** Who a part belongs to, and so who can put what there. */
    private enum Part {
        ROOTS,
        TENANTS,
        ANYBODYS
    }

    private record Folder(PathBytes path, Part part, int owner) {}

    private final Random random;
    private final PathBytes site;
    private final int tenantWithAccount;
    private final List<Folder> folders = new ArrayList<>();
    private final Map<PathBytes, Inodes.Dress> inodes = new LinkedHashMap<>();
    private final List<PathBytes> files = new ArrayList<>();
    private final Map<PathBytes, Inodes.Dress> links = new LinkedHashMap<>();
    private int serial;

    /**
     * Grows one.
     *
     * @param top an empty directory that everybody may search
     */
    HostileTree(PathBytes top, Random random, int size) throws IOException {
        this.random = random;
        this.site = top.resolve("site");
        this.tenantWithAccount = new Accounts().byName("backup").orElseThrow().uid();
        for (PathBytes root : List.of(site, top.resolve("elsewhere"))) {
            Inodes.directory(root);
            Inodes.dress(root, new Inodes.Dress(0, 0, 0755, Optional.empty()));
            folders.add(new Folder(root, Part.ROOTS, 0));
            for (Part part : Part.values()) {
                for (int owner : part == Part.TENANTS ? new int[] {61001, tenantWithAccount} : new int[] {0}) {
                    Folder folder = new Folder(root.resolve(name(part + "" + owner)), part, owner);
                    Inodes.directory(folder.path());
                    inodes.put(folder.path(), new Inodes.Dress(owner, owner, 0755, Optional.empty()));
                    folders.add(folder);
                }
            }
        }
        for (int i = 0; i < size / 10; i++) {
            folder();
        }
        for (int i = 0; i < size * 7 / 10; i++) {
            file();
        }
        for (int i = 0; i < size / 40; i++) {
            alike();
        }
        for (int i = 0; i < size / 5; i++) {
            link();
        }
        chains();
        drop();
        for (Map.Entry<PathBytes, Inodes.Dress> inode : inodes.entrySet()) {
            Inodes.dress(inode.getKey(), inode.getValue());
        }
        for (Folder folder : folders) {
            if (folder.part() == Part.ANYBODYS && random.nextInt(4) == 0) {
                Inodes.defaultAcl(folder.path(), acl());
            }
        }
    }

    /** The document root. */
    PathBytes site() {
        return site;
    }

    /** Regular files and links, inside the root and out of it. */
    List<PathBytes> filesAndLinks() {
        List<PathBytes> all = new ArrayList<>(files);
        all.addAll(links.keySet());
        return all;
    }

    /** The root and everything below it but what is no file, directory or link. */
    List<PathBytes> inside() {
        return Stream.concat(directories().stream(), filesAndLinks().stream())
                .filter(path -> path.startsWith(site))
                .toList();
    }

    List<PathBytes> directories() {
        return folders.stream().map(Folder::path).toList();
    }

    /** How everything that is no link was dressed. */
    Map<PathBytes, Inodes.Dress> inodes() {
        return inodes;
    }

    /** Gives every link its first owner again. */
    void restoreLinks() throws IOException {
        for (Map.Entry<PathBytes, Inodes.Dress> link : links.entrySet()) {
            Inodes.chown(link.getKey(), link.getValue().uid(), link.getValue().gid());
        }
    }

    /** More often than not inside the root. */
    private Folder pickFolder() {
        Folder folder = folders.get(random.nextInt(folders.size()));
        for (int i = 0; i < 4 && !folder.path().startsWith(site); i++) {
            folder = folders.get(random.nextInt(folders.size()));
        }
        return folder;
    }

    private void folder() throws IOException {
        Folder in = pickFolder();
        Folder folder = new Folder(in.path().resolve(name("d")), in.part(), in.owner());
        Inodes.directory(folder.path());
        inodes.put(folder.path(), dress(folder, true));
        folders.add(folder);
    }

    private void file() throws IOException {
        Folder in = pickFolder();
        PathBytes path = in.path().resolve(name(random.nextInt(30) == 0 ? "secret.key" : "f"));
        if (random.nextInt(60) == 0) {
            Inodes.fifo(path);
        } else {
            Inodes.file(path);
            files.add(path);
        }
        inodes.put(path, dress(in, false));
    }

    /** Some files with the same attributes in one directory. */
    private void alike() throws IOException {
        Folder in = pickFolder();
        Inodes.Dress dress =
                new Inodes.Dress(in.owner(), in.owner(), random.nextBoolean() ? 0600 : 0640, Optional.empty());
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            PathBytes path = in.path().resolve(name("alike"));
            Inodes.file(path);
            files.add(path);
            inodes.put(path, dress);
        }
    }

    private void link() throws IOException {
        Folder in = pickFolder();
        link(in.path().resolve(name("l")), target(), in.part() == Part.TENANTS ? in.owner() : anId());
    }

    private void link(PathBytes path, PathBytes target, int owner) throws IOException {
        Inodes.link(path, target);
        Inodes.chown(path, owner, owner);
        links.put(path, new Inodes.Dress(owner, owner, 0777, Optional.empty()));
    }

    private PathBytes target() {
        PathBytes file = files.get(random.nextInt(files.size()));
        Folder folder = pickFolder();
        return switch (random.nextInt(10)) {
            case 0 -> PathBytes.of("nowhere");
            case 1 -> folder.path();
            case 2 -> folder.path().resolve("..").resolve(folder.path().name()).resolve(PathBytes.of("f"));
            case 3 -> folder.path().resolve("..").resolve(".").resolve(file.name());
            case 4 -> links.isEmpty() ? file : links.keySet().iterator().next();
            case 5 ->
                folder.path()
                        .resolve("../")
                        .resolve(relative(folder.path().parent().orElseThrow(), file));
            default -> file;
        };
    }

    /** A file as seen from a directory. */
    private static PathBytes relative(PathBytes from, PathBytes to) {
        PathBytes path = PathBytes.of(".");
        for (int i = from.names().size(); i > 0; i--) {
            path = path.resolve("..");
        }
        for (PathBytes name : to.names()) {
            path = path.resolve(name);
        }
        return path;
    }

    /** 43 links in a row, each to the one before, to a file that anyone may read: from the 41st on too many. */
    private void chains() throws IOException {
        PathBytes before = site.resolve("chain");
        Inodes.file(before);
        files.add(before);
        inodes.put(before, new Inodes.Dress(0, 0, 0644, Optional.empty()));
        for (int i = 1; i <= 43; i++) {
            PathBytes link = site.resolve("chain" + i);
            link(link, before.name(), 0);
            before = link;
        }
        link(site.resolve("loop"), PathBytes.of("loop"), 0);
    }

    /** Where anyone may put things, links of all owners to a file that anyone may read: fs.protected_symlinks decides. */
    private void drop() throws IOException {
        Folder drop = new Folder(site.resolve(name("drop")), Part.ANYBODYS, 0);
        Inodes.directory(drop.path());
        inodes.put(drop.path(), new Inodes.Dress(0, 0, 01777, Optional.empty()));
        folders.add(drop);
        for (int id : IDS) {
            link(drop.path().resolve(name("l")), site.resolve("chain"), id);
        }
    }

    private PathBytes name(String kind) {
        PathBytes name = PathBytes.of((random.nextInt(20) == 0 ? "-" : "") + kind + serial++);
        for (int i = random.nextInt(3); i > 0; i--) {
            byte[] hostile = HOSTILE[random.nextInt(HOSTILE.length)];
            byte[] both = Arrays.copyOf(name.bytes(), name.length() + hostile.length);
            System.arraycopy(hostile, 0, both, name.length(), hostile.length);
            name = PathBytes.of(both);
        }
        return name;
    }

    private int anId() {
        return IDS[random.nextInt(IDS.length)];
    }

    private Inodes.Dress dress(Folder in, boolean directory) {
        int uid = in.part() == Part.ANYBODYS ? anId() : in.owner();
        int gid = in.part() == Part.ANYBODYS || random.nextInt(3) == 0 ? anId() : in.owner();
        int mode = random.nextInt(01000) & (in.part() == Part.ANYBODYS ? 0777 : 0755);
        if (directory) {
            mode |= random.nextInt(4) > 0 ? 0111 : 0;
            mode |= in.part() == Part.TENANTS ? 0700 : 0;
            mode |= random.nextInt(8) == 0 ? 02000 : 0;
            mode = random.nextInt(6) == 0 ? 01777 : mode;
        } else if (random.nextInt(3) == 0) {
            mode |= 0444;
        }
        boolean withAcl = random.nextInt(3) == 0;
        // a mode set after an ACL changes its mask, as chmod(1) does
        return new Inodes.Dress(uid, gid, mode, withAcl ? Optional.of(acl()) : Optional.empty());
    }

    private PosixAcl acl() {
        Map<Integer, AclEntry> users = new TreeMap<>(Integer::compareUnsigned);
        Map<Integer, AclEntry> groups = new TreeMap<>(Integer::compareUnsigned);
        for (int i = random.nextInt(4); i > 0; i--) {
            int id = anId();
            if (random.nextBoolean()) {
                users.put(id, AclEntry.user(id, random.nextInt(8)));
            } else {
                groups.put(id, AclEntry.group(id, random.nextInt(8)));
            }
        }
        List<AclEntry> entries = new ArrayList<>();
        entries.add(AclEntry.of(AclEntry.Tag.OWNER, random.nextInt(8)));
        entries.addAll(users.values());
        entries.add(AclEntry.of(AclEntry.Tag.OWNING_GROUP, random.nextInt(8)));
        entries.addAll(groups.values());
        entries.add(new AclEntry(AclEntry.Tag.MASK, 0, new Permissions(random.nextInt(8))));
        entries.add(AclEntry.of(AclEntry.Tag.OTHER, random.nextInt(8)));
        return new PosixAcl(entries);
    }

    private static byte[] bytes(String text) {
        return PathBytes.of(text).bytes();
    }
}
