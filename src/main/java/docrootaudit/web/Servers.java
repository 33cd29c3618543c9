package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import docrootaudit.server.Address;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.WebServer;
import docrootaudit.server.nginx.NginxDump;
import docrootaudit.walk.EntrySource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the web servers of a machine: those that run, which are the truth, else what a distribution has put where it
 * puts it.
 */
final class Servers {
    /** Where distributions keep configurations: Debian and its kin, then Red Hat and its kin. */
    private static final List<Usual> USUAL = List.of(
            new Usual(Program.NGINX, "/etc/nginx/nginx.conf", "/usr/share/nginx"),
            new Usual(Program.APACHE, "/etc/apache2/apache2.conf", "/etc/apache2"),
            new Usual(Program.APACHE, "/etc/httpd/conf/httpd.conf", "/etc/httpd"));

    /** The history has room for words of 200 characters. */
    private static final int TOLD = 80;

    private static final Pattern BLOCKS = Pattern.compile("(?m)^(?:[^#\\n]*[;}\\s])?(?:http|events)\\s*\\{");

    private final Host host;

    private record Usual(Program program, String config, String prefix) {}

    /** A server that may be the one that is meant; its configuration has not been read. */
    private record Candidate(Program program, Program.Place place, Optional<Host.Master> master, String why) {}

    Servers(Host host) {
        this.host = host;
    }

    /**
     * The one that is meant.
     *
     * @param to the address that a visitor connects to
     * @param port and the port; they decide between several
     */
    Served choose(WhichServer which, Optional<Address> to, int port) throws WebException, IOException {
        List<Served> all = all(which);
        if (all.size() == 1) {
            return all.get(0);
        }
        List<Served> listening = all.stream().filter(s -> s.listensOn(to, port)).toList();
        String place = (to.map(Address::toString).orElse("any address")) + ", port " + port;
        if (listening.isEmpty()) {
            return all.get(0).because(all.get(0).why() + "; none of " + all.size() + " listens on " + place, List.of());
        }
        Served first = listening.get(0);
        List<String> more = listening.stream()
                .skip(1)
                .map(s -> s.name() + " (" + s.place().config() + ") listens on " + place
                        + " too; say with --server or --server-pid which one is meant")
                .toList();
        return first.because(first.why() + ", and it listens on " + place, more);
    }

    /** All that may be meant, those that run first; at least one. */
    List<Served> all(WhichServer which) throws WebException, IOException {
        List<Candidate> candidates = candidates(which);
        if (candidates.isEmpty()) {
            throw new WebException("no web server is running and none of "
                    + String.join(", ", USUAL.stream().map(Usual::config).toList())
                    + " is there: name the configuration with --server-config FILE");
        }
        List<Served> all = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Candidate candidate : candidates) {
            try {
                all.add(read(candidate));
            } catch (ConfigSyntaxException e) {
                failures.add(e.getMessage());
            }
        }
        if (all.isEmpty()) {
            throw new WebException(String.join("\n", failures));
        }
        return failures.isEmpty()
                ? all
                : all.stream().map(s -> s.because(s.why(), failures)).toList();
    }

    /**
     * Those that run.
     *
     * @param read whose configuration was read
     * @param unread of whose nothing can be said, and why
     */
    record Running(List<Served> read, Map<Server, String> unread) {}

    /** A running server by its configuration, which it keeps when it is started anew. */
    record Server(Program program, PathBytes config) {
        static Server of(Served served) {
            return new Server(served.program(), served.place().config());
        }

        @Override
        public String toString() {
            boolean isShort = config.length() <= TOLD;
            return program.word() + " ("
                    + (isShort ? config : String.format(Locale.ROOT, "#%08x", config.hashCode()))
                    + ")";
        }
    }

    /** All that run now; none is no fault. */
    Running running() {
        List<Served> read = new ArrayList<>();
        Map<Server, String> unread = new LinkedHashMap<>();
        for (Host.Master master : host.masters()) {
            Optional<Program> program = Program.ofProcess(master.program());
            if (program.isEmpty()) {
                continue;
            }
            Server server = new Server(program.get(), PathBytes.of(master.program()));
            try {
                Candidate candidate = running(program.get(), master);
                server = new Server(program.get(), candidate.place().config());
                read.add(read(candidate));
            } catch (ConfigSyntaxException | IOException e) {
                unread.put(server, e.getMessage());
            }
        }
        return new Running(read, unread);
    }

    private List<Candidate> candidates(WhichServer which) throws WebException, IOException {
        List<Candidate> running = new ArrayList<>();
        for (Host.Master master : host.masters()) {
            Optional<Program> program = Program.ofProcess(master.program())
                    .filter(p -> which.program().isEmpty() || which.program().get() == p);
            if (program.isPresent() && which.pid().map(pid -> is(master, pid)).orElse(true)) {
                running.add(running(program.get(), master));
            }
        }
        if (which.pid().isPresent() && running.isEmpty()) {
            throw new WebException("process " + which.pid().get() + " is no running "
                    + which.program().map(Program::word).orElse("nginx or Apache")
                    + " master, nor a worker of one outside containers");
        }
        if (which.config().isPresent()) {
            return List.of(configured(which, running));
        }
        if (!running.isEmpty()) {
            return running;
        }
        return usual(which);
    }

    private static boolean is(Host.Master master, long pid) {
        return master.pid() == pid || master.workers().stream().anyMatch(w -> w.pid() == pid);
    }

    private Candidate running(Program program, Host.Master master) throws IOException {
        EntrySource tree = treeOf(master.pid()).orElse(host.tree());
        Launch launch =
                program == Program.NGINX ? Launch.ofNginx(master.arguments()) : Launch.ofApache(master.arguments());
        PathBytes directory = master.directory().orElse(PathBytes.ROOT);
        Compiled compiled = program == Program.NGINX
                ? Compiled.nginx(tree)
                : master.program().equals("httpd") ? Compiled.HTTPD : Compiled.APACHE2;
        PathBytes prefix = absolute(directory, launch.prefix().orElse(compiled.prefix()));
        PathBytes config = absolute(prefix, launch.config().orElse(compiled.config()));
        Map<String, String> environment = program == Program.APACHE ? host.environment(master.pid()) : Map.of();
        return new Candidate(
                program,
                new Program.Place(config.withoutDots(), prefix.withoutDots(), launch.defines(), environment),
                Optional.of(master),
                master.program() + " process " + master.pid() + " runs with " + config.withoutDots());
    }

    private Candidate configured(WhichServer which, List<Candidate> running) throws WebException, IOException {
        PathBytes config = which.config().get().withoutDots();
        for (Candidate candidate : running) {
            if (candidate.place().config().equals(config) || which.pid().isPresent()) {
                Program.Place place = candidate.place();
                Set<String> defines = which.defines().isEmpty() ? place.defines() : which.defines();
                return new Candidate(
                        candidate.program(),
                        new Program.Place(
                                config,
                                which.prefix().map(PathBytes::withoutDots).orElse(place.prefix()),
                                defines,
                                place.environment()),
                        candidate.master(),
                        candidate.why());
            }
        }
        EntrySource tree = host.tree();
        Program program = which.program().isPresent() ? which.program().get() : guessed(tree, config);
        PathBytes prefix = which.prefix()
                .orElseGet(() -> (program == Program.NGINX ? Compiled.nginx(tree) : Compiled.APACHE2).prefix());
        return new Candidate(
                program,
                new Program.Place(config, prefix.withoutDots(), which.defines(), Map.of()),
                Optional.empty(),
                config + " was named; no running " + program.word() + " goes by it");
    }

    /** Every configuration of nginx has blocks in braces at its top, Apache's has none. */
    private static Program guessed(EntrySource tree, PathBytes config) throws WebException {
        try {
            String text = new TreeFiles(tree).read(config);
            boolean nginx = dump(text).isPresent() || BLOCKS.matcher(text).find();
            return nginx ? Program.NGINX : Program.APACHE;
        } catch (IOException e) {
            throw new WebException(e.getMessage(), e);
        }
    }

    private List<Candidate> usual(WhichServer which) throws IOException {
        List<Candidate> there = new ArrayList<>();
        EntrySource tree = host.tree();
        for (Usual usual : USUAL) {
            PathBytes config = PathBytes.of(usual.config());
            boolean wanted = which.program().isEmpty() || which.program().get() == usual.program();
            if (wanted && new Traces(tree).of(config).trace().end().isPresent()) {
                PathBytes prefix =
                        usual.program() == Program.NGINX ? Compiled.nginx(tree).prefix() : PathBytes.of(usual.prefix());
                there.add(new Candidate(
                        usual.program(),
                        new Program.Place(config, which.prefix().orElse(prefix), which.defines(), Map.of()),
                        Optional.empty(),
                        "no web server is running, and " + config + " is there"));
            }
        }
        return there;
    }

    private Served read(Candidate candidate) throws ConfigSyntaxException, IOException {
        List<String> notes = new ArrayList<>();
        Optional<Host.Child> worker = candidate.master().map(Servers::worker);
        Optional<EntrySource> seen = worker.flatMap(w -> treeOf(w.pid()));
        if (worker.isPresent() && seen.isEmpty()) {
            notes.add("the files as process " + worker.get().pid()
                    + " sees them cannot be had, which needs root: it may see other mounts");
        }
        EntrySource tree = seen.isPresent() ? seen.get() : host.tree();
        TreeFiles disk = new TreeFiles(tree);
        ConfigFiles files = disk;
        Program.Place place = candidate.place();
        Optional<NginxDump> dump = dump(disk, place.config());
        if (dump.isPresent()) {
            files = dump.get();
            PathBytes first = dump.get().first().orElseThrow();
            place = new Program.Place(first, place.prefix(), place.defines(), place.environment());
        }
        WebServer server = candidate.program().load(files, place);
        Map<PathBytes, Instant> written = dump.isPresent() ? Map.of() : Map.copyOf(disk.modified());
        return new Served(
                candidate.program(),
                server,
                place,
                files,
                written,
                candidate.master(),
                worker,
                tree,
                seen.isPresent(),
                candidate.why(),
                notes);
    }

    /** What nginx -T prints begins with what it thinks of the configuration, or with a file's name. */
    private static Optional<NginxDump> dump(String text) {
        boolean perhaps = text.startsWith("nginx: ") || text.startsWith("# configuration file /");
        return perhaps ? Optional.of(new NginxDump(text)).filter(d -> d.first().isPresent()) : Optional.empty();
    }

    private static Optional<NginxDump> dump(TreeFiles disk, PathBytes config) {
        try {
            return dump(disk.read(config));
        } catch (IOException e) {
            return Optional.empty(); // whoever loads it says so
        }
    }

    /** One that answers: not one that helps with caches or is about to end. */
    private static Host.Child worker(Host.Master master) {
        return master.workers().stream()
                .filter(w -> !w.title().contains("cache ") && !w.title().contains("shutting down"))
                .findFirst()
                .orElseGet(() -> new Host.Child(master.pid(), master.program(), master.started()));
    }

    private Optional<EntrySource> treeOf(long pid) {
        try {
            EntrySource tree = host.treeOf(pid);
            return new Traces(tree).of(PathBytes.ROOT).trace().end().isPresent() ? Optional.of(tree) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static PathBytes absolute(PathBytes base, PathBytes path) {
        return path.isAbsolute() ? path : base.resolve(path);
    }
}
