package docrootaudit.history;

import static docrootaudit.history.Scans.finished;
import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.finding.CauseId;
import docrootaudit.finding.Changes;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.Refusals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where thousands of causes come up at once. */
class CrowdTest {
    private static final String CROWD = CauseId.ofCrowd(Scans.WWW.uid(), Scans.WWW.root());
    private static final int MANY = 3 * Crowd.MOST;
    private static final Refusals LARGE = group("z", 1_000_000);

    @TempDir
    private Path temporary;

    private static Refusals group(String directory, long paths) {
        return Scans.standingFor(paths, Scans.files("/srv/www/" + directory, "f"))
                .as("id of " + directory);
    }

    /** Each has one name, and the last one most paths. */
    private static List<Refusals> many() {
        List<Refusals> many = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            many.add(group("d" + (10_000 + i), 1));
        }
        many.add(LARGE);
        return many;
    }

    private static List<String> ids(Changes changes) {
        return changes.surfaced().stream()
                .filter(up -> !up.names().equals(PackedNames.NONE))
                .map(Changes.Surfaced::cause)
                .toList();
    }

    @Test
    void the_first_and_the_largest_are_told_by_their_names_and_the_rest_as_one_until_all_of_it_is_over()
            throws StoreException {
        try (History history = Scans.open(temporary.resolve("store"))) {
            List<String> opened = ids(history.record(finished(1), many()));

            assertEquals(MANY + 1, opened.size());
            assertEquals("id of z", opened.get(MANY));
            assertEquals(
                    MANY - Crowd.MOST, opened.stream().filter(CROWD::equals).count());

            // what breaks on a day like any other is told by its name
            List<Refusals> more = new ArrayList<>(many());
            more.add(group("a", 1));
            assertEquals(List.of("id of a"), ids(history.record(finished(2), more)));

            Map<String, Integer> over = new TreeMap<>();
            for (Recovered one : history.record(finished(3), List.of()).over()) {
                over.merge(one.cause(), one.names().count(), Integer::sum);
            }
            assertEquals(MANY - Crowd.MOST, over.get(CROWD));
            assertEquals(1, over.get("id of a"));
            assertEquals(Crowd.MOST + 3, over.size());
        }
    }
}
