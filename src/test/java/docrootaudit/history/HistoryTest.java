package docrootaudit.history;

import static docrootaudit.history.Scans.behind;
import static docrootaudit.history.Scans.blaming;
import static docrootaudit.history.Scans.files;
import static docrootaudit.history.Scans.finished;
import static docrootaudit.history.Scans.hour;
import static docrootaudit.history.Scans.intended;
import static docrootaudit.history.Scans.interrupted;
import static docrootaudit.history.Scans.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Subject;
import docrootaudit.history.Interval.Ending;
import docrootaudit.history.StateAt.NotRefused;
import docrootaudit.history.StateAt.NotSeen;
import docrootaudit.history.StateAt.Refused;
import docrootaudit.history.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final PathBytes A = PathBytes.of("/srv/www/a");

    @TempDir
    private Path directory;

    private History history;

    @BeforeEach
    void open() throws StoreException {
        history = Scans.open(directory.resolve("store"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void a_store_that_stays_open_does_not_grow_without_end() throws Exception {
        Path file = directory.resolve("store/history.mv.db");
        history.lend();
        long most = 0;
        for (int hour = 1; hour <= 1000; hour++) {
            history.record(finished(hour), hour % 2 == 0 ? List.of(files("/srv/www", "a", "b")) : List.of());
            history.prune(Duration.ofHours(100), hour(hour));
            most = Math.max(most, Files.size(file));
        }
        history.reclaim();

        assertTrue(most < OpenStore.SLACK + (2 << 20), "it was " + most);
        assertTrue(Files.size(file) < 1 << 20, "it is " + Files.size(file));
    }

    @Test
    void scans_are_listed_newest_first() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a", "b"), behind(files("/srv/www/x", "c"))));
        history.record(finished(2, "/srv/www/y"), List.of(files("/srv/www", "b")));
        history.record(interrupted(3), List.of());

        List<RecordedScan> scans = history.scans(10);

        assertEquals(
                List.of(hour(3), hour(2), hour(1)),
                scans.stream().map(RecordedScan::started).toList());
        assertEquals(
                List.of(0L, 0L, 2L), scans.stream().map(RecordedScan::opened).toList());
        assertEquals(
                List.of(0L, 1L, 0L), scans.stream().map(RecordedScan::closed).toList());
        assertEquals(
                List.of(false, true, true),
                scans.stream().map(RecordedScan::finished).toList());
        assertEquals(
                List.of(false, false, true),
                scans.stream().map(RecordedScan::complete).toList());
        assertEquals(Duration.ofSeconds(60), scans.get(0).duration());
        assertEquals(1, history.scans(PathBytes.of("/srv/www"), 1).size());
        assertEquals(List.of(), history.scans(PathBytes.of("/srv"), 9));
        assertEquals(hour(2), history.lastFinished(Scans.WWW).orElseThrow().started());
    }

    @Test
    void a_path_has_an_interval_for_each_way_in_which_it_was_refused() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a")));
        history.record(finished(2), List.of(files("/srv/www", "a")));
        history.record(finished(3), List.of(refused("/srv/www", CauseKind.ACL_MASK, "mask::---", "a")));
        history.record(finished(4), List.of());
        history.record(finished(5), List.of(files("/srv/www", "a")));

        List<Interval> intervals = history.of(A);

        assertEquals(
                List.of(
                        interval(CauseKind.MODE, "other::---", 1, 1, 2, Optional.of(end(Ending.CHANGED, 3))),
                        interval(CauseKind.ACL_MASK, "mask::---", 1, 3, 3, Optional.of(end(Ending.RECOVERED, 4))),
                        interval(CauseKind.MODE, "other::---", 5, 5, 5, Optional.empty())),
                intervals);
    }

    @Test
    void a_path_shares_the_history_of_the_directories_above_it() throws StoreException {
        history.record(finished(1), List.of(refused("/", CauseKind.SEARCH, "other::---", "srv", ".")));

        List<Interval> intervals = history.of(PathBytes.of("/srv/www/deep/down/"));

        assertEquals(
                List.of(PathBytes.ROOT, PathBytes.of("/srv")),
                intervals.stream().map(Interval::path).toList());
        assertEquals(1, history.of(PathBytes.of("/srv2")).size());
    }

    @Test
    void a_refused_link_names_what_it_blames() throws StoreException {
        history.record(finished(1), List.of(blaming("/home/kim", files("/srv/www", "a"))));

        assertEquals(
                Optional.of(PathBytes.of("/home/kim")), history.of(A).get(0).blame());
    }

    @Test
    void a_link_that_is_led_from_one_closed_file_to_another_has_not_recovered() throws StoreException {
        history.record(finished(1), List.of(blaming("/home/kim", files("/srv/www", "a"))));
        history.record(finished(2), List.of(blaming("/home/lee", files("/srv/www", "a"))));
        history.record(finished(3), List.of());

        assertEquals(
                List.of(
                        Optional.of(new Interval.End(Interval.Ending.CHANGED, hour(2))),
                        Optional.of(new Interval.End(Interval.Ending.RECOVERED, hour(3)))),
                history.of(A).stream().map(Interval::end).toList());
    }

    @Test
    void last_seen_is_when_somebody_looked() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a")));
        history.record(finished(2), List.of(files("/srv/www", "a")));
        history.record(finished(3, "/srv/www"), List.of());
        history.record(interrupted(4), List.of());

        assertEquals(hour(2), history.of(A).get(0).lastSeen());
        assertEquals(Optional.empty(), history.of(A).get(0).end());
    }

    @Test
    void at_a_time_a_path_was_refused_or_not_or_not_seen() throws StoreException {
        history.record(finished(1, "/srv/www/a"), List.of());
        history.record(finished(2), List.of());
        history.record(finished(3), List.of(files("/srv/www", "a")));
        history.record(finished(5), List.of());

        assertInstanceOf(NotSeen.class, history.at(A, hour(0)).get(0));
        assertInstanceOf(NotSeen.class, history.at(A, hour(1)).get(0));
        assertEquals(
                hour(2),
                assertInstanceOf(NotRefused.class, history.at(A, hour(2)).get(0))
                        .seen()
                        .started());
        assertEquals(
                1,
                assertInstanceOf(Refused.class, history.at(A, hour(4)).get(0))
                        .by()
                        .size());
        assertInstanceOf(NotRefused.class, history.at(A, hour(9)).get(0));
        assertInstanceOf(
                NotRefused.class, history.at(PathBytes.of("/srv"), hour(9)).get(0));
        assertEquals(List.of(), history.at(PathBytes.of("/home"), hour(9)));
    }

    @Test
    void an_interrupted_scan_has_not_seen_what_is_not_refused() throws StoreException {
        history.record(interrupted(1), List.of(files("/srv/www", "a")));

        assertInstanceOf(Refused.class, history.at(A, hour(1)).get(0));
        assertInstanceOf(
                NotSeen.class, history.at(PathBytes.of("/srv/www/b"), hour(1)).get(0));
    }

    @Test
    void pruning_keeps_what_is_open_and_what_the_next_scan_is_compared_with() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a", "b")));
        history.record(finished(2), List.of(files("/srv/www", "a")));
        history.record(finished(3), List.of(files("/srv/www", "a")));
        history.record(finished(4), List.of(files("/srv/www", "a")));

        history.prune(Duration.ofHours(1), hour(100));

        assertEquals(
                List.of(hour(4), hour(1)),
                history.scans(10).stream().map(RecordedScan::started).toList());
        assertEquals(List.of(), history.of(PathBytes.of("/srv/www/b")));
        assertEquals(hour(1), history.of(A).get(0).firstSeen());
        assertEquals(
                Optional.of(hour(4)), history.record(finished(5), List.of()).previous());
    }

    @Test
    void pruning_keeps_what_ended_within_the_retention() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a")));
        history.record(finished(50), List.of());
        history.record(finished(60), List.of());

        history.prune(Duration.ofHours(20), hour(60));

        assertEquals(
                Optional.of(end(Ending.RECOVERED, 50)), history.of(A).get(0).end());
    }

    private void told(Subject subject, int hour) throws StoreException {
        history.record(
                Scans.scan(subject, hour, true),
                List.of(files("/srv/www", "a")),
                Optional.empty(),
                hour(hour),
                (changes, past) -> List.of());
    }

    private Set<String> heardOf() throws StoreException {
        return history.readAlerts(tables -> tables.subjects().heard()).stream()
                .map(SubjectTable.Heard::server)
                .collect(Collectors.toSet());
    }

    @Test
    void of_a_server_that_was_away_for_a_month_nobody_hears_any_more() throws StoreException {
        told(Scans.WWW, 1);
        told(Scans.WWW.byRulesOf("nginx"), 1);
        told(Scans.WWW.byRulesOf("apache"), 24 * 20);

        history.prune(Duration.ofDays(400), hour(24 * 29));
        assertEquals(Set.of("", "nginx", "apache"), heardOf());

        history.prune(Duration.ofDays(400), hour(24 * 31));
        assertEquals(Set.of("", "apache"), heardOf());
    }

    @Test
    void once_nobody_is_to_ask_servers_about_a_root_nobody_hears_of_them() throws StoreException {
        told(Scans.WWW, 1);
        told(Scans.WWW.byRulesOf("nginx"), 1);
        told(new Subject(PathBytes.of("/srv/other"), 33, "default").byRulesOf("apache"), 1);

        history.forgetRules(PathBytes.of("/srv/www"));

        assertEquals(Set.of("", "apache"), heardOf());
    }

    @Test
    void facts_count_what_is_open() throws StoreException {
        history.record(
                finished(1),
                List.of(
                        files("/srv/www", "a", "b"),
                        files("/srv/www/x", "c"),
                        intended(files("/srv/www", ".env")),
                        behind(files("/srv/www/y", "d"))));
        history.record(interrupted(2), List.of());

        StoreFacts facts = history.facts();

        StoreFacts.SubjectFacts www = facts.subjects().get(0);
        assertEquals(3, facts.schema());
        assertTrue(facts.bytes() > 0);
        assertEquals(hour(2), www.last().orElseThrow().started());
        assertEquals(hour(1), www.lastFinished().orElseThrow().started());
        assertEquals(List.of(2L, 3L, 1L), List.of(www.groups(), www.paths(), www.intended()));
    }

    @Test
    void a_store_open_for_reading_tells_the_same_and_records_nothing() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a")));
        history.close();

        try (History reading = History.openForReading(directory.resolve("store"), Scans.NOBODY, Duration.ZERO)) {
            assertEquals(1, reading.of(A).size());
            var refusal = assertThrows(StoreException.class, () -> reading.record(finished(2), List.of()));
            assertEquals(Kind.NOT_PERMITTED, refusal.kind());
            assertFalse(reading.scans(9).isEmpty());
        }
    }

    private static Interval interval(
            CauseKind kind, String rule, int first, int from, int last, Optional<Interval.End> end) {
        return new Interval(
                Scans.WWW, A, Optional.empty(), kind, rule, false, false, hour(first), hour(from), hour(last), end);
    }

    private static Interval.End end(Ending how, int hour) {
        return new Interval.End(how, hour(hour));
    }
}
