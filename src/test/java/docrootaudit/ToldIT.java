package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.alert.AlertPolicy;
import docrootaudit.alert.AlertSettings;
import docrootaudit.alert.Batch;
import docrootaudit.alert.Delivery;
import docrootaudit.alert.Event;
import docrootaudit.alert.Mail;
import docrootaudit.alert.Notice;
import docrootaudit.alert.Postman;
import docrootaudit.alert.Recipient;
import docrootaudit.audit.Audit;
import docrootaudit.audit.Glob;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.audit.Listing;
import docrootaudit.audit.PaceSettings;
import docrootaudit.audit.Question;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.RootSettings;
import docrootaudit.audit.ScanRequest;
import docrootaudit.audit.StoredOutbox;
import docrootaudit.finding.Finding;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.ShellQuote;
import docrootaudit.history.History;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one recipient believes after whatever happens to a tree: from modes to mails, with a clock of its own. */
class ToldIT {
    private static final Identity WEB =
            new Identity(Optional.of("www-data"), Principal.of(33, 33), "named by the configuration");
    private static final IdentitySettings BY_NUMBER =
            new IdentitySettings(Optional.of("33"), Optional.of("33"), Optional.of(List.of()));

    @TempDir
    private Path temporary;

    private Path www;
    private History history;
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private boolean somebodyIsTold = true;
    private boolean isConfigured = true;
    private final List<String> told = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private final List<String> beside = new ArrayList<>();

    /** What the recipient believes to be refused, by cause. */
    private final Map<String, Set<PathBytes>> believed = new HashMap<>();

    @BeforeEach
    void begin() throws Exception {
        Root.required();
        Bash.run("chmod 755 " + temporary + "; mkdir -p " + temporary + "/host/www");
        www = temporary.resolve("host/www");
        history = History.open(temporary.resolve("store"), uid -> {}, Duration.ZERO);
    }

    @AfterEach
    void end() {
        history.close();
    }

    private void bash(String script) throws Exception {
        Bash.run("cd " + www + "; " + script);
    }

    @Test
    void a_file_that_is_mended_behind_a_closed_directory_is_over() throws Exception {
        bash("mkdir d; touch d/f");
        tells("");
        bash("chmod 600 d/f");
        tells("OPENED d/f");
        bash("chmod 700 d");
        tells("OPENED d");
        bash("chmod 644 d/f");
        scan();
        bash("chmod 755 d");
        scan();
        assertEquals(Map.of(), believed);
    }

    @Test
    void a_file_that_goes_with_its_closed_directory_is_over() throws Exception {
        bash("mkdir d; touch d/f");
        tells("");
        bash("chmod 600 d/f");
        tells("OPENED d/f");
        bash("chmod 700 d");
        tells("OPENED d");
        bash("rm -r d");
        scan();
        assertEquals(Map.of(), believed);
    }

    @Test
    void who_comes_later_is_told_what_there_is() throws Exception {
        bash("mkdir a b; chmod 700 a");
        somebodyIsTold = false;
        tells("");
        somebodyIsTold = true;
        tells("BASELINE a");
        bash("chmod 700 b");
        tells("OPENED b");
        bash("chmod 755 a");
        tells("RECOVERED a");
    }

    @Test
    void a_group_of_which_nobody_was_told_a_part_is_not_over_with_that_part() throws Exception {
        bash("touch 1 2 3 4; chmod 600 1 2 3");
        somebodyIsTold = false;
        scan();
        somebodyIsTold = true;
        bash("chmod 600 4");
        scan();
        bash("chmod 644 1 2 3");
        scan();
        assertEquals(1, believed.size());
        bash("chmod 644 4");
        scan();
        assertEquals(Map.of(), believed);
    }

    @Test
    void another_question_in_between_changes_nothing() throws Exception {
        bash("mkdir a b; chmod 700 a");
        tells("BASELINE a");
        scan(new Question(Optional.of(Need.LIST)), RootRules.DEFAULT);
        assertEquals(List.of(), told);
        bash("chmod 755 a; chmod 700 b");
        tells("OPENED b, RECOVERED a");
    }

    @Test
    void rules_that_are_changed_and_changed_back_lose_nothing() throws Exception {
        RootRules other = rules(List.of(), Listing.ON);
        bash("mkdir a b c; chmod 700 a");
        scan();
        bash("chmod 755 a; chmod 700 b c");
        scan(Question.DEFAULT, other);
        scan();
        assertEquals(2, believed.size(), believed::toString);
        bash("chmod 755 b");
        scan();
        assertEquals(1, believed.size(), believed::toString);
        bash("chmod 755 c");
        scan();
        assertEquals(Map.of(), believed);
    }

    /** Whatever happens: what is refused is believed to be, and once nothing is, nothing is believed. */
    @ParameterizedTest
    @ValueSource(longs = {3, 5, 8, 9})
    void the_recipient_believes_what_is_so(long seed) throws Exception {
        Random random = new Random(seed);
        bash("mkdir -p a/b/c d/e ../vault; touch a/{1,2,3} a/b/{1,2,3} a/b/c/{1,2} d/{1,2} d/e/1 ../vault/{1,2};"
                + " ln -s ../../vault a/link; ln -s ../a/b d/link; ln -s ../../vault/1 a/b/file");
        for (int step = 0; step < 40; step++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                change(random);
            }
            ScanReport report = scan();
            trace.add("   " + told);
            if (step % 8 == 7) {
                for (int i = 0; i < 12; i++) {
                    report = scan();
                    if (!told.isEmpty()) {
                        trace.add("   " + told);
                    }
                }
                believesAllOf(report, "seed " + seed + ", step " + step);
            }
        }
        bash("setfacl -R -b . ../vault; chmod 755 . .. ../vault; find . ../vault -type d -exec chmod 755 {} +;"
                + " find . ../vault -type f -exec chmod 644 {} +");
        for (int i = 0; i < 12; i++) {
            scan();
            if (!told.isEmpty()) {
                trace.add("   end " + told);
            }
        }
        assertEquals(Map.of(), believed, () -> "seed " + seed + "\n" + String.join("\n", trace) + "\n");
    }

    private static RootRules without(String... excluded) {
        return rules(Glob.all(excluded), Listing.OFF);
    }

    private static RootRules rules(List<Glob> excluded, Listing listing) {
        return new RootRules(
                excluded,
                List.of(),
                listing,
                RootRules.DEFAULT.index(),
                RootRules.DEFAULT.secrets(),
                List.of(),
                List.of(),
                RootRules.Servers.UNASKED,
                RootRules.DEFAULT.mountTimeout());
    }

    /** How many causes somebody would be reminded of. */
    private long watched() throws Exception {
        return history.readAlerts(tables -> tables.watches().all()).stream()
                .filter(w -> w.told().isPresent() || w.openNames() > 0)
                .count();
    }

    @Test
    void what_is_left_out_is_over_in_silence_and_told_anew_when_it_is_looked_at_again() throws Exception {
        bash("mkdir a b; chmod 700 a b");
        scan();
        scan(Question.DEFAULT, without("a"));
        assertEquals(List.of(), told);
        assertEquals(1, watched());
        bash("chmod 755 b");
        scan(Question.DEFAULT, without("a"));
        assertEquals(List.of("RECOVERED b"), told);
        assertEquals(0, watched());
        tells("OPENED a");
        bash("chmod 755 a");
        tells("RECOVERED a");
    }

    @Test
    void of_a_group_of_files_a_part_may_be_left_out() throws Exception {
        bash("touch 1 2 3 4; chmod 600 1 2 3 4");
        tells("BASELINE .");
        scan(Question.DEFAULT, without("2", "4"));
        assertEquals(List.of(), told);
        bash("chmod 644 1 3");
        scan(Question.DEFAULT, without("2", "4"));
        assertEquals(List.of("RECOVERED ."), told);
        assertEquals(0, watched());
        // one goes while nobody looks
        bash("chmod 644 2");
        tells("OPENED 4");
    }

    @Test
    void rules_under_which_nothing_is_refused_end_what_was_told_under_others() throws Exception {
        bash("mkdir a; chmod 711 a");
        scan(Question.DEFAULT, rules(List.of(), Listing.ON));
        assertEquals(List.of("BASELINE a"), told);
        tells("");
        assertEquals(0, watched());
    }

    @Test
    void a_root_that_is_taken_out_is_forgotten_in_silence_and_told_as_a_whole_when_it_is_back() throws Exception {
        bash("mkdir a b; chmod 700 a");
        tells("BASELINE a");
        isConfigured = false;
        told.clear();
        post();
        assertEquals(List.of(), told);
        assertEquals(0, watched());
        bash("chmod 700 b");
        isConfigured = true;
        tells("BASELINE a, BASELINE b");
    }

    @Test
    void what_was_on_a_file_system_that_is_not_mounted_any_more_has_not_recovered() throws Exception {
        bash("mkdir a b ../disk; mkdir ../disk/x; touch ../disk/x/f; chmod 600 ../disk/x/f; mount --bind ../disk a");
        try {
            tells("BASELINE a/x/f");
            bash("umount a; chmod 700 b");
            tells("OPENED b, BLIND a");
            tells("");
            bash("mount --bind ../disk a");
            tells("SEEING a");
            bash("chmod 644 a/x/f");
            tells("RECOVERED a/x/f");
        } finally {
            bash("umount -l a; true");
        }
    }

    @Test
    void what_was_moved_from_there_to_the_directory_itself_is_seen() throws Exception {
        bash("mkdir a ../disk; touch ../disk/f; chmod 600 ../disk/f; mount --bind ../disk a");
        try {
            tells("BASELINE a/f");
            bash("umount a; touch a/f");
            tells("RECOVERED a/f");
        } finally {
            bash("umount -lq a; true");
        }
    }

    @Test
    void what_an_empty_file_system_is_mounted_over_has_not_recovered() throws Exception {
        bash("mkdir a c ../disk; touch a/f; chmod 600 a/f");
        tells("BASELINE a/f");
        bash("mount --bind ../disk a; mount --bind ../disk c");
        try {
            // of c nothing was known
            tells("BLIND a");
            bash("touch ../disk/index.html");
            tells("SEEING a, RECOVERED a/f");
        } finally {
            bash("umount -l a c; true");
        }
    }

    @Test
    void of_a_file_it_is_told_what_it_was_like() throws Exception {
        bash("mkdir d e; touch d/{1,2,3} e/{1,2,3,4}; chmod 755 e/2; setfacl -m u:33:r e/3; chmod 600 e/4");
        tells("BASELINE e/4");
        bash("chmod 600 d/* e/1; chown 4 e/2; chmod 700 e/2");
        tells("OPENED d, OPENED e/1, OPENED e/2");
        assertEquals(List.of("-rw-r--r-- root:root", "-rw-r--r-- root:root", "-rwxr-xr-x root:root"), before);
        assertEquals(List.of(), beside);
        bash("chmod 644 d/* e/1");
        scan();
        bash("rm d/2; touch e/5; chmod 600 e/5; setfacl -b e/3; chmod 600 e/3");
        tells("OPENED e");
        // two that have become alike, and one of them is new
        assertEquals(List.of(), before);
    }

    /** As long as nothing else changes in a directory, which files it had is known, however often it was scanned. */
    @Test
    void of_a_file_that_is_new_it_is_not_told_what_it_was_like() throws Exception {
        bash("mkdir d; touch d/{1,2}");
        tells("");
        bash("touch d/3; chmod 600 d/3");
        tells("OPENED d/3");
        assertEquals(List.of(), before);
        assertEquals(List.of("-rw-r--r-- root:root"), beside);
        scan();
        bash("mv d/1 d/0; chmod 640 d/0");
        tells("OPENED d/0");
        assertEquals(List.of(), before);
        bash("mv d/2 ../new; cp ../new d/2; chmod 604 d/2");
        tells("");
        bash("chmod 000 d/2");
        tells("OPENED d/2");
        assertEquals(List.of("-rw----r-- root:root"), before);
    }

    @Test
    void of_a_file_among_others_that_changed_it_is_told_what_those_beside_it_were_like() throws Exception {
        bash("mkdir d e; touch d/{1,2,3} e/{1,2}; chmod 755 e/2; touch e/3; chmod 700 e/3; chown 33:33 e/3");
        tells("");
        bash("chmod 600 d/1 e/1; touch d/new; rm e/2");
        tells("OPENED d/1, OPENED e/1");
        assertEquals(List.of(), before);
        assertEquals(
                List.of(
                        "-rw-r--r-- root:root",
                        "-rw-r--r-- root:root or -rwx------ www-data:www-data or -rwxr-xr-x root:root"),
                beside.stream().map(ToldIT::sorted).toList());
        bash("chmod 600 d/2 d/3 d/new");
        scan();
        // none is granted now: what was known stays
        bash("chmod 640 d/*");
        scan();
        bash("chmod 644 d/*");
        scan();
        bash("chmod 600 d/3; touch d/newer");
        tells("OPENED d/3");
        assertEquals(List.of("-rw-r--r-- root:root"), beside);
    }

    private static String sorted(String shapes) {
        return Stream.of(shapes.split(" or ")).sorted().collect(Collectors.joining(" or "));
    }

    private final List<String> trace = new ArrayList<>();

    private void change(Random random) throws Exception {
        List<String> things = List.of(
                "a",
                "a/b",
                "a/b/c",
                "d",
                "d/e",
                "../vault",
                "a/1",
                "a/2",
                "a/3",
                "a/b/1",
                "a/b/2",
                "a/b/c/1",
                "d/1",
                "../vault/1",
                ".",
                "a/.env");
        String thing = things.get(random.nextInt(things.size()));
        String command = switch (random.nextInt(10)) {
            case 0, 1, 2 -> "chmod go-rwx " + thing;
            case 3, 4, 5 -> "chmod go+rX " + thing;
            case 6 -> "test ! -f " + thing + " || rm " + thing;
            case 7 ->
                "test -e " + thing + " || (umask " + (random.nextBoolean() ? "077" : "022") + "; touch " + thing + ")";
            case 8 ->
                "test ! -d " + thing + " || mv -T d/e/moved a/moved || mv -T a/moved d/e/moved"
                        + " || mv -T a/b/c a/moved || mkdir -p d/e/moved/x";
            default ->
                "setfacl -m u:33:" + (random.nextBoolean() ? "---" : "rx") + " " + thing + "; setfacl -b "
                        + (random.nextBoolean() ? thing : "d");
        };
        trace.add(command);
        Bash.run("cd " + www + "; (" + command + ") 2> /dev/null; true");
    }

    private void believesAllOf(ScanReport report, String when) {
        Set<PathBytes> all = new HashSet<>();
        believed.values().forEach(all::addAll);
        for (Finding finding : report.findings()) {
            if (!finding.intended()) {
                finding.names().forEach(name -> {
                    PathBytes path = Refusals.path(finding.directory(), name);
                    assertTrue(all.contains(path), () -> when + ": " + path + " is not in " + believed);
                });
            }
        }
        if (report.findings().stream().allMatch(Finding::intended)) {
            assertEquals(Map.of(), believed, when);
        }
    }

    private void tells(String what) throws Exception {
        scan();
        assertEquals(what, String.join(", ", told));
    }

    private ScanReport scan() throws Exception {
        return scan(Question.DEFAULT, RootRules.DEFAULT);
    }

    private ScanReport scan(Question question, RootRules rules) throws Exception {
        told.clear();
        before.clear();
        beside.clear();
        now = now.plus(Duration.ofHours(1));
        PathBytes path = PathBytes.of(www.toString());
        ScanRequest.Root root =
                new ScanRequest.Root(path, path, new RootSettings(path, BY_NUMBER, rules), WEB, Map.of());
        ScanRequest request = new ScanRequest(
                List.of(root),
                Optional.empty(),
                question,
                ScanRequest.Detail.ALL_CAUSES,
                ScanRequest.Follow.NO,
                ScanRequest.Means.SIMULATION,
                1,
                PaceSettings.FASTEST,
                List.of(),
                (given, identity, cause) -> "audit now --cause " + cause,
                progress -> {});
        Audit audit = new Audit(new LinuxHost(), ShellQuote.ASCII, Clock.fixed(now, ZoneOffset.UTC));
        ScanReport report = audit.scan(
                request, Optional.of(new Audit.Memory(b -> history, Duration.ofDays(400), given -> somebodyIsTold)));
        now = now.plus(Duration.ofMinutes(2));
        post();
        return report;
    }

    private void post() {
        AlertSettings plain = AlertSettings.DEFAULT;
        AlertSettings settings = new AlertSettings(
                List.of("ops"),
                Map.of(),
                plain.hold(),
                plain.recovered(),
                plain.reminder(),
                plain.damping(),
                1000,
                plain.patience());
        new Postman(
                        Clock.fixed(now, ZoneOffset.UTC),
                        new Random(1),
                        new StoredOutbox(history),
                        new AlertPolicy(settings, Set.of(Recipient.Channel.MAIL), root -> isConfigured),
                        new Postman.Composers(this::mail, this::notice, () -> "<" + System.nanoTime() + "@test>"),
                        Map.of(Recipient.Channel.MAIL, message -> new Delivery.Taken("250 ok")))
                .run();
    }

    private Mail mail(Batch batch) {
        if (batch.events().stream().anyMatch(e -> e.kind() == Event.Kind.BASELINE)) {
            // it tells all there is
            believed.clear();
        }
        batch.events().forEach(this::learn);
        return new Mail(batch.id(), batch.inReplyTo(), batch.references(), batch.to(), batch.date(), "", "", "");
    }

    private void learn(Event event) {
        event.likeness().before().ifPresent(before::add);
        event.likeness().beside().ifPresent(beside::add);
        String blamed = event.culprit().blamed().toString();
        told.add(event.kind() + " "
                + (blamed.equals(www.toString())
                        ? "."
                        : blamed.substring(www.toString().length() + 1)));
        if (event.kind() == Event.Kind.RECOVERED || event.kind() == Event.Kind.SEEING) {
            believed.remove(event.culprit().cause());
        } else {
            Set<PathBytes> paths = believed.computeIfAbsent(event.culprit().cause(), c -> new HashSet<>());
            paths.add(event.culprit().blamed());
            paths.addAll(event.refused().examples());
        }
    }

    private Notice notice(Batch batch) {
        throw new AssertionError("there is no webhook");
    }
}
