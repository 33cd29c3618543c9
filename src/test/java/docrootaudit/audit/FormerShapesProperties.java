package docrootaudit.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.FileSet;
import docrootaudit.finding.GrantedFiles;
import docrootaudit.finding.PackedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Which files were what is known exactly, or not at all. */
class FormerShapesProperties {
    private static final List<Attributes> SHAPES = List.of(file(0644, 0), file(0640, 33), file(0444, 4_000_000));

    /** Of each file what it was, if it was granted, and in which group it is refused now, if in any. */
    record Fate(Optional<Attributes> before, Optional<Integer> refused) {
        boolean isGrantedNow() {
            return before.isPresent() && refused.isEmpty();
        }
    }

    private static Attributes file(int mode, int uid) {
        return new Attributes(FileType.REGULAR, mode, uid, uid, Optional.empty());
    }

    @Provide
    Arbitrary<Map<String, Fate>> directories() {
        Arbitrary<Fate> fates = Combinators.combine(
                        Arbitraries.of(SHAPES).optional(0.8),
                        Arbitraries.integers().between(0, 2).optional(0.4))
                .as(Fate::new);
        return Arbitraries.maps(
                        Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(6), fates)
                .ofMaxSize(12);
    }

    @Property(tries = 2000)
    void nothing_but_what_is_refused_now_has_changed(@ForAll("directories") Map<String, Fate> files) {
        List<List<Fate>> groups = List.of(group(files, 0), group(files, 1), group(files, 2));
        List<PackedNames> refused = refused(files);

        int at = 0;
        for (List<Fate> group : groups) {
            if (!group.isEmpty()) {
                assertEquals(expected(group, groups), former(files, Map.of(), refused, at++));
            }
        }
    }

    @Property(tries = 500)
    void another_file_has_come_besides(@ForAll("directories") Map<String, Fate> files) {
        List<PackedNames> refused = refused(files);

        for (int at = 0; at < refused.size(); at++) {
            assertEquals(Optional.empty(), former(files, Map.of("come later", SHAPES.get(0)), refused, at));
        }
    }

    /** Each group has to be of one kind for any to be known, for only together do they make up the difference. */
    private static Optional<Attributes> expected(List<Fate> group, List<List<Fate>> groups) {
        boolean areAlike = groups.stream()
                .allMatch(g -> g.stream().map(Fate::before).distinct().count() <= 1);
        return areAlike ? group.get(0).before() : Optional.empty();
    }

    private static List<Fate> group(Map<String, Fate> files, int number) {
        return files.values().stream()
                .filter(fate -> fate.refused().equals(Optional.of(number)))
                .toList();
    }

    private static List<PackedNames> refused(Map<String, Fate> files) {
        Map<Integer, List<PathBytes>> names = new TreeMap<>();
        files.forEach((name, fate) -> fate.refused()
                .ifPresent(group ->
                        names.computeIfAbsent(group, g -> new ArrayList<>()).add(PathBytes.of(name))));
        return names.values().stream()
                .map(group -> PackedNames.of(group.toArray(new PathBytes[0])))
                .toList();
    }

    private static Optional<Attributes> former(
            Map<String, Fate> files, Map<String, Attributes> come, List<PackedNames> refused, int group) {
        Map<String, Attributes> before = new TreeMap<>();
        Map<String, Attributes> now = new TreeMap<>(come);
        files.forEach((name, fate) -> {
            fate.before().ifPresent(shape -> before.put(name, shape));
            fate.before().filter(shape -> fate.isGrantedNow()).ifPresent(shape -> now.put(name, shape));
        });
        return FormerShapes.of(new GrantedFiles(SHAPES, Optional.of(set(before))), set(now), refused, group);
    }

    private static FileSet set(Map<String, Attributes> files) {
        return new FileSet(files.entrySet().stream()
                .mapToInt(file -> FileSet.factor(file.getValue())
                        * FileSet.ofName(PathBytes.of(file.getKey()).bytes()))
                .sum());
    }
}
