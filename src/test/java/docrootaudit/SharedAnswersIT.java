package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.ServerCause;
import docrootaudit.audit.ServerRules;
import docrootaudit.audit.ServerRules.Ruling;
import docrootaudit.audit.ServerRules.Standing;
import docrootaudit.finding.ShellQuote;
import docrootaudit.server.SieveTrial;
import docrootaudit.walk.Directory;
import docrootaudit.walk.Entry;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.Listing;
import docrootaudit.walk.Node;
import docrootaudit.walk.Pace;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.TreeWalk;
import docrootaudit.walk.Visitor;
import docrootaudit.walk.WalkSettings;
import docrootaudit.web.Program;
import docrootaudit.web.SiteRules;
import docrootaudit.web.WhichServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On a walk one answer of a server's stands for many files and directories. It is what each of them is told that is asked
 * about by itself: as everything is where a request has a condition, here of a header that says nothing to anybody.
 */
class SharedAnswersIT {
    private static final int SITES = 12;
    private static final SiteRules.Visitor ONE_BY_ONE = new SiteRules.Visitor(
            Optional.empty(), "GET", List.of(PathBytes.of("If-Nothing: x")), Optional.empty(), Optional.empty());

    private final LinuxHost host = new LinuxHost();
    private final List<String> differences = new ArrayList<>();
    private int compared;
    private Path top;

    @BeforeEach
    void make() throws IOException {
        Root.required();
        top = SieveTrial.newDirectory();
    }

    @AfterEach
    void remove() throws IOException {
        SieveTrial.remove(top);
    }

    @ParameterizedTest
    @EnumSource
    void are_those_that_each_would_get(Program program) throws Exception {
        long seed = Seed.of("shared answers");
        Random random = new Random(seed);
        for (int i = 0; i < SITES; i++) {
            Path directory = Files.createDirectory(top.resolve("s" + i));
            Path root = directory.resolve("site");
            Path config = program == Program.NGINX
                    ? docrootaudit.server.nginx.RandomSite.write(random, directory)
                    : docrootaudit.server.apache.RandomSites.write(random, directory);
            spread(root, random);

            walk(program, config, root);

            assertEquals(List.of(), differences, () -> "-Daudit.seed=" + seed + "\n" + text(config));
        }
        assertTrue(compared > 50 * SITES, () -> "only " + compared + " were compared");
    }

    private static String text(Path config) {
        try {
            return Files.readString(config);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Directories that are like those which are there, and files of all kinds in each; some of all are closed. */
    private static void spread(Path root, Random random) throws IOException {
        List<Path> directories;
        try (Stream<Path> all = Files.walk(root)) {
            directories = all.filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path directory : directories) {
            for (String name : List.of("d1", "d2", "d.php")) {
                Path more = Files.createDirectories(directory.resolve(name));
                if (random.nextInt(4) == 0) {
                    Files.writeString(more.resolve("index.html"), "");
                }
                if (random.nextInt(8) == 0) {
                    Files.writeString(more.resolve(".htaccess"), "Require all denied\n");
                }
            }
        }
        SieveTrial.crowd(root);
        List<Path> everything;
        try (Stream<Path> all = Files.walk(root)) {
            everything =
                    all.filter(p -> !Files.isSymbolicLink(p) && !p.equals(root)).toList();
        }
        for (Path path : everything) {
            if (random.nextInt(12) == 0) {
                Files.setAttribute(path, "unix:mode", Files.isDirectory(path) && random.nextBoolean() ? 0711 : 0600);
            }
        }
    }

    private void walk(Program program, Path config, Path root) throws Exception {
        SiteRules many = rules(program, config, SiteRules.Visitor.ANYBODY);
        SiteRules each = rules(program, config, ONE_BY_ONE);
        PathBytes path = PathBytes.of(root.toRealPath().toString());
        Principal worker = many.identity(path).orElseThrow().principal();
        WalkSettings settings = new WalkSettings(1, Duration.ofMinutes(2), Pace.FASTEST, Set.of());
        EntrySource tree = host.tree();
        try (Node open = new PathTracer(tree, tree.mounts().automounts())
                .resolve(path)
                .end()
                .orElseThrow()) {
            new TreeWalk<>(tree, settings, () -> new Comparison(many.questions(), each.questions(), worker))
                    .walk(open, path, path, true, progress -> {});
        }
    }

    private SiteRules rules(Program program, Path config, SiteRules.Visitor visitor) throws Exception {
        WhichServer which = new WhichServer(
                Optional.of(program),
                Optional.of(PathBytes.of(config.toString())),
                Optional.of(PathBytes.of(top.toString())),
                Set.of(),
                Optional.empty());
        return SiteRules.find(
                host, ShellQuote.ASCII, Clock.systemUTC(), AuditSettings.DEFAULT, which, visitor, Optional.empty());
    }

    /** Knows of a directory whether the worker may search it. */
    private final class Comparison implements Visitor<Boolean> {
        private final ServerRules.Questions many;
        private final ServerRules.Questions each;
        private final Principal worker;
        private boolean isOpen;

        Comparison(ServerRules.Questions many, ServerRules.Questions each, Principal worker) {
            this.many = many;
            this.each = each;
            this.worker = worker;
        }

        private boolean may(Entry entry, Need need) throws SourceException {
            return AccessCheck.decide(worker, entry.inode().attributes(), need) instanceof Verdict.Granted;
        }

        @Override
        public Boolean enter(Directory<Boolean> directory, Entry self) throws SourceException {
            many.enter(directory.path(), directory.canonicalPath(), self);
            each.enter(directory.path(), directory.canonicalPath(), self);
            isOpen = directory.prefix() && may(self, Need.SEARCH);
            return isOpen;
        }

        @Override
        public boolean excludes(Directory<Boolean> directory, Entry entry) {
            many.sees(entry);
            each.sees(entry);
            return false;
        }

        @Override
        public Optional<Jump<Boolean>> visit(Directory<Boolean> directory, Listing in, Entry entry)
                throws SourceException {
            entry.stat();
            if (entry.type() == FileType.REGULAR) {
                Standing standing = isOpen && may(entry, Need.READ) ? Standing.GRANTED : Standing.REFUSED;
                compare(
                        directory.path().resolve(PathBytes.of(entry.name())),
                        standing,
                        many.file(entry, standing),
                        each.file(entry, standing));
            }
            return Optional.empty();
        }

        @Override
        public void leave(Directory<Boolean> directory) {
            Standing standing = isOpen ? Standing.GRANTED : Standing.REFUSED;
            compare(directory.path(), standing, many.directory(standing), each.directory(standing));
        }

        private void compare(PathBytes path, Standing standing, List<Ruling> shared, List<Ruling> own) {
            compared++;
            if (!words(shared).equals(words(own))) {
                differences.add(path + " " + standing + ": " + words(shared) + ", by itself " + words(own));
            }
        }
    }

    private static List<String> words(List<Ruling> rulings) {
        return rulings.stream().map(SharedAnswersIT::words).toList();
    }

    private static String words(Ruling ruling) {
        if (ruling instanceof Ruling.Refused refused) {
            return "refused " + words(refused.cause());
        }
        return ruling instanceof Ruling.Behind behind ? "behind " + words(behind.cause()) : "unknown";
    }

    private static String words(ServerCause cause) {
        return cause.kind() + " " + cause.status() + " " + cause.intent() + " " + cause.rule() + " " + cause.blamed()
                + " " + cause.line();
    }
}
