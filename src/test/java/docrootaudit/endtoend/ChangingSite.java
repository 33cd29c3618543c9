package docrootaudit.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A site that people work on: directories and files are closed and opened, renamed, removed and deployed anew. It knows
 * what is to be told of it.
 *
 * <p>Nothing changes more often than every few scans: what flaps is told otherwise.
 */
final class ChangingSite {
    private static final int DIRECTORIES = 12;

    /** So many rounds, of two scans and more each, a thing rests after a change. */
    private static final int REST = 6;

    private final Path root;
    private final Path stage;
    private final Set<String> open = new TreeSet<>();
    private final Set<String> closed = new TreeSet<>();
    private final Map<String, Integer> changed = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private int round;
    private int names;

    private ChangingSite(Path root, Path stage) {
        this.root = root;
        this.stage = stage;
    }

    /**
     * Makes one.
     *
     * @param stage where deploys are prepared, on the same file system
     */
    static ChangingSite make(Path root, Path stage) throws IOException, InterruptedException {
        ChangingSite site = new ChangingSite(root, stage);
        site.bash("mkdir -p " + root + " " + stage + "; cd " + root + "; for i in $(seq " + DIRECTORIES
                + "); do mkdir -p d$i/sub; touch d$i/index.html d$i/sub/f; done;"
                + " mkdir -p app/lib app/cache; touch app/index.html app/lib/a app/cache/b; chmod 700 app/cache;"
                + " touch page1.html");
        for (int i = 1; i <= DIRECTORIES; i++) {
            site.open.add("d" + i);
        }
        site.event("BASELINE", "app/cache");
        return site;
    }

    Path root() {
        return root;
    }

    /** All that is to be told. */
    List<String> events() {
        return List.copyOf(events);
    }

    private void event(String kind, String name) {
        events.add(kind + " " + root.resolve(name));
    }

    /** Does one thing, or nothing. */
    void change(Random random) throws IOException, InterruptedException {
        round++;
        switch (random.nextInt(8)) {
            case 0, 1 -> close(random);
            case 2, 3 -> mend(random);
            case 4 -> rename(random);
            case 5 -> deploy();
            case 6 -> bring();
            default -> {}
        }
    }

    private void close(Random random) throws IOException, InterruptedException {
        String name = pick(open, random);
        if (!name.isEmpty()) {
            in(random.nextBoolean() ? "chmod 700 " + name : "chmod o-x " + name);
            open.remove(name);
            closed.add(name);
            event("OPENED", name);
        }
    }

    /** By a chmod, or by removing it. */
    private void mend(Random random) throws IOException, InterruptedException {
        String name = pick(closed, random);
        if (!name.isEmpty()) {
            if (Files.isDirectory(root.resolve(name)) && open.size() > DIRECTORIES / 2 && random.nextBoolean()) {
                in("rm -r " + name);
            } else {
                in("chmod a+rX " + name);
                open.add(name);
            }
            closed.remove(name);
            event("RECOVERED", name);
        }
    }

    /** What is closed is told under its new name; what is open is nobody's business. */
    private void rename(Random random) throws IOException, InterruptedException {
        boolean isClosed = random.nextBoolean();
        Set<String> from = isClosed ? closed : open;
        String name = pick(from, random);
        if (!name.isEmpty()) {
            String other = "r" + ++names;
            in("mv " + name + " " + other);
            from.remove(name);
            from.add(other);
            changed.put(other, round);
            if (isClosed) {
                event("RECOVERED", name);
                event("OPENED", other);
            }
        }
    }

    /** A new tree takes the place of the old one at a stroke; what is closed there as before is no news. */
    private void deploy() throws IOException, InterruptedException {
        // renameat2(2) with RENAME_EXCHANGE: mv(1) of an older Debian cannot
        in("rm -rf " + stage + "/app; cp -a app " + stage + "/; touch " + stage + "/app/v" + round
                + "; perl -e 'my ($a, $b) = @ARGV; syscall(316, -100, $a, -100, $b, 2) == 0 or die $!' " + root
                + "/app " + stage + "/app");
    }

    /** Something new that comes closed. */
    private void bring() throws IOException, InterruptedException {
        String name = "n" + ++names;
        in("mkdir -m 700 " + stage + "/" + name + "; touch " + stage + "/" + name + "/f; mv " + stage + "/" + name
                + " .");
        closed.add(name);
        changed.put(name, round);
        event("OPENED", name);
    }

    private String pick(Set<String> from, Random random) {
        List<String> rested = from.stream()
                .filter(name -> round - changed.getOrDefault(name, -REST) >= REST)
                .toList();
        if (rested.isEmpty()) {
            return "";
        }
        String name = rested.get(random.nextInt(rested.size()));
        changed.put(name, round);
        return name;
    }

    private void in(String script) throws IOException, InterruptedException {
        bash("cd " + root + "; " + script);
    }

    private void bash(String script) throws IOException, InterruptedException {
        Shell.bash("umask 022; " + script);
    }
}
