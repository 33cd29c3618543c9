package docrootaudit.finding;

import docrootaudit.access.Acl;
import docrootaudit.access.AclEntry;
import docrootaudit.access.AclEntry.Tag;
import docrootaudit.access.Attributes;
import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tree drawn in a test, and how its paths resolve. */
final class DrawnTree {
    private final Map<PathBytes, Inode> inodes = new HashMap<>();
    private final Map<PathBytes, String> links = new HashMap<>();
    private Mount mount = Mount.plain("ext4");

    static DrawnTree tree() {
        return new DrawnTree().has("/", "d 0755 0:0");
    }

    /** What is drawn from here on lies on another mount. */
    DrawnTree on(Mount other) {
        mount = other;
        return this;
    }

    /** A line is {@code TYPE MODE UID:GID [ACL entry | default:ENTRY]…}. */
    DrawnTree has(String path, String line) {
        List<String> words = List.of(line.split(" "));
        List<AclEntry> defaults = words.stream()
                .filter(w -> w.startsWith("default:"))
                .map(w -> entry(w.substring("default:".length())))
                .toList();
        inodes.put(
                PathBytes.of(path),
                new Inode(
                        attributes(line),
                        mount,
                        defaults.isEmpty() ? Optional.empty() : Optional.of(new PosixAcl(defaults))));
        return this;
    }

    /** Not even root can change what has been drawn there. */
    DrawnTree fixed(String path, String why) {
        inodes.computeIfPresent(
                PathBytes.of(path), (p, i) -> new Inode(i.attributes(), i.mount(), i.defaultAcl(), Optional.of(why)));
        return this;
    }

    DrawnTree link(String path, String owner, String target) {
        links.put(PathBytes.of(path), target);
        return has(path, "l 0777 " + owner);
    }

    static Attributes attributes(String line) {
        String[] words = line.split(" ");
        String[] ids = words[2].split(":");
        FileType type = Arrays.stream(FileType.values())
                .filter(t -> t.letter() == words[0].charAt(0) || (t == FileType.REGULAR && words[0].equals("f")))
                .findFirst()
                .orElseThrow();
        Attributes bare = new Attributes(
                type,
                Integer.parseInt(words[1], 8),
                Integer.parseUnsignedInt(ids[0]),
                Integer.parseUnsignedInt(ids[1]),
                Optional.empty());
        List<AclEntry> extra = Arrays.stream(words)
                .skip(3)
                .filter(w -> !w.startsWith("default:"))
                .map(DrawnTree::entry)
                .toList();
        return extra.isEmpty() ? bare : with(bare, extra);
    }

    private static Attributes with(Attributes bare, List<AclEntry> extra) {
        List<AclEntry> entries = new ArrayList<>(extra);
        entries.add(bare.owner());
        entries.add(bare.other());
        if (entries.stream().noneMatch(e -> e.tag() == Tag.OWNING_GROUP)) {
            entries.add(AclEntry.of(Tag.OWNING_GROUP, 0));
        }
        entries.add(AclEntry.of(Tag.MASK, bare.group().permissions().bits()));
        entries.sort(Comparator.comparing(AclEntry::tag).thenComparing(AclEntry::id, Integer::compareUnsigned));
        Acl acl = new PosixAcl(entries);
        return new Attributes(bare.type(), bare.mode(), bare.uid(), bare.gid(), Optional.of(acl));
    }

    private static AclEntry entry(String text) {
        String[] parts = text.split(":");
        int bits =
                (parts[2].contains("r") ? 4 : 0) | (parts[2].contains("w") ? 2 : 0) | (parts[2].contains("x") ? 1 : 0);
        if (parts[1].isEmpty()) {
            return AclEntry.of("group".equals(parts[0]) ? Tag.OWNING_GROUP : Tag.MASK, bits);
        }
        int id = Integer.parseUnsignedInt(parts[1]);
        return "user".equals(parts[0]) ? AclEntry.user(id, bits) : AclEntry.group(id, bits);
    }

    /** Resolves an absolute path for somebody whom nothing is refused. */
    Trace trace(String path) {
        List<Step> steps = new ArrayList<>();
        Deque<PathBytes> names = new ArrayDeque<>(PathBytes.of(path).names());
        PathBytes here = PathBytes.ROOT;
        int followed = 0;
        while (!names.isEmpty()) {
            if (!inodes.get(here).attributes().isDirectory()) {
                return stopped(path, steps, here, Errno.ENOTDIR);
            }
            steps.add(new Step.Search(here, inodes.get(here)));
            PathBytes name = names.pop();
            if (name.equals(PathBytes.of(".."))) {
                here = here.parent().orElse(here);
                continue;
            }
            PathBytes next = here.resolve(name);
            if (!inodes.containsKey(next)) {
                return stopped(path, steps, next, Errno.ENOENT);
            }
            if (links.containsKey(next)) {
                PathBytes target = PathBytes.of(links.get(next));
                if (followed++ == 40) {
                    return stopped(path, steps, next, Errno.ELOOP);
                }
                steps.add(new Step.Follow(next, inodes.get(next), inodes.get(here), target, names.isEmpty()));
                List<PathBytes> more = new ArrayList<>(target.names());
                java.util.Collections.reverse(more);
                more.forEach(names::push);
                here = target.isAbsolute() ? PathBytes.ROOT : here;
                continue;
            }
            here = next;
        }
        steps.add(new Step.Arrive(here, inodes.get(here)));
        return new Trace(PathBytes.of(path), steps);
    }

    private static Trace stopped(String path, List<Step> steps, PathBytes where, Errno errno) {
        steps.add(new Step.Stop(where, errno));
        return new Trace(PathBytes.of(path), steps);
    }
}
