package docrootaudit.history;

import docrootaudit.finding.Refusals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own that uses a store: {@code record DIRECTORY FROM} records scans for ever and prints the hour of
 * each when it is acknowledged, {@code hold DIRECTORY} opens the store, says so and waits, {@code open DIRECTORY} and
 * {@code read DIRECTORY} try once, {@code tidy DIRECTORY} makes it smaller for ever, {@code fill DIRECTORY} records until it is refused and then tries to go on.
 */
final class Writer {
    private Writer() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        try {
            switch (args[0]) {
                case "record" -> record(directory, Integer.parseInt(args[2]));
                case "hold" -> {
                    try (History history = Scans.open(directory)) {
                        System.out.println("open " + history.scans(1).size());
                        System.in.read();
                    }
                }
                case "open" -> {
                    try (History history = History.open(directory, Writer::become, Duration.ZERO)) {
                        System.out.println("open " + history.scans(1).size());
                    }
                }
                case "read" -> {
                    try (History history = History.openForReading(directory, Writer::become, Duration.ZERO)) {
                        System.out.println("open " + history.scans(1).size());
                    }
                }
                case "tidy" -> tidy(directory);
                default -> fill(directory);
            }
        } catch (StoreException e) {
            System.out.println(e.kind() + " " + e.getMessage());
        }
    }

    private static void become(int uid) {
        System.out.println("becomes " + uid);
    }

    private static void record(Path directory, int from) throws StoreException {
        try (History history = Scans.open(directory)) {
            for (int hour = from; ; hour++) {
                history.record(Scans.finished(hour), observed(hour, 40));
                System.out.println(hour);
            }
        }
    }

    private static void tidy(Path directory) throws StoreException, IOException {
        while (true) {
            StoreFile.tidy(StoreDirectory.of(directory));
            System.out.println("tidied up");
        }
    }

    /** Enough that a kill meets every stage of a commit: some rows open, some close, some are split. */
    static List<Refusals> observed(int hour, int directories) {
        List<Refusals> observed = new ArrayList<>();
        for (int d = 0; d < directories; d++) {
            if ((d + hour) % 5 != 0) {
                observed.add(Scans.files("/srv/www/d" + d, "a", "b" + hour % 3, "c" + "x".repeat(200), "d" + hour));
            }
        }
        return observed;
    }

    private static void fill(Path directory) throws StoreException {
        int hour = 1;
        try (History history = Scans.open(directory)) {
            try {
                for (; hour < 100_000; hour++) {
                    history.record(Scans.finished(hour), observed(hour, 200));
                }
            } catch (StoreException e) {
                System.out.println((hour - 1) + " " + e.kind() + " " + e.getMessage());
            }
            try {
                System.out.println("then " + history.scans(1).get(0).started());
            } catch (StoreException e) {
                System.out.println("then " + e.kind());
            }
        }
    }
}
