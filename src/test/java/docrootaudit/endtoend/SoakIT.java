package docrootaudit.endtoend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One service that scans trees which change all the time, and a mail server that is not always there: every change is
 * told once, and the service grows by nothing. 150 scans, or {@code -Daudit.soak=N}; {@code -Daudit.seed=N} repeats a
 * run.
 */
class SoakIT {
    private static final int SCANS = Integer.getInteger("audit.soak", 150);
    private static final int ROOTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A retry after the last refusal comes within so long. */
    private static final Duration RETRY = Duration.ofMinutes(4);

    private static final long KILOBYTE = 1024;

    /** It is tidied up when it has grown by eight megabytes to more than twice its size. */
    private static final long STORE = 24 * KILOBYTE * KILOBYTE;

    private final List<ChangingSite> sites = new ArrayList<>();
    private Ground ground;
    private PostOffice post;

    @BeforeEach
    void make_sites() throws Exception {
        ground = Ground.make();
        post = new PostOffice();
        StringBuilder roots = new StringBuilder();
        for (int i = 0; i < ROOTS; i++) {
            Path root = i == 0 ? Path.of(ground.www()) : ground.path().resolve("www" + i);
            sites.add(ChangingSite.make(root, ground.path().resolve("stage" + i)));
            roots.append(i == 0 ? "" : "[[root]]\npath = \"" + root + "\"\n");
        }
        ground.config(
                Service.configuration(ground, "every = \"1 s\"\n", "concurrent-scans = 2\n" + post.configuration())
                        + roots);
    }

    @AfterEach
    void remove_them() throws Exception {
        post.close();
        ground.close();
    }

    /** What the service takes up. */
    private record Size(long heap, int descriptors, int threads, long resident, long store) {
        @Override
        public String toString() {
            return heap / KILOBYTE + " kB of live heap, " + descriptors + " descriptors, " + threads + " threads, "
                    + resident + " kB resident, store of " + store / KILOBYTE + " kB";
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void every_change_is_told_once_and_nothing_grows() throws Exception {
        long seed = Seed.of("soak of " + SCANS + " scans");
        Random random = new Random(seed);
        try (Service service = Service.start(ground)) {
            service.logs("this is the baseline", ROOTS);
            change(service, random, SCANS / 5);
            Size early = size(service);
            change(service, random, SCANS);
            Size late = size(service);
            long began = scans(service);
            unchanged(service, SCANS / 5);
            Size still = size(service);
            long unchanged = scans(service) - began;

            List<String> wanted =
                    sites.stream().flatMap(s -> s.events().stream()).sorted().toList();
            await("everything is told")
                    .atMost(RETRY)
                    .until(() -> post.told().stream().sorted().toList(), told -> told.size() >= wanted.size());
            unchanged(service, ROOTS * 4);
            assertEquals(wanted, post.told().stream().sorted().toList());
            oneMailAnId();
            report(service, wanted.size(), early, late, still, unchanged);
            isFlat(early, late);
            isFlat(early, still);
            service.stop().ended(0);
            service.isClean();
        }
    }

    /** Until there were so many scans. The mail server refuses for a while, then it is gone for a while. */
    private void change(Service service, Random random, int until) throws Exception {
        int round = 0;
        while (scans(service) < until) {
            for (ChangingSite site : sites) {
                site.change(random);
            }
            Map<Path, Long> before = scansOfEach(service);
            seen(service, before);
            round++;
            if (round == 1) {
                post.refuse("451 4.3.0 come again later");
            } else if (round == 3) {
                post.welcome();
                post.shut();
            } else if (round == 4) {
                post.reopen();
            }
        }
        post.welcome();
    }

    private void unchanged(Service service, int more) throws Exception {
        long until = scans(service) + more;
        await("scans").atMost(PATIENCE).until(() -> scans(service) >= until);
    }

    /** Waits until each root has been scanned from its begin to its end: one more than the scan that was under way. */
    private void seen(Service service, Map<Path, Long> before) {
        await("each root is scanned")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> scansOfEach(service).entrySet().stream()
                        .allMatch(e -> e.getValue() >= before.get(e.getKey()) + 2));
    }

    private Map<Path, Long> scansOfEach(Service service) throws Exception {
        Map<Path, Long> counts = new HashMap<>();
        List<String> journal = service.journal();
        for (ChangingSite site : sites) {
            counts.put(
                    site.root(),
                    journal.stream()
                            .filter(l -> l.contains("scanned " + site.root() + " for"))
                            .count());
        }
        return counts;
    }

    private static long scans(Service service) throws Exception {
        return service.logged(">scanned ");
    }

    private void oneMailAnId() {
        List<LetterTaken> mails = post.taken();

        assertEquals(
                mails.stream().distinct().count(),
                mails.stream().map(LetterTaken::id).distinct().count(),
                "a repeat is the same mail");
        assertEquals(mails.size(), mails.stream().distinct().count(), "no answer was lost, so nothing is sent twice");
    }

    /**
     * The least of four: only each fourth collection leaves no gaps (MarkSweepAlwaysCompactCount), which a histogram
     * counts as arrays of integers; and a walk has many directories open at once.
     */
    private static Size size(Service service, Ground ground) throws Exception {
        String pid = Long.toString(service.process().pid());
        long heap = Long.MAX_VALUE;
        int descriptors = Integer.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            heap = Math.min(heap, liveHeap(pid));
            descriptors = Math.min(descriptors, count(Path.of("/proc", pid, "fd")));
        }
        return new Size(
                heap,
                descriptors,
                count(Path.of("/proc", pid, "task")),
                Long.parseLong(Shell.bash("awk '/^VmRSS/ {print $2}' /proc/" + pid + "/status")),
                Files.size(Path.of(ground.store(), "history.mv.db")));
    }

    private static int count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        }
    }

    private static long liveHeap(String pid) throws Exception {
        String total = Shell.bash(
                Path.of(System.getProperty("java.home"), "bin", "jcmd") + " " + pid + " GC.class_histogram | tail -1");
        return Long.parseLong(total.strip().split(" +")[2]);
    }

    private Size size(Service service) throws Exception {
        return size(service, ground);
    }

    private static void isFlat(Size early, Size late) {
        String both = early + "; then " + late;
        assertTrue(late.heap() < early.heap() + 6 * KILOBYTE * KILOBYTE, both);
        assertTrue(late.store() < STORE, both);
        // one may be on its way to the mail server, one in a walk
        assertTrue(late.descriptors() <= early.descriptors() + 8, both);
        assertTrue(late.threads() <= early.threads() + 4, both);
    }

    private void report(Service service, int events, Size early, Size late, Size still, long unchanged)
            throws Exception {
        System.out.println("soak: " + scans(service) + " scans, " + events + " events in "
                + post.taken().size()
                + " mails\n  early: " + early + "\n  late:  " + late + "\n  after " + unchanged
                + " scans without a change: " + still);
    }
}
