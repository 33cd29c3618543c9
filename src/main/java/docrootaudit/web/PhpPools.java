package docrootaudit.web;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.audit.Host;
import docrootaudit.audit.Identities;
import docrootaudit.audit.IdentityException;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.finding.Identity;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import docrootaudit.server.fpm.Pool;
import docrootaudit.server.fpm.Pools;
import docrootaudit.walk.EntrySource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The pools of PHP-FPM on this machine, and what they say to the scripts that a web server has them run. */
final class PhpPools {
    private final Host host;
    private final List<Running> pools;
    private final List<String> notes;

    /**
     * A pool and its process.
     *
     * @param pid a worker of it; empty where none runs
     */
    record Running(Pool pool, Optional<Long> pid) {}

    private PhpPools(Host host, List<Running> pools, List<String> notes) {
        this.host = host;
        this.pools = List.copyOf(pools);
        this.notes = List.copyOf(notes);
    }

    /** The pools of a machine, looked for when they are asked for first; for several threads. */
    static Inquiry.Pools once(Host host) {
        PhpPools[] known = new PhpPools[1];
        return () -> {
            synchronized (known) {
                if (known[0] == null) {
                    known[0] = of(host);
                }
                return known[0];
            }
        };
    }

    /** Those that run, then those that Debian or Red Hat would start. */
    static PhpPools of(Host host) throws IOException {
        List<Running> pools = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Host.Master master : host.masters()) {
            Optional<PathBytes> config =
                    master.program().equals("php-fpm") ? Launch.configOfFpm(master.arguments()) : Optional.empty();
            if (config.isPresent()) {
                for (Pool pool : load(treeOf(host, master.pid()), config.get(), notes)) {
                    pools.add(new Running(pool, worker(master, pool)));
                }
            }
        }
        for (PathBytes config : usual(host)) {
            for (Pool pool : load(host.tree(), config, notes)) {
                boolean known = pools.stream().anyMatch(p -> p.pool().source().equals(pool.source()));
                if (!known) {
                    pools.add(new Running(pool, Optional.empty()));
                }
            }
        }
        return new PhpPools(host, pools, notes);
    }

    List<Running> all() {
        return pools;
    }

    /** What could not be read. */
    List<String> notes() {
        return notes;
    }

    private static List<Pool> load(EntrySource tree, PathBytes config, List<String> notes) {
        try {
            return Pools.load(new TreeFiles(tree), config);
        } catch (ConfigSyntaxException e) {
            notes.add(e.getMessage());
            return List.of();
        }
    }

    private static List<PathBytes> usual(Host host) throws IOException {
        TreeFiles files = new TreeFiles(host.tree());
        PathBytes php = PathBytes.of("/etc/php");
        List<PathBytes> there = new ArrayList<>();
        List<PathBytes> candidates = new ArrayList<>();
        for (PathBytes version : files.names(php)) {
            candidates.add(php.resolve(version).resolve("fpm/php-fpm.conf"));
        }
        candidates.add(PathBytes.of("/etc/php-fpm.conf"));
        Traces traces = new Traces(host.tree());
        for (PathBytes candidate : candidates) {
            if (traces.of(candidate).trace().end().isPresent()) {
                there.add(candidate);
            }
        }
        return there;
    }

    private static Optional<Long> worker(Host.Master master, Pool pool) {
        return master.workers().stream()
                .filter(w -> w.title().equals("php-fpm: pool " + pool.name()))
                .map(Host.Child::pid)
                .findFirst();
    }

    private static EntrySource treeOf(Host host, long pid) throws IOException {
        try {
            return host.treeOf(pid);
        } catch (IOException e) {
            return host.tree(); // without root; its own tree is this one as a rule
        }
    }

    /**
     * What becomes of a script that is passed on: init_request_info() and main() in {@code sapi/fpm/fpm/fpm_main.c}
     * look for it, then at its extension, then open it.
     */
    Reply run(Reply reply, Answer.Outcome.PassedTo passed, Mended mended) throws IOException {
        Optional<Running> found =
                pools.stream().filter(p -> p.pool().isAt(passed.to())).findFirst();
        if (found.isEmpty() || passed.script().isEmpty()) {
            return reply;
        }
        Pool pool = found.get().pool();
        PathBytes script = passed.script().get();
        PathBytes path = pool.chroot()
                .map(root -> ByteText.path(root + ByteText.of(script)))
                .orElse(script);
        Optional<Seer> seer = seer(found.get());
        if (seer.isEmpty()) {
            return reply;
        }
        Tree tree = seer.get().tree(mended, List.of());
        Tree.Found there = tree.stat(path);
        Optional<PathBytes> shorter =
                there.isThere() && !ByteText.of(path).endsWith("/") ? Optional.empty() : shortened(tree, path, pool);
        if (shorter.isPresent()) {
            path = shorter.get();
            there = tree.stat(path);
        }
        if (there instanceof Tree.Found.Failed failed) {
            Reason reason = failed.errno() == Errno.EACCES ? Reason.PERMISSION : Reason.MISSING;
            PathBytes meant = reason == Reason.PERMISSION ? first(path, pool) : path;
            Refusal refusal = refusal(reason, new Refusal.Blame.File(meant, Need.READ, failed.errno()), "", 404, path);
            return reply.refused(refusal, seer.get(), step(pool.source(), path, "File not found."));
        }
        if (!pool.runs(path)) {
            Pool.Setting rule = pool.setting("security.limit_extensions")
                    .orElse(new Pool.Setting("security.limit_extensions", ".php .phar", pool.source()));
            Refusal refusal = refusal(
                    Reason.DENY_RULE,
                    new Refusal.Blame.Line(rule.source()),
                    rule.key() + " = " + rule.value(),
                    403,
                    path);
            return reply.refused(refusal, seer.get(), step(rule.source(), path, "Access denied."));
        }
        if (there.is(FileType.DIRECTORY)) {
            Refusal refusal = refusal(Reason.NOT_REGULAR, new Refusal.Blame.Place(path), "", 404, path);
            return reply.refused(refusal, seer.get(), step(pool.source(), path, "File not found."));
        }
        if (tree.access(path, Need.READ) instanceof Tree.Found.Failed failed) {
            Refusal refusal =
                    refusal(Reason.PERMISSION, new Refusal.Blame.File(path, Need.READ, failed.errno()), "", 403, path);
            return reply.refused(refusal, seer.get(), step(pool.source(), path, "Access denied."));
        }
        return reply.passing(
                step(pool.source(), path, "runs as " + seer.get().identity().label()));
    }

    /** The first script that a path names, where nobody can see which of its parts is one. */
    private static PathBytes first(PathBytes path, Pool pool) {
        String text = ByteText.of(path);
        for (int slash = text.indexOf('/', 1); slash > 0; slash = text.indexOf('/', slash + 1)) {
            PathBytes before = ByteText.path(text.substring(0, slash));
            if (pool.runs(before)) {
                return before;
            }
        }
        return path;
    }

    /**
     * The script that a longer path begins with, as {@code cgi.fix_pathinfo} has it unless the pool says otherwise: what
     * comes behind it is its PATH_INFO.
     */
    private static Optional<PathBytes> shortened(Tree tree, PathBytes path, Pool pool) {
        boolean off = Stream.of("php_admin_value", "php_value", "php_admin_flag", "php_flag")
                .flatMap(kind -> pool.setting(kind + "[cgi.fix_pathinfo]").stream())
                .anyMatch(s -> Set.of("0", "off", "no").contains(s.value().toLowerCase(Locale.ROOT)));
        String text = ByteText.of(path);
        for (int slash = text.lastIndexOf('/'); !off && slash > 0; slash = text.lastIndexOf('/', slash - 1)) {
            PathBytes before = ByteText.path(text.substring(0, slash));
            if (tree.stat(before).is(FileType.REGULAR)) {
                return Optional.of(before);
            }
        }
        return Optional.empty();
    }

    private static Refusal refusal(Reason reason, Refusal.Blame blame, String rule, int status, PathBytes file) {
        return new Refusal(reason, blame, rule, status, Optional.of(file), Refusal.Meaning.ACCIDENT);
    }

    private static Answer.Step step(Source source, PathBytes path, String result) {
        return new Answer.Step("php-fpm", Optional.of(source), Optional.of(path), "", result);
    }

    /** Whom a pool's workers run as, and how they meet the files; empty if nobody knows the account. */
    Optional<Seer> seer(Running running) throws IOException {
        Identities identities = new Identities(host);
        try {
            Identity identity = running.pid().isPresent()
                    ? identities.ofProcess(running.pid().get())
                    : identities.choose(
                            new IdentitySettings(
                                    running.pool().user(), running.pool().group(), Optional.empty()),
                            "pool " + running.pool().name());
            EntrySource tree =
                    running.pid().isPresent() ? treeOf(host, running.pid().get()) : host.tree();
            // a pool's chroot is known by its setting: the process's own root directory would be it
            boolean chrooted = running.pool().chroot().isPresent();
            return Optional.of(new Seer(
                    identity,
                    chrooted ? Optional.empty() : running.pid(),
                    Optional.empty(),
                    new Traces(chrooted ? host.tree() : tree),
                    new PathCheck(identity.principal(), host.protectedSymlinks())));
        } catch (IdentityException e) {
            return Optional.empty();
        }
    }
}
