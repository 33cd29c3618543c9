package docrootaudit.server;

import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Asks about every file that may be read, and holds each answer against that of the files it is said to be like. */
public final class SieveTrial {
    private static final List<String> MORE = List.of(
            "ab.txt",
            "abc.txt",
            "q.html",
            "x.html",
            "x.htm",
            "q.php",
            "q.php.txt",
            "old.bak",
            ".hid",
            "page.html.fr",
            "plain",
            "index.old",
            "uploads.php",
            "y.gif",
            "z.cgi");

    private final WebServer server;
    private final Tree tree;
    private final List<String> differences = new ArrayList<>();
    private int alike;

    public SieveTrial(WebServer server, Tree tree) {
        this.server = server;
        this.tree = tree;
    }

    /** What differs although it is said to be alike. */
    public List<String> differences() {
        return differences;
    }

    /** How many answers would not have had to be asked for. */
    public int alike() {
        return alike;
    }

    /** Room for sites, which everybody may search. */
    public static Path newDirectory() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "sieve");
        Files.setAttribute(directory, "unix:mode", 0755);
        return directory;
    }

    public static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Puts more files into every directory of a site: names that configurations like to speak of, and others. */
    public static void crowd(Path root) throws IOException {
        for (Path directory : directories(root)) {
            for (String name : MORE) {
                Path file = directory.resolve(name);
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.writeString(file, name);
                }
            }
        }
    }

    private static List<Path> directories(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /** @param request for a path of the site */
    public void ask(Path root, Function<String, Request> request) throws IOException {
        for (Path directory : directories(root)) {
            String below = root.relativize(directory).toString();
            String uri = below.isEmpty() ? "/" : "/" + below + "/";
            PathBytes path = PathBytes.of(directory.toString());
            Kinds kinds = sieve(request.apply(uri), path).in(uri, directory + "/");
            Map<Kinds.Kind, String> known = new HashMap<>();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    byte[] bytes = PathBytes.of(name).bytes();
                    Optional<Kinds.Kind> kind = kinds.ofAll().or(() -> kinds.of(bytes));
                    boolean readable = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                            && tree.access(PathBytes.of(file.toString()), Need.READ)
                                    .is(FileType.REGULAR);
                    if (readable && kind.isPresent()) {
                        compare(
                                known,
                                kinds.meant(kind.get(), bytes),
                                PathBytes.of(file.toString()),
                                request.apply(uri + name));
                    }
                }
            }
        }
    }

    private Sieve sieve(Request request, PathBytes directory) {
        Sieve all = server.sieve(request, tree);
        for (Optional<PathBytes> at = Optional.of(directory);
                at.isPresent();
                at = at.get().parent()) {
            all = server.tenants(request, tree, at.get()).map(all::and).orElse(all);
        }
        return all;
    }

    private void compare(Map<Kinds.Kind, String> known, Kinds.Kind kind, PathBytes file, Request request) {
        String answer = words(server.answer(request, tree, Set.of()), file);
        String first = known.putIfAbsent(kind, answer);
        if (first != null) {
            alike++;
            if (!first.equals(answer)) {
                differences.add(file + " is no other kind: " + first + ", but " + answer);
            }
        }
    }

    /** What a scan takes from an answer: nothing where the URL leads to another file. */
    private static String words(Answer answer, PathBytes file) {
        Optional<PathBytes> mapped =
                answer.refusals().stream().findFirst().flatMap(Refusal::file).or(answer::file);
        if (mapped.isPresent() && !mapped.get().withoutDots().equals(file)) {
            return "served";
        }
        boolean run = answer.outcome() instanceof Answer.Outcome.PassedTo passed
                && passed.script().isPresent();
        String outcome = answer.outcome() instanceof Answer.Outcome.Status status
                ? status.code() < 400 ? "served" : "status " + status.code()
                : run ? "run" : "passed";
        String blame = answer.refusals().stream()
                .findFirst()
                .map(r -> r.reason() + " " + (r.blame() instanceof Refusal.Blame.Line line ? line.source() : "") + " "
                        + r.meant())
                .orElse("nothing");
        return outcome
                + (outcome.startsWith("status") ? " " + blame : "")
                + (answer.doubts().isEmpty() ? "" : " perhaps");
    }
}
