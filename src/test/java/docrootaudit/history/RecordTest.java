package docrootaudit.history;

import static docrootaudit.history.Scans.behind;
import static docrootaudit.history.Scans.blaming;
import static docrootaudit.history.Scans.files;
import static docrootaudit.history.Scans.finished;
import static docrootaudit.history.Scans.hour;
import static docrootaudit.history.Scans.intended;
import static docrootaudit.history.Scans.interrupted;
import static docrootaudit.history.Scans.names;
import static docrootaudit.history.Scans.refused;
import static docrootaudit.history.Scans.standingFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Changes;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Since;
import docrootaudit.finding.Since.State;
import docrootaudit.finding.Subject;
import docrootaudit.finding.Unseen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTest {
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
    void the_first_scan_is_the_baseline_and_all_is_known() throws StoreException {
        Changes changes = history.record(finished(1), List.of(files("/srv/www", "a", "b")));

        assertEquals(Optional.empty(), changes.previous());
        assertEquals(known(1, "a", "b"), changes.since().get(0));
    }

    @Test
    void what_opens_later_is_new_once() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a")));

        Changes second = history.record(finished(2), List.of(files("/srv/www", "a", "b")));
        Changes third = history.record(finished(3), List.of(files("/srv/www", "a", "b")));

        assertEquals(Optional.of(hour(1)), second.previous());
        assertEquals(
                List.of(part(State.KNOWN, 1, "a"), part(State.NEW, 2, "b")),
                second.since().get(0));
        assertEquals(
                List.of(part(State.KNOWN, 1, "a"), part(State.KNOWN, 2, "b")),
                third.since().get(0));
    }

    @Test
    void a_part_of_a_group_recovers_and_the_rest_stays_as_it_was() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a", "b", "c")));

        Changes changes = history.record(finished(2), List.of(files("/srv/www", "a", "c")));

        assertEquals(List.of(recovered("/srv/www", 1, "b")), changes.recovered());
        assertEquals(known(1, "a", "c"), changes.since().get(0));
    }

    @Test
    void answers_come_in_the_order_of_the_questions() throws StoreException {
        var a = files("/srv/www/a", "1");
        var aDash = files("/srv/www/a-", "2");
        var below = files("/srv/www/a/b", "3");
        history.record(finished(1), List.of(below));

        Changes changes = history.record(finished(2), List.of(aDash, below, a));

        assertEquals(
                List.of(
                        List.of(part(State.NEW, 2, "2")),
                        List.of(part(State.KNOWN, 1, "3")),
                        List.of(part(State.NEW, 2, "1"))),
                changes.since());
    }

    @Test
    void another_rule_is_the_same_refusal() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a", "b")));

        Changes changes = history.record(
                finished(2),
                List.of(files("/srv/www", "a"), refused("/srv/www", CauseKind.ACL_MASK, "mask::---", "b")));

        assertEquals(List.of(), changes.recovered());
        assertEquals(List.of(known(1, "a"), known(1, "b")), changes.since());
    }

    @Test
    void another_family_of_cause_is_another_refusal() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a")));

        Changes changes = history.record(finished(2), List.of(refused("/srv/www", CauseKind.MOUNT, "noexec", "a")));

        assertEquals(List.of(recovered("/srv/www", 1, "a")), changes.recovered());
        assertEquals(List.of(part(State.NEW, 2, "a")), changes.since().get(0));
    }

    @Test
    void what_stood_behind_a_mended_cause_is_not_new_when_it_surfaces() throws StoreException {
        Refusals parent = refused("/srv", CauseKind.SEARCH, "other::---", "www");
        history.record(finished(1), List.of(parent, behind(files("/srv/www", "a"))));

        Changes changes = history.record(finished(2), List.of(files("/srv/www", "a")));

        assertEquals(1, changes.recovered().size());
        assertEquals(PathBytes.of("/srv"), changes.recovered().get(0).directory());
        assertEquals(known(1, "a"), changes.since().get(0));
    }

    @Test
    void what_stands_behind_another_cause_goes_in_silence() throws StoreException {
        history.record(finished(1), List.of(behind(files("/srv/www", "a"))));

        assertEquals(List.of(), history.record(finished(2), List.of()).recovered());
        assertEquals(0, history.scans(1).get(0).closed());
    }

    @Test
    void an_interrupted_scan_closes_nothing() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a", "b")));

        assertEquals(List.of(), history.record(interrupted(2), List.of()).recovered());
        assertEquals(
                known(1, "a", "b"),
                history.record(finished(3), List.of(files("/srv/www", "a", "b")))
                        .since()
                        .get(0));
    }

    @Test
    void what_an_interrupted_scan_saw_first_is_new_until_a_scan_has_finished() throws StoreException {
        history.record(finished(1), List.of());

        history.record(interrupted(2), List.of(files("/srv/www", "a")));
        Changes third = history.record(finished(3), List.of(files("/srv/www", "a")));
        Changes fourth = history.record(finished(4), List.of(files("/srv/www", "a")));

        assertEquals(Optional.of(hour(1)), third.previous());
        assertEquals(List.of(part(State.NEW, 2, "a")), third.since().get(0));
        assertEquals(known(2, "a"), fourth.since().get(0));
    }

    @Test
    void what_was_not_looked_at_has_not_recovered() throws StoreException {
        history.record(
                finished(1),
                List.of(files("/srv/www", "x", "xy"), files("/srv/www/x", "in"), files("/srv/www/xy", "out")));

        Changes changes = history.record(finished(2, "/srv/www/x"), List.of());

        assertEquals(List.of(recovered("/srv/www", 1, "xy"), recovered("/srv/www/xy", 1, "out")), changes.recovered());
    }

    @Test
    void excluding_a_directory_heals_nothing_below_it() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www/x", "in")));
        var excluded = new Unseen(PathBytes.of("/srv/www/x/"), "excluded", true);

        Changes changes =
                history.record(new ScanRecord(Scans.WWW, hour(2), hour(2), true, 5, List.of(excluded)), List.of());

        assertEquals(List.of(), changes.recovered());
        assertTrue(history.scans(1).get(0).complete());
    }

    @Test
    void a_link_is_as_unseen_as_what_it_blames() throws StoreException {
        Refusals link = blaming("/home/kim/secret", files("/srv/www", "link"));
        history.record(finished(1), List.of(link));

        assertEquals(
                List.of(), history.record(finished(2, "/home/kim"), List.of()).recovered());
        assertEquals(1, history.record(finished(3), List.of()).recovered().size());
    }

    @Test
    void one_name_may_be_refused_by_itself_and_by_what_it_points_at() throws StoreException {
        Refusals link = blaming("/home/kim", files("/srv/www", "a"));
        history.record(finished(1), List.of(files("/srv/www", "a"), link));

        Changes changes = history.record(finished(2), List.of(link));

        assertEquals(List.of(recovered("/srv/www", 1, "a")), changes.recovered());
        assertEquals(known(1, "a"), changes.since().get(0));
    }

    @Test
    void subjects_know_nothing_of_each_other() throws StoreException {
        var other = new Subject(PathBytes.of("/srv/www"), -2, "default");
        history.record(finished(1), List.of(files("/srv/www", "a")));

        Changes changes = history.record(Scans.scan(other, 2, true), List.of());

        assertEquals(Optional.empty(), changes.previous());
        assertEquals(List.of(), changes.recovered());
        assertEquals(other, history.scans(1).get(0).subject());
    }

    @Test
    void what_becomes_intended_has_not_recovered() throws StoreException {
        history.record(finished(1), List.of(files("/srv/www", "a")));

        Changes changes = history.record(finished(2), List.of(intended(files("/srv/www", "a"))));

        assertEquals(List.of(), changes.recovered());
        assertEquals(known(1, "a"), changes.since().get(0));
    }

    @Test
    void a_recovery_tells_how_many_paths_it_opened_when_last_seen() throws StoreException {
        Refusals closed = refused("/srv", CauseKind.SEARCH, "other::---", "www");
        history.record(finished(1), List.of(standingFor(7, closed)));
        history.record(finished(2), List.of(standingFor(9, closed)));

        assertEquals(
                9, history.record(finished(3), List.of()).recovered().get(0).paths());
        assertEquals(1, history.of(PathBytes.of("/srv/www")).size());
    }

    @Test
    void a_name_given_twice_is_kept_once() throws StoreException {
        Refusals again = refused("/srv/www", CauseKind.ACL_MASK, "mask::---", "b", "c");
        history.record(finished(1), List.of(files("/srv/www", "a", "b"), again));

        Changes changes = history.record(finished(2), List.of(files("/srv/www", "a", "b"), again));

        assertEquals(List.of(known(1, "a", "b"), known(1, "b", "c")), changes.since());
        assertEquals(1, history.of(PathBytes.of("/srv/www/b")).size());
    }

    @Test
    void a_large_directory_is_one_group_again() throws StoreException {
        PackedNames many = many(0);
        history.record(finished(1), List.of(group(many)));

        assertEquals(
                many,
                history.record(finished(2), List.of(group(many)))
                        .since()
                        .get(0)
                        .get(0)
                        .names());
        assertEquals(
                List.of(names("name-017000")),
                history.record(finished(3), List.of(group(many(17000)))).recovered().stream()
                        .map(Recovered::names)
                        .toList());
        Changes last = history.record(finished(4), List.of());
        assertEquals(
                List.of(many(17000)),
                last.recovered().stream().map(Recovered::names).toList());
        assertEquals(49_999, last.recovered().get(0).paths());
        assertEquals(49_999, history.scans(1).get(0).closed());
    }

    private static PackedNames many(int without) {
        PackedNames.Builder builder = new PackedNames.Builder();
        for (int i = 0; i <= 50_000; i++) {
            byte[] name = String.format(Locale.ROOT, "name-%06d", i).getBytes(StandardCharsets.UTF_8);
            if (i != 0 && i != without) {
                builder.add(name, 0, name.length);
            }
        }
        return builder.build();
    }

    private static Refusals group(PackedNames names) {
        Refusals one = files("/srv/www", "x");
        return new Refusals(one.directory(), names, one.kind(), one.rule(), one.blame(), false, false, names.count());
    }

    private static List<Since> known(int hour, String... names) {
        return List.of(part(State.KNOWN, hour, names));
    }

    private static Since part(State state, int hour, String... names) {
        return new Since(names(names), state, hour(hour));
    }

    private static Recovered recovered(String directory, int hour, String... names) {
        return new Recovered(
                Scans.WWW,
                PathBytes.of(directory),
                names(names),
                Optional.empty(),
                CauseKind.MODE,
                "other::---",
                false,
                names.length,
                hour(hour));
    }
}
