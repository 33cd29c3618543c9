package docrootaudit.history;

import com.sun.management.OperatingSystemMXBean;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.ScanRecord;
import docrootaudit.finding.Subject;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures recording: {@code RecordingBenchmark DIRECTORY DIRECTORIES NAMES-IN-EACH}. A tool to run by hand; it prints
 * the wall and the CPU time, all threads together, of a first scan, of unchanged ones, of one with a changed rule, and of
 * one where everything recovered. Each is committed and on disk when its time is over; the first is the first of its Java,
 * as in {@code audit now}, but for the opening of the store.
 */
final class RecordingBenchmark {
    private static final Subject SUBJECT = new Subject(PathBytes.of("/srv/www"), 33, "default");

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private RecordingBenchmark() {}

    /** When something began. */
    private record Start(long nanos, long cpu) {
        static Start now() {
            return new Start(System.nanoTime(), PROCESS.getProcessCpuTime());
        }
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        List<Refusals> observed = observed(Integer.parseInt(args[1]), Integer.parseInt(args[2]), "other::---");
        try (History history = History.open(directory, uid -> {}, Duration.ZERO)) {
            record(history, directory, "new", 1, observed);
            for (int i = 2; i <= 6; i++) {
                record(history, directory, "unchanged", i, observed);
            }
            for (int i = 10; i <= 200; i++) {
                history.record(scan(i), observed);
            }
            record(history, directory, "after 190 more", 500, observed);
            PathBytes path = observed.get(observed.size() / 2).directory().resolve("picture-1.jpg");
            Start began = Start.now();
            int found = history.of(path).size();
            print("history of a path (" + found + ")", began, directory);
            began = Start.now();
            history.facts();
            print("facts", began, directory);
            List<Refusals> changed = observed(Integer.parseInt(args[1]), Integer.parseInt(args[2]), "group::---");
            record(history, directory, "rule changed", 600, changed);
            record(history, directory, "recovered", 700, List.of());
            began = Start.now();
            history.prune(Duration.ZERO, Instant.ofEpochSecond(800));
            print("prune", began, directory);
        }
        Start began = Start.now();
        History.open(directory, uid -> {}, Duration.ZERO).close();
        print("reopened", began, directory);
    }

    private static void record(History history, Path directory, String what, int at, List<Refusals> observed)
            throws Exception {
        Start began = Start.now();
        history.record(scan(at), observed);
        print(what, began, directory);
    }

    private static void print(String what, Start began, Path directory) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%-24s %6d ms, CPU %6d ms  store %,d bytes, heap in use %d MB%n",
                what,
                (System.nanoTime() - began.nanos()) / 1_000_000,
                (PROCESS.getProcessCpuTime() - began.cpu()) / 1_000_000,
                Files.size(directory.resolve("history.mv.db")),
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    private static ScanRecord scan(int at) {
        return new ScanRecord(
                SUBJECT, Instant.ofEpochSecond(at), Instant.ofEpochSecond(at, 1), true, 1_000_000, List.of());
    }

    private static List<Refusals> observed(int directories, int names, String rule) {
        List<Refusals> observed = new ArrayList<>();
        for (int d = 0; d < directories; d++) {
            PackedNames.Builder packed = new PackedNames.Builder();
            for (int n = 0; n < names; n++) {
                byte[] name = ("picture-" + n + ".jpg").getBytes(StandardCharsets.UTF_8);
                packed.add(name, 0, name.length);
            }
            observed.add(new Refusals(
                    PathBytes.of("/srv/www/customers/site-" + d % 100 + "/htdocs/uploads/album-" + d),
                    packed.build(),
                    CauseKind.MODE,
                    rule,
                    Optional.empty(),
                    false,
                    false,
                    names));
        }
        return observed;
    }
}
