package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.linux.KernelAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The first fix for a refusal on a random tree, pasted as root: the kernel grants what was refused, nobody gains write
 * on what was changed, and nobody loses anything there. Each fix meets the tree as it was first.
 */
class FixesForRealIT {
    private static final int EXPLAINED = 500;
    private static final int CAUSES = 250;
    private static final int PIPELINES = 12;
    private static final int SIZE = 400;
    private static final Map<String, Principal> READERS =
            Map.of("www-data", Principal.of(33, 33, 33), "61002", Principal.of(61002, 61002));

    private final long seed = Seed.of("fixes for real");
    private final Random random = new Random(seed);
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private ProtectedSymlinks protectedSymlinks;
    private Path top;
    private int trees;

    @BeforeEach
    void make() throws Exception {
        Root.required();
        top = Bash.newDirectory("audit-fixes");
        protectedSymlinks = new ProtectedSymlinks("1");
    }

    @AfterEach
    void remove() throws Exception {
        try (ProtectedSymlinks setting = protectedSymlinks) {
            Bash.remove(top);
            setting.check();
        }
    }

    private HostileTree tree() throws IOException {
        Path directory = Files.createDirectory(top.resolve("t" + trees++));
        Files.setAttribute(directory, "unix:mode", 0755);
        return new HostileTree(PathBytes.of(directory.toString()), random, SIZE);
    }

    @Test
    void what_explain_offers_first_opens_its_target() throws Exception {
        int mended = 0;
        while (mended < EXPLAINED) {
            HostileTree tree = tree();
            try (AccessTable table = new AccessTable(tree.inodes());
                    AuditJar.Interview audit = new AuditJar.Interview()) {
                for (Map.Entry<String, Principal> reader : READERS.entrySet()) {
                    try (KernelAnswers kernel = new KernelAnswers(reader.getValue())) {
                        mended += explained(tree, table, audit, reader.getKey(), kernel);
                    }
                }
            }
        }
        report("explain", mended);
        assertTrue(
                kinds.keySet().containsAll(List.of("as an owner", "chmod", "setfacl -m u:", "ln", "in words only")),
                kinds::toString);
    }

    private int explained(
            HostileTree tree, AccessTable table, AuditJar.Interview audit, String as, KernelAnswers kernel)
            throws Exception {
        int mended = 0;
        List<PathBytes> paths = new ArrayList<>(tree.filesAndLinks());
        paths.addAll(tree.directories());
        Collections.shuffle(paths, random);
        for (PathBytes path : paths.subList(0, paths.size() / 2)) {
            List<String> needs =
                    tree.directories().contains(path) ? List.of("search", "list") : List.of("read", "read", "execute");
            String need = needs.get(random.nextInt(needs.size()));
            Permissions asked = need.equals("read") || need.equals("list") ? Permissions.READ : Permissions.EXECUTE;
            Json before = audit.ask(path, need, as);
            int refused = kernel.ask(path, asked);
            if ((refused == 13) != before.text("errno").equals("EACCES")
                    || (refused == 0) != before.text("verdict").equals("allowed")) {
                differences.add("kernel " + refused + " to " + as + ", " + need + ": " + before);
            }
            if (before.text("errno").equals("EACCES") && mends(before)) {
                String command = before.objects("fixes").get(0).text("command");
                Bash.run(command);
                List<PathBytes> touched = table.touched();
                int errno = kernel.ask(path, asked);
                String after = audit.ask(path, need, as).text("verdict");
                if (errno != 0 || !after.equals("allowed")) {
                    differences.add("kernel " + errno + ", " + after + " after " + command);
                }
                differences.addAll(damage(table, touched, command));
                restore(tree, table, touched, command);
                mended++;
            }
        }
        return mended;
    }

    @Test
    void what_a_scan_offers_first_opens_what_it_blames() throws Exception {
        int mended = 0;
        while (mended < CAUSES) {
            HostileTree tree = tree();
            try (AccessTable table = new AccessTable(tree.inodes());
                    KernelAnswers kernel = new KernelAnswers(READERS.get("www-data"))) {
                for (Json cause : scan(tree, "--format", "json").json().objects("causes")) {
                    mended += mends(cause) ? cause(tree, table, cause, kernel) : 0;
                }
            }
        }
        report("causes", mended);
    }

    private int cause(HostileTree tree, AccessTable table, Json cause, KernelAnswers kernel) throws Exception {
        String command = cause.objects("fixes").get(0).text("command");
        PathBytes blamed = cause.object("blame").path("path");
        Bash.run(command);
        List<PathBytes> touched = table.touched();
        if (table.inode(blamed) != null) {
            Permissions wanted = tree.directories().contains(blamed) ? Permissions.EXECUTE : Permissions.READ;
            int errno = kernel.ask(table.inode(blamed).path(), wanted);
            if (errno != 0 || !touched.equals(List.of(blamed))) {
                differences.add("kernel " + errno + " at " + blamed + ", touched " + touched + " by " + command);
            }
        }
        for (Json example : cause.has("next") ? List.<Json>of() : cause.objects("examples")) {
            PathBytes path = example.path("path");
            boolean directory =
                    Inodes.hold(path).map(FixesForRealIT::isDirectory).orElse(false);
            int errno = kernel.ask(path, directory ? Permissions.EXECUTE : Permissions.READ);
            if (errno != 0) {
                differences.add("kernel " + errno + " at " + path + ", next to nothing, after " + command);
            }
        }
        differences.addAll(damage(table, touched, command));
        restore(tree, table, touched, command);
        return 1;
    }

    private static boolean isDirectory(Inodes.Held inode) {
        try (inode) {
            return inode.isDirectory();
        }
    }

    @Test
    void a_pipeline_opens_every_file_of_its_cause_and_touches_no_other() throws Exception {
        int pipelines = 0;
        int files = 0;
        while (pipelines < PIPELINES) {
            HostileTree tree = tree();
            try (AccessTable table = new AccessTable(tree.inodes());
                    KernelAnswers kernel = new KernelAnswers(READERS.get("www-data"))) {
                for (String line : scan(tree).text().lines().map(String::strip).toList()) {
                    if (line.contains("xargs -0") && pipelines < PIPELINES) {
                        files += pipeline(tree, table, line, kernel);
                        pipelines++;
                    }
                }
            }
        }
        report("pipelines for " + files + " files", pipelines);
    }

    private int pipeline(HostileTree tree, AccessTable table, String command, KernelAnswers kernel) throws Exception {
        count(command);
        String id = command.replaceFirst(".* --cause ([0-9a-f]+) .*", "$1");
        List<PathBytes> listed = scan(tree, "--cause", id, "--each", "-0").paths().stream()
                .sorted()
                .toList();
        Bash.run(command);
        List<PathBytes> touched = table.touched();
        if (listed.size() < 2 || !touched.stream().sorted().toList().equals(listed)) {
            differences.add("touched " + touched + ", listed " + listed + " by " + command);
        }
        for (PathBytes path : listed) {
            int errno = kernel.ask(table.inode(path).path(), Permissions.READ);
            if (errno != 0) {
                differences.add("kernel " + errno + " at " + path + " after " + command);
            }
        }
        differences.addAll(damage(table, touched, command));
        restore(tree, table, touched, command);
        return touched.size();
    }

    private static AuditJar.Result scan(HostileTree tree, String... options) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("now", tree.site().utf8().orElseThrow(), "--as", "www-data", "--no-store"));
        words.addAll(List.of(options));
        AuditJar.Result result = AuditJar.run(words.toArray(String[]::new));
        assertEquals(1, result.status(), result.err());
        return result;
    }

    /** Whether there is a command; else there are words, or it is closed on purpose. */
    private boolean mends(Json refusal) {
        List<Json> fixes = refusal.objects("fixes");
        if (!fixes.isEmpty()) {
            count(fixes.get(0).text("command"));
            return true;
        }
        kinds.merge(refusal.is("intended") ? "closed on purpose" : "in words only", 1, Integer::sum);
        if (!refusal.is("intended") && !refusal.has("advice")) {
            differences.add("neither a fix nor a word: " + refusal);
        }
        return false;
    }

    private void count(String command) {
        for (String step : command.split(" && ")) {
            boolean owners = step.startsWith("runuser") || step.startsWith("setpriv");
            String kind = owners ? "as an owner" : step.replaceFirst("^(setfacl (-n )?-[mx] [a-z]:|[a-z]+).*", "$1");
            kinds.merge(step.contains("xargs -0") ? "xargs" : kind, 1, Integer::sum);
        }
    }

    private static List<String> damage(AccessTable table, List<PathBytes> touched, String command) throws IOException {
        return table.damage(touched).stream().map(d -> d + " by " + command).toList();
    }

    private static void restore(HostileTree tree, AccessTable table, List<PathBytes> touched, String command)
            throws IOException {
        table.restore(touched);
        if (command.contains("ln -sfT")) {
            tree.restoreLinks();
        }
    }

    private void report(String what, int mended) {
        System.out.println(
                what + ": " + mended + " mended, by steps " + kinds + ", " + differences.size() + " differences");
        assertEquals(List.of(), differences.subList(0, Math.min(5, differences.size())), "seed " + seed);
    }
}
