package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.Since;
import docrootaudit.finding.Unseen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanGoldenTest {
    @ParameterizedTest
    @EnumSource(Format.class)
    void a_broken_tree_in_every_format(Format format) throws IOException {
        expect("broken", format, Scans.broken());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void each_refused_path_in_every_format(Format format) throws IOException {
        ScanReport report = Scans.broken().report();
        ScanView view = new ScanView(format, ScanView.Content.EACH, Optional.empty());

        new Golden("each").expect(file(format), out -> Scans.REPORTS.scan(report, view, out));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_healthy_tree_in_every_format(Format format) throws IOException {
        expect("healthy", format, new Scans());
    }

    @Test
    void a_first_scan_is_the_baseline() throws IOException {
        Scans scan = new Scans();
        scan.previous = Optional.empty();
        scan.findings.add(Scans.finding(
                CauseKind.MODE,
                "/srv/www",
                List.of(Scans.since(Since.State.KNOWN, Scans.NOW, "index.html")),
                "-rw------- kim:users",
                1,
                false,
                List.of("/srv/www/index.html"),
                Optional.empty(),
                Remedies.advice("ask the owner")));

        expect("baseline", Format.TEXT, scan);
    }

    @Test
    void without_history_nothing_is_called_new() throws IOException {
        Scans scan = Scans.broken();
        scan.previous = Optional.empty();
        scan.compared = false;
        scan.recovered.clear();

        expect("no-history", Format.TEXT, scan);
    }

    @Test
    void only_what_is_closed_on_purpose_is_no_alarm() throws IOException {
        Scans scan = new Scans();
        scan.findings.add(Scans.secret());

        expect("intended", Format.TEXT, scan);
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"TEXT", "JSON"})
    void what_was_not_seen_and_what_nobody_can_tell_is_said(Format format) throws IOException {
        Scans scan = new Scans();
        scan.roots = List.of(Scans.path("/srv/www"), Scans.path("/var/www"));
        scan.complete = false;
        scan.unvisited.add(new Unseen(Scans.path("/srv/www/nas"), "a network file system (nfs4)", false));
        scan.uncertain.add(
                new ScanReport.Uncertain("FUSE without default_permissions: its program decides who reads", 1));
        scan.uncertain.add(new ScanReport.Uncertain("ACL of unknown version 3", 12));
        scan.notes.add("SELinux enforces: allowed means by modes and ACLs only");
        scan.failures.add("/var/www is missing");

        expect("incomplete", format, scan);
    }

    @Test
    void the_51st_cause_and_all_behind_it_are_a_number() throws IOException {
        Scans scan = new Scans();
        for (int i = 0; i < 52; i++) {
            scan.findings.add(Scans.finding(
                    CauseKind.SEARCH,
                    "/srv/www",
                    List.of(Scans.since(Since.State.KNOWN, Scans.LAST_WEEK, "site" + i)),
                    "drwx------ kim:users",
                    2,
                    false,
                    List.of("/srv/www/site" + i),
                    Optional.empty(),
                    Remedies.NONE));
        }

        expect("many", Format.TEXT, scan);
    }

    @Test
    void a_filter_is_told() throws IOException {
        ScanView view = new ScanView(Format.TEXT, ScanView.Content.CAUSES, Optional.of("only what is new"));
        Scans scan = new Scans();

        new Golden("filtered-empty").expect("expected.txt", out -> Scans.REPORTS.scan(scan.report(), view, out));
        scan.findings.add(Scans.shop());
        new Golden("filtered").expect("expected.txt", out -> Scans.REPORTS.scan(scan.report(), view, out));
    }

    @Test
    void plain_ASCII_when_the_charset_has_no_more() throws IOException {
        Scans scan = Scans.broken();
        scan.notes.add("café ✓ … 😀");
        scan.findings.add(Scans.finding(
                CauseKind.ACL_MASK,
                "/srv/www",
                List.of(Scans.since(Since.State.KNOWN, Scans.NOW, utf8("größe"))),
                "drwx------ kim:users",
                1,
                false,
                List.of(),
                Optional.empty(),
                new Remedies(
                        List.of(new docrootaudit.finding.Remedy("setfacl -m m::x '/srv/www/größe'", "", 1)),
                        Optional.empty())));
        Reports reports = styled(Style.plain(StandardCharsets.US_ASCII));

        new Golden("ascii").expect("expected.txt", out -> reports.scan(scan.report(), ScanView.of(Format.TEXT), out));
    }

    @Test
    void colour_for_a_terminal() throws IOException {
        Reports reports = styled(new Style(StandardCharsets.UTF_8, Style.Colour.ALWAYS, 60));

        new Golden("colour")
                .expect("expected.txt", out -> reports.scan(Scans.broken().report(), ScanView.of(Format.TEXT), out));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void roots_and_identities_of_more_than_one_kind(Format format) throws IOException {
        Scans scan = new Scans();
        scan.roots = List.of(Scans.path("/srv/www"), Scans.path("/srv"), Scans.path("/data/\u00ff"));
        Finding shop = Scans.shop();
        scan.findings.add(new Finding(
                shop.id(),
                (int) 4000000001L,
                CauseKind.ACL_ENTRY,
                "group:editors:--x",
                shop.directory(),
                shop.names(),
                Map.of(),
                shop.attributes(),
                List.of(new Finding.RootCount(Scans.path("/srv/www"), 3), new Finding.RootCount(Scans.path("/srv"), 4)),
                false,
                shop.examples(),
                shop.since(),
                Optional.empty(),
                () -> Remedies.NONE,
                shop.remediesOf(),
                Optional.empty()));

        expect("roots", format, scan);
    }

    private static String utf8(String text) {
        return new String(PathBytes.of(text).bytes(), StandardCharsets.ISO_8859_1);
    }

    private static Reports styled(Style style) {
        return new Reports(Scans.accounts(), style, Scans.REPORTS.zone());
    }

    private static void expect(String behaviour, Format format, Scans scan) throws IOException {
        new Golden(behaviour).expect(file(format), out -> Scans.REPORTS.scan(scan.report(), ScanView.of(format), out));
    }

    private static String file(Format format) {
        return "expected." + (format == Format.TEXT ? "txt" : format.word());
    }
}
