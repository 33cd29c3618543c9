package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the files below a root.
 *
 * @param exclude neither walked nor judged
 * @param scripts files that the web server executes as well as reads
 * @param listing whether directories are listed
 * @param index the names a directory's index may have, the first first
 * @param secrets files whose refusal is on purpose; see {@link #isPrivate}
 * @param handlers who reads a file instead of the web server; the first that covers it
 * @param visitMounts network and FUSE mounts, at or below these paths, that are walked all the same
 * @param servers whether scans that are due ask web servers for their rules
 * @param mountTimeout how long a mount may leave a question unanswered until it counts as unvisited
 */
public record RootRules(
        List<Glob> exclude,
        List<Glob> scripts,
        Listing listing,
        List<String> index,
        List<Glob> secrets,
        List<Handler> handlers,
        List<PathBytes> visitMounts,
        Servers servers,
        Duration mountTimeout) {
    /** Whether the rules of web servers are asked beside permissions. */
    public enum Servers {
        ASKED,
        UNASKED
    }

    public static final RootRules DEFAULT = new RootRules(
            List.of(),
            List.of(),
            Listing.OFF,
            List.of("index.html", "index.htm", "index.php"),
            Secrets.DEFAULT,
            List.of(),
            List.of(),
            Servers.UNASKED,
            Duration.ofSeconds(10));

    public RootRules {
        exclude = List.copyOf(exclude);
        scripts = List.copyOf(scripts);
        index = List.copyOf(index);
        secrets = List.copyOf(secrets);
        handlers = List.copyOf(handlers);
        visitMounts = List.copyOf(visitMounts);
    }

    /**
     * The pattern by which the path is closed on purpose, if it is. A path reached through links is to be asked about
     * twice, as walked and as it resolves.
     */
    public Optional<Glob> isPrivate(PathBytes root, PathBytes path) {
        return Glob.first(Secrets.ALWAYS, root, path).or(() -> Glob.first(secrets, root, path));
    }

    /** The same rules for somebody from whom only what is private to root is kept. */
    RootRules withoutSecrets() {
        return new RootRules(exclude, scripts, listing, index, List.of(), handlers, visitMounts, servers, mountTimeout);
    }

    /** The same with web servers asked or not. */
    public RootRules asking(Servers others) {
        return new RootRules(exclude, scripts, listing, index, secrets, handlers, visitMounts, others, mountTimeout);
    }

    /** Who reads the path instead of the web server, if somebody does. */
    public Optional<Handler> handler(PathBytes root, PathBytes path) {
        return handlers.stream().filter(h -> h.glob().covers(root, path)).findFirst();
    }
}
