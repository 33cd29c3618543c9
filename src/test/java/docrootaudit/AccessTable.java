package docrootaudit;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.linux.KernelAnswers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may read, write and execute each inode of a tree, whatever leads there, in the kernel's own words; and what a
 * command has changed in it since.
 */
final class AccessTable implements AutoCloseable {
    /** The web server, tenants, strangers; with and without groups. */
    private static final List<Principal> PRINCIPALS = List.of(
            Principal.of(33, 33, 33),
            Principal.of(61001, 61001),
            Principal.of(61002, 61002),
            Principal.of(61003, 61003, 33),
            Principal.of(0xee6b2801, 0xee6b2801, 61001, 61002),
            Principal.of(65534, 65534));

    private static final List<Permissions> RIGHTS = List.of(Permissions.READ, new Permissions(2), Permissions.EXECUTE);

    private final Map<PathBytes, Inodes.Dress> first;
    private final Map<PathBytes, Inodes.Held> held = new LinkedHashMap<>();
    private final Map<PathBytes, String> rights = new HashMap<>();
    private final List<KernelAnswers> kernels = new ArrayList<>();

    /** The table of a tree as it is now, {@code first} telling how each inode was dressed. */
    AccessTable(Map<PathBytes, Inodes.Dress> first) throws IOException {
        for (Principal principal : PRINCIPALS) {
            kernels.add(new KernelAnswers(principal));
        }
        this.first = new HashMap<>();
        for (PathBytes path : first.keySet()) {
            Inodes.Held inode = Inodes.hold(path).orElseThrow();
            held.put(path, inode);
            this.first.put(path, inode.dress());
            rights.put(path, rights(path));
        }
    }

    private String rights(PathBytes path) {
        StringBuilder text = new StringBuilder();
        for (KernelAnswers kernel : kernels) {
            for (Permissions right : RIGHTS) {
                boolean granted = kernel.ask(held.get(path).path(), right) == 0;
                text.append(granted ? letter(right) : '-');
            }
            text.append(' ');
        }
        return text.toString();
    }

    private static char letter(Permissions right) {
        return right.equals(Permissions.READ) ? 'r' : right.equals(Permissions.EXECUTE) ? 'x' : 'w';
    }

    /** The inodes whose owner, mode or ACL is no longer the first. */
    List<PathBytes> touched() throws IOException {
        List<PathBytes> touched = new ArrayList<>();
        for (Map.Entry<PathBytes, Inodes.Held> inode : held.entrySet()) {
            if (!inode.getValue().dress().equals(first.get(inode.getKey()))) {
                touched.add(inode.getKey());
            }
        }
        return touched;
    }

    /** Write that somebody has gained on what was touched, and any right that somebody has lost there. */
    List<String> damage(List<PathBytes> touched) throws IOException {
        List<String> damage = new ArrayList<>();
        for (PathBytes path : touched) {
            String before = rights.get(path);
            String after = rights(path);
            for (int i = 0; i < before.length(); i++) {
                boolean lost = after.charAt(i) == '-' && before.charAt(i) != '-';
                boolean write = after.charAt(i) == 'w' && before.charAt(i) != 'w';
                if (lost || write) {
                    damage.add(path + " " + first.get(path) + ": " + before + "→ " + after);
                    break;
                }
            }
            Inodes.Dress now = held.get(path).dress();
            Inodes.Dress then = first.get(path);
            if (now.uid() != then.uid() || now.gid() != then.gid() || (now.mode() & 07000) != (then.mode() & 07000)) {
                damage.add(path + " " + then + " became " + now);
            }
        }
        return damage;
    }

    Inodes.Held inode(PathBytes path) {
        return held.get(path);
    }

    void restore(List<PathBytes> touched) throws IOException {
        for (PathBytes path : touched) {
            Inodes.dress(path, first.get(path));
        }
        if (!touched().isEmpty()) {
            throw new AssertionError("not restored: " + touched());
        }
    }

    @Override
    public void close() {
        kernels.forEach(KernelAnswers::close);
        held.values().forEach(Inodes.Held::close);
    }
}
