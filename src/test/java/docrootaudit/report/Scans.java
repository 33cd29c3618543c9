package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Identity;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.RefusedPath;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.Since;
import docrootaudit.finding.Subject;
import docrootaudit.finding.Unseen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds scan reports for tests. */
final class Scans {
    static final Instant NOW = Instant.parse("2026-11-25T13:00:00Z");
    static final Instant YESTERDAY = Instant.parse("2026-11-24T12:00:00.5Z");
    static final Instant LAST_WEEK = Instant.parse("2026-11-18T12:00:00Z");
    static final Subject SUBJECT = new Subject(PathBytes.of("/srv/www"), 33, "default");
    static final int UID = 33;
    static final Identity WWW_DATA = new Identity(Optional.of("www-data"), Principal.of(33, 33), "named by --as");
    static final Reports REPORTS =
            new Reports(accounts(), Style.plain(StandardCharsets.UTF_8), () -> ZoneId.of("Europe/Berlin"));

    final List<Finding> findings = new ArrayList<>();
    final List<Recovered> recovered = new ArrayList<>();
    final List<Unseen> unvisited = new ArrayList<>();
    final List<ScanReport.Uncertain> uncertain = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<RefusedPath> each = new ArrayList<>();
    List<PathBytes> roots = List.of(path("/srv/www"));
    Optional<Instant> previous = Optional.of(YESTERDAY);
    boolean compared = true;
    boolean complete = true;

    ScanReport report() {
        return new ScanReport(
                roots,
                WWW_DATA,
                NOW,
                NOW.plusMillis(1250),
                complete,
                12345,
                unvisited,
                findings,
                recovered,
                previous,
                compared,
                uncertain,
                notes,
                failures,
                each);
    }

    /** A closed directory, a directory of unreadable files, an unreadable file on purpose. */
    static Scans broken() {
        Scans scan = new Scans();
        scan.findings.add(shop());
        scan.findings.add(uploads());
        scan.findings.add(secret());
        scan.recovered.add(new Recovered(
                SUBJECT,
                path("/srv/www"),
                PackedNames.of(path("old")),
                Optional.empty(),
                CauseKind.SEARCH,
                "other::---",
                false,
                20,
                LAST_WEEK));
        scan.recovered.add(new Recovered(
                SUBJECT,
                path("/srv/www/blog"),
                PackedNames.of(path("a.css"), path("b.css")),
                Optional.empty(),
                CauseKind.ACL_MASK,
                "mask::---",
                false,
                2,
                LAST_WEEK));
        scan.each.add(
                new RefusedPath(path("/srv/www/shop"), Need.SEARCH, "0000000000000001", RefusedPath.Blamed.ITSELF));
        scan.each.add(new RefusedPath(
                path("/srv/www/shop/index.html"), Need.READ, "0000000000000001", RefusedPath.Blamed.ITSELF));
        return scan;
    }

    static Finding shop() {
        return finding(
                CauseKind.SEARCH,
                "/srv/www",
                List.of(since(Since.State.NEW, NOW, "shop")),
                "drwx------ kim:users",
                1204,
                false,
                List.of("/srv/www/shop", "/srv/www/shop/img/logo.png", "/srv/www/shop/index.html"),
                Optional.of(new Finding.Next(CauseKind.MODE, path("/srv/www/shop/index.html"), "other::---", 1)),
                new Remedies(
                        List.of(
                                new Remedy("setfacl -m u:www-data:x /srv/www/shop", "", 1),
                                new Remedy(
                                        "chmod o+x /srv/www/shop", "lets every local user search this directory", 24)),
                        Optional.empty()));
    }

    static Finding uploads() {
        return finding(
                CauseKind.MODE,
                "/srv/www/blog/uploads",
                List.of(
                        since(Since.State.NEW, NOW, "c.jpg"),
                        since(Since.State.KNOWN, YESTERDAY, "b.jpg", "e.jpg"),
                        since(Since.State.KNOWN, LAST_WEEK, "a.jpg", "d.jpg")),
                "-rw------- kim:users",
                5,
                false,
                List.of("/srv/www/blog/uploads/a.jpg", "/srv/www/blog/uploads/b.jpg", "/srv/www/blog/uploads/c.jpg"),
                Optional.empty(),
                new Remedies(
                        List.of(new Remedy(
                                "audit now /srv/www --cause 1 --each -0 | xargs -0 setfacl -m u:www-data:r --", "", 5)),
                        Optional.of(
                                "Files that arrive in /srv/www/blog/uploads later may be refused again: a default ACL on it with an entry for www-data is the lasting cure.")));
    }

    static Finding secret() {
        return finding(
                CauseKind.MODE,
                "/srv/www/blog",
                List.of(since(Since.State.KNOWN, LAST_WEEK, ".env")),
                "-rw------- kim:users",
                1,
                true,
                List.of("/srv/www/blog/.env"),
                Optional.empty(),
                Remedies.NONE);
    }

    static Finding finding(
            CauseKind kind,
            String directory,
            List<Since> since,
            String attributes,
            long paths,
            boolean intended,
            List<String> examples,
            Optional<Finding.Next> next,
            Remedies remedies) {
        PackedNames.Builder names = new PackedNames.Builder();
        for (Since part : since) {
            for (PathBytes name : part.names()) {
                names.add(name.bytes(), 0, name.length());
            }
        }
        PackedNames all = names.build();
        PathBytes in = path(directory);
        String id = all.count() == 1
                ? CauseId.of(UID, in.resolve(all.iterator().next()), kind)
                : CauseId.ofGroup(UID, in, kind, attributes);
        return new Finding(
                id,
                UID,
                kind,
                "other::---",
                in,
                all,
                Map.of(),
                attributes,
                List.of(new Finding.RootCount(path("/srv/www"), paths)),
                intended,
                examples.stream().map(Scans::path).toList(),
                since,
                next,
                () -> remedies,
                name -> new Remedies(
                        List.of(new Remedy("setfacl -m u:www-data:r " + in.resolve(name), "", 1)), Optional.empty()),
                Optional.empty());
    }

    static Since since(Since.State state, Instant firstSeen, String... names) {
        PathBytes[] paths =
                java.util.Arrays.stream(names).map(Scans::path).toList().toArray(new PathBytes[0]);
        return new Since(PackedNames.of(paths), state, firstSeen);
    }

    /** ISO 8859-1, so that a test can write any byte. */
    static PathBytes path(String bytes) {
        return PathBytes.of(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Names accounts() {
        return new Names() {
            @Override
            public Optional<String> user(int uid) {
                return switch (uid) {
                    case 0 -> Optional.of("root");
                    case 33 -> Optional.of("www-data");
                    case 1000 -> Optional.of("kim");
                    default -> Optional.empty();
                };
            }

            @Override
            public Optional<String> group(int gid) {
                return switch (gid) {
                    case 0 -> Optional.of("root");
                    case 33 -> Optional.of("www-data");
                    case 100 -> Optional.of("users");
                    default -> Optional.empty();
                };
            }
        };
    }
}
