package docrootaudit.audit;

import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.audit.ScanVisitor.Refusal;
import docrootaudit.audit.ScanVisitor.Standing;
import docrootaudit.finding.PackedNames;
import docrootaudit.walk.Directory;
import docrootaudit.walk.Entry;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one worker notes of the directory it is in; handed over when it leaves it, so that nothing is counted of a
 * directory that it never came out of. Counters of what refuses elsewhere are the exception: they are of no
 * consequence to what is recorded.
 */
final class DirectoryNotes {
    private final ScanContext context;
    private final Map<FileGroup.Alike, PackedNames.Builder> groups = new HashMap<>();
    private final Map<LinkKey, PackedNames.Builder> links = new HashMap<>();
    private final Map<RefusedKey, PackedNames.Builder> refused = new HashMap<>();
    /** Inodes that are alike are mostly one object. */
    private final IdentityHashMap<Inode, String> words = new IdentityHashMap<>();

    private FileGroup.Alike lastAlike;
    private PackedNames.Builder lastGroup;
    private Directory<Place> secretDirectory;
    private Reader secretReader;
    private PathBytes secretPath;
    private Predicate<PathBytes> secretEntries = any -> false;

    private record LinkKey(Blame blame, boolean secret) {}

    private record RefusedKey(Blame blame, FileGroup.Alike group, Need need) {}

    DirectoryNotes(ScanContext context) {
        this.context = context;
    }

    /** Whether an entry of a directory is closed on purpose; what the directory is, is asked once. */
    private boolean isSecret(Reader reader, Directory<Place> directory, PathBytes name) {
        if (secretDirectory != directory || secretReader != reader) {
            secretDirectory = directory;
            secretReader = reader;
            secretPath = directory.path();
            secretEntries =
                    context.isSecret(reader, secretPath) ? any -> true : context.secretEntries(reader, secretPath);
        }
        return secretEntries.test(name);
    }

    /** A directory that {@code first} refuses; {@code next}, if any, would refuse it then. */
    void refusedDirectory(Directory<Place> directory, Need need, Blame first, Blame next) {
        PathBytes path = directory.path();
        count(first, next, path, context.isSecret(first.reader, path));
        if (context.detail == ScanRequest.Detail.EVERY_PATH) {
            context.collected.add(new Collected.Refused(directory, PackedNames.of(), need, first, null));
        }
    }

    /** A file that refuses access to itself. */
    void refused(Directory<Place> directory, Entry entry, Refusal refusal) {
        PathBytes name = PathBytes.of(entry.name());
        boolean secret = isSecret(refusal.reader(), directory, name);
        FileGroup.Alike alike = refusal.alike(secret ? Standing.SECRET : Standing.FIRST);
        group(alike, name);
        note(null, alike, refusal.need(), name);
    }

    /** A file behind {@code first}, and perhaps behind {@code second} and its own attributes. */
    void refusedBehind(
            Directory<Place> directory, Entry entry, Need need, Blame first, Blame second, Optional<Refusal> own) {
        PathBytes name = PathBytes.of(entry.name());
        boolean secret = isSecret(first.reader, directory, name);
        PathBytes path = secretPath.resolve(name);
        if (own.isPresent()) {
            group(own.get().alike(Standing.BEHIND), name);
        }
        if (second == null && own.isPresent()) {
            first.count(() -> path, secret, own.get().kind(), path, own.get().rule());
        } else {
            count(first, second, path, secret);
        }
        note(first, null, need, name);
    }

    /** A link that is refused because of {@code blame}, elsewhere, or itself. */
    void refusedLink(Directory<Place> directory, Entry entry, Need need, Blame blame, Blame next) {
        PathBytes name = PathBytes.of(entry.name());
        PathBytes path = directory.path().resolve(name);
        boolean secret = isSecret(blame.reader, directory, name) || context.isSecret(blame.reader, blame.path);
        count(blame, next, path, secret);
        if (!blame.path.equals(path)) {
            add(links.computeIfAbsent(new LinkKey(blame, secret), k -> new PackedNames.Builder()), name);
        }
        note(blame, null, need, name);
    }

    /** A link in a directory that {@code first} refuses. */
    void refusedLinkBehind(Directory<Place> directory, Entry entry, Need need, Blame first, Blame next) {
        PathBytes name = PathBytes.of(entry.name());
        PathBytes path = directory.path().resolve(name);
        count(first, next, path, isSecret(first.reader, directory, name));
        note(first, null, need, name);
    }

    private static void count(Blame first, Blame next, PathBytes path, boolean secret) {
        if (next == null || next == first) {
            first.count(() -> path, secret);
        } else {
            first.count(() -> path, secret, next.kind, next.path, next.rule);
        }
    }

    private void group(FileGroup.Alike alike, PathBytes name) {
        if (!alike.equals(lastAlike)) {
            lastGroup = groups.computeIfAbsent(alike, k -> new PackedNames.Builder());
            lastAlike = alike;
        }
        add(lastGroup, name);
    }

    private void note(Blame blame, FileGroup.Alike group, Need need, PathBytes name) {
        if (context.detail == ScanRequest.Detail.EVERY_PATH) {
            add(refused.computeIfAbsent(new RefusedKey(blame, group, need), k -> new PackedNames.Builder()), name);
        }
    }

    private static void add(PackedNames.Builder builder, PathBytes name) {
        byte[] bytes = name.bytes();
        builder.add(bytes, 0, bytes.length);
    }

    /** Hands over what was noted. */
    void handOver(Directory<Place> directory) {
        if (groups.isEmpty() && links.isEmpty() && refused.isEmpty()) {
            return;
        }
        handOverGroups(directory);
        links.forEach((key, names) ->
                context.collected.add(new Collected.Links(directory, key.blame(), key.secret(), names.build())));
        refused.forEach((key, names) -> context.collected.add(
                new Collected.Refused(directory, names.build(), key.need(), key.blame(), key.group())));
        groups.clear();
        links.clear();
        refused.clear();
        lastAlike = null;
        lastGroup = null;
    }

    private void handOverGroups(Directory<Place> directory) {
        if (groups.isEmpty()) {
            return;
        }
        PathBytes path = directory.path();
        PathBytes withoutLinks = directory.canonicalPath();
        PathBytes canonical = withoutLinks.equals(path) ? path : withoutLinks;
        for (Map.Entry<FileGroup.Alike, PackedNames.Builder> group : groups.entrySet()) {
            FileGroup.Alike alike = group.getKey();
            String attributes = words.computeIfAbsent(
                    alike.inode(), inode -> inode.attributes().toString());
            context.collected.add(FileGroup.of(
                    alike, attributes, path, canonical, group.getValue().build()));
        }
    }
}
