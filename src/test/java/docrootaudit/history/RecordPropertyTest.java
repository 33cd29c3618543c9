package docrootaudit.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Changes;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Since;
import docrootaudit.finding.Subject;
import docrootaudit.finding.Unseen;
import docrootaudit.history.Model.Named;
import docrootaudit.history.Model.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Random sequences of scans, recorded in the store and in sets of tuples, give the same answers. */
class RecordPropertyTest {
    private static final Subject SUBJECT = new Subject(PathBytes.of("/w"), 33, "default");
    private static final List<String> DIRECTORIES = List.of("/", "/w", "/w/a", "/w/a-", "/w/a/b", "/w/\u00e9");
    private static final List<String> NAMES = List.of(".", "a", "a-", "ab", "c", "cc", "cd", "\u00e9", "z");
    private static final List<CauseKind> KINDS = List.of(CauseKind.MODE, CauseKind.SEARCH, CauseKind.MOUNT);
    private static final List<String> BLAMES = List.of("", "", "", "/home/x", "/home/y");
    private static final List<String> UNSEEN = List.of("/w/a", "/w/a-", "/w/a/b", "/w", "/home/x", "/w/a/c", "/");

    private Path directory;
    private int stores;

    @BeforeProperty
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("history");
    }

    @AfterProperty
    void removeDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 60)
    void the_store_answers_as_the_model_does(@ForAll long seed) throws StoreException {
        Random random = new Random(seed);
        Model model = new Model();
        Layout layout = new Layout(Migrations.ALL, random.nextBoolean() ? 5 : 32 << 10);
        boolean alike = random.nextBoolean();
        boolean forgetful = random.nextInt(3) == 0;
        Path store = directory.resolve("store-" + stores++);
        try (History history = History.open(store, Scans.NOBODY, Duration.ZERO, layout)) {
            Map<Named, Seen> world = new TreeMap<>();
            for (int hour = 1; hour <= 12; hour++) {
                change(world, alike, random);
                boolean finished = random.nextInt(4) != 0;
                List<Unseen> unseen = unseen(random);
                Map<Named, Seen> seen = new TreeMap<>(world);
                seen.keySet().removeIf(key -> Model.isUnseen(key, unseen) || (!finished && random.nextBoolean()));
                List<Refusals> observed = group(seen, random);
                ScanRecord scan = new ScanRecord(
                        SUBJECT, Scans.hour(hour), Scans.hour(hour).plusSeconds(9), finished, 100, unseen);

                Changes changes = history.record(scan, observed);

                Model.Answer expected = model.record(scan, seen);
                assertEquals(expected.previous(), changes.previous());
                assertEquals(expected.since(), flatten(observed, changes.since()));
                assertEquals(expected.recovered(), flatten(changes.recovered()));
                assertEquals(expected.surfaced(), surfaced(observed, changes.surfaced()));
                if (forgetful) {
                    history.prune(Duration.ofHours(2), Scans.hour(hour));
                } else {
                    compareStates(history, model, hour);
                }
            }
        }
    }

    private static void compareStates(History history, Model model, int hour) throws StoreException {
        for (String name : NAMES) {
            PathBytes path = PathBytes.of("/w/a").resolve(name);
            for (int at = 0; at <= hour; at += 1 + hour / 3) {
                List<StateAt> states = history.at(path, Scans.hour(at));
                assertEquals(model.stateAt(path, at), word(states.get(0)), path + " at " + at);
            }
        }
    }

    private static String word(StateAt state) {
        if (state instanceof StateAt.Refused refused) {
            Set<String> by = new TreeSet<>();
            refused.by().forEach(i -> by.add(Model.cause(i.path(), i.kind(), i.rule(), i.firstSeen())));
            return "Refused " + by;
        }
        return state.getClass().getSimpleName();
    }

    /** Some names open, some close, some are refused in another way. */
    private static void change(Map<Named, Seen> world, boolean alike, Random random) {
        for (int i = random.nextInt(25); i > 0; i--) {
            CauseKind kind = alike ? CauseKind.MODE : KINDS.get(random.nextInt(KINDS.size()));
            Named key = new Named(
                    DIRECTORIES.get(random.nextInt(DIRECTORIES.size())),
                    NAMES.get(random.nextInt(NAMES.size())),
                    kind.family(),
                    BLAMES.get(random.nextInt(BLAMES.size())));
            if (random.nextInt(3) == 0) {
                world.remove(key);
            } else {
                String rule = random.nextInt(3) == 0 ? "mask::---" : "other::---";
                world.put(
                        key,
                        alike
                                ? new Seen(kind, "other::---", false, false)
                                : new Seen(kind, rule, random.nextInt(5) == 0, random.nextInt(7) == 0));
            }
        }
    }

    private static List<Unseen> unseen(Random random) {
        List<Unseen> unseen = new ArrayList<>();
        for (int i = random.nextInt(6) - 3; i > 0; i--) {
            String path = UNSEEN.get(random.nextInt(UNSEEN.size()));
            unseen.add(new Unseen(PathBytes.of(path), "why", random.nextBoolean()));
        }
        return unseen;
    }

    private static List<Refusals> group(Map<Named, Seen> seen, Random random) {
        Map<String, List<Named>> alike = new TreeMap<>();
        seen.forEach((key, how) -> alike.computeIfAbsent(
                        key.directory() + "|" + key.family() + "|" + key.blame() + "|" + how, k -> new ArrayList<>())
                .add(key));
        List<Refusals> groups = new ArrayList<>();
        for (List<Named> keys : alike.values()) {
            Named key = keys.get(0);
            Seen how = seen.get(key);
            PathBytes[] names = keys.stream().map(k -> PathBytes.of(k.name())).toArray(PathBytes[]::new);
            groups.add(new Refusals(
                    PathBytes.of(key.directory()),
                    PackedNames.of(names),
                    how.kind(),
                    how.rule(),
                    Optional.of(key.blame()).filter(b -> !b.isEmpty()).map(PathBytes::of),
                    how.behind(),
                    how.intended(),
                    how.behind() ? 0 : names.length,
                    Model.CAUSE));
        }
        Collections.shuffle(groups, random);
        return groups;
    }

    private static Set<String> flatten(List<Refusals> observed, List<List<Since>> since) {
        TreeSet<String> all = new TreeSet<>();
        for (int i = 0; i < observed.size(); i++) {
            Refusals group = observed.get(i);
            int names = 0;
            for (Since part : since.get(i)) {
                for (PathBytes name : part.names()) {
                    all.add(Model.line(
                            group.directory(),
                            name,
                            group.kind(),
                            group.rule(),
                            part.firstSeen() + " " + part.state()));
                    names++;
                }
            }
            assertEquals(group.names().count(), names);
        }
        return all;
    }

    private static Set<String> surfaced(List<Refusals> observed, List<Changes.Surfaced> surfaced) {
        TreeSet<String> all = new TreeSet<>();
        for (int i = 0; i < observed.size(); i++) {
            Refusals group = observed.get(i);
            for (PathBytes name : surfaced.get(i).names()) {
                all.add(Model.line(group.directory(), name, group.kind(), group.rule(), ""));
            }
        }
        return all;
    }

    private static Map<String, Integer> flatten(List<Recovered> recovered) {
        TreeMap<String, Integer> all = new TreeMap<>();
        for (Recovered part : recovered) {
            assertEquals(part.names().count(), part.paths());
            for (PathBytes name : part.names()) {
                all.merge(
                        Model.line(
                                part.directory(),
                                name,
                                part.kind(),
                                part.rule(),
                                part.firstSeen() + " " + part.intended() + " " + part.cause()),
                        1,
                        Integer::sum);
            }
        }
        return all;
    }
}
