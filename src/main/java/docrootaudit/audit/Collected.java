package docrootaudit.audit;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.PackedNames;
import docrootaudit.walk.Directory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What the workers of one scan found, put together. Safe for several threads. */
final class Collected {
    private final Map<Key, Blame> blames = new ConcurrentHashMap<>();
    private final Map<Reader, FileGroups> groups = new ConcurrentHashMap<>();
    private final List<Links> links = Collections.synchronizedList(new ArrayList<>());
    private final Map<RuleKey, Ruled> ruled = new ConcurrentHashMap<>();
    private final List<ByRule> byRule = Collections.synchronizedList(new ArrayList<>());
    private final List<Refused> refused = Collections.synchronizedList(new ArrayList<>());
    final Blame.Spare spare = new Blame.Spare();
    private final LongAdder found = new LongAdder();
    private final Map<String, LongAdder> uncertain = new ConcurrentHashMap<>();
    private final Set<String> unsure = ConcurrentHashMap.newKeySet();

    private record Key(int reader, PathBytes path) {}

    /** By which a cause is the same one for the history. */
    private record RuleKey(String server, ServerCause.Blamed blamed, CauseKind.Family family) {}

    /** Links of one directory that something elsewhere refuses. */
    record Links(Directory<Place> directory, Blame blame, boolean secret, PackedNames names) {}

    /**
     * Refused paths of one directory; with no names, the directory itself.
     *
     * @param blame what refuses them; null where they refuse access to themselves, as {@code group} says
     */
    record Refused(Directory<Place> directory, PackedNames names, Need need, Blame blame, FileGroup.Alike group) {}

    /** Paths of one directory that a rule of a web server refuses; one without a name is the directory itself. */
    record ByRule(Directory<Place> directory, ServerCause cause, PackedNames names) {}

    /** The one object that stands for what refuses at a path, for a reader. */
    Blame blame(Reader reader, PathBytes path, Supplier<Blame> make) {
        return blames.computeIfAbsent(new Key(reader.index(), path), k -> make.get());
    }

    void add(FileGroup group) {
        if (!group.alike().behind()) {
            found.add(group.names().count());
        }
        groups.computeIfAbsent(group.alike().reader(), r -> new FileGroups()).add(group);
    }

    void add(Links some) {
        links.add(some);
    }

    void add(Refused some) {
        refused.add(some);
    }

    void add(ByRule some) {
        byRule.add(some);
    }

    /** What stands behind a cause of a web server's. */
    Ruled ruled(ServerCause cause) {
        return ruled.computeIfAbsent(
                new RuleKey(cause.server(), cause.blamed(), cause.kind().family()), k -> new Ruled(cause));
    }

    void uncertain(String why) {
        uncertain.computeIfAbsent(why, w -> new LongAdder()).increment();
    }

    /** Of what a web server answers to some entry nobody can be sure. */
    void uncertain(String why, String server) {
        uncertain(why);
        unsure(server);
    }

    /** The same, where it changes nothing for anybody now. */
    void unsure(String server) {
        unsure.add(server);
    }

    boolean isUnsure(String server) {
        return unsure.contains(server);
    }

    /** How many refused paths there are so far. */
    long found() {
        return found.sum()
                + blames.values().stream().mapToLong(Blame::paths).sum()
                + ruled.values().stream().mapToLong(Ruled::paths).sum();
    }

    List<Blame> blames() {
        return List.copyOf(blames.values());
    }

    /** The groups of a reader, in several lists, each in their order. */
    List<List<FileGroup>> groups(Reader reader) {
        FileGroups ofReader = groups.get(reader);
        return ofReader == null ? List.of() : ofReader.lists();
    }

    List<Links> links() {
        return List.copyOf(links);
    }

    List<Ruled> ruled() {
        return List.copyOf(ruled.values());
    }

    List<ByRule> byRule() {
        return List.copyOf(byRule);
    }

    List<Refused> refused() {
        return List.copyOf(refused);
    }

    Map<String, LongAdder> uncertain() {
        return uncertain;
    }
}
