package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import docrootaudit.audit.LogFinder;
import docrootaudit.audit.LogInput;
import docrootaudit.server.ByteText;
import docrootaudit.server.LogFile;
import docrootaudit.server.Site;
import docrootaudit.server.log.AccessFormat;
import docrootaudit.server.log.ErrorFormat;
import docrootaudit.server.log.FormatReader;
import docrootaudit.walk.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The logs that the configurations of a machine's web servers name, as they were when this was made. */
public final class ServerLogs implements LogFinder {
    /** As logrotate(8) calls what it moves away: {@code error.log.2.gz}, {@code error_log-20261126}. */
    private static final Pattern ROTATED = Pattern.compile("(.+?)(?:\\.[0-9]+|-[0-9]{8}(?:[.-][0-9]+)?)?(?:\\.gz)?");

    private final List<Served> servers;
    private final Map<PathBytes, Written> files = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** Who writes a file, and what its lines look like. */
    private static final class Written {
        private final Served by;
        private final Set<Optional<Site>> sites = new LinkedHashSet<>();
        private final List<AccessFormat> formats = new ArrayList<>();
        private final List<ErrorFormat> errorFormats = new ArrayList<>();

        Written(Served by) {
            this.by = by;
        }

        Optional<Site> site() {
            return sites.size() == 1 ? sites.iterator().next() : Optional.empty();
        }
    }

    /**
     * A server that writes a log.
     *
     * @param site the virtual one that alone does; empty where several do
     */
    record Writer(Served served, Optional<Site> site) {}

    private ServerLogs(List<Served> servers) {
        this.servers = servers;
        for (Served served : servers) {
            served.server().logs().forEach(log -> add(served, log));
        }
    }

    /** Reads the configurations; where there is none that can be understood no log is known. */
    public static ServerLogs of(Host host, WhichServer which) {
        try {
            return new ServerLogs(new Servers(host).all(which));
        } catch (WebException | IOException e) {
            ServerLogs none = new ServerLogs(List.of());
            none.notes.add(e.getMessage());
            return none;
        }
    }

    @Override
    public Found find() {
        List<LogInput> logs = new ArrayList<>();
        Set<String> all = new LinkedHashSet<>(notes);
        files.forEach((path, written) -> {
            if (new Traces(written.by.tree()).of(path).trace().end().isPresent()) {
                logs.add(input(path, written).at(path, LogInput.Named.BY_SERVER));
            } else {
                all.add(written.by.name() + " is to log to " + path + ", where nothing can be seen");
            }
        });
        return new Found(logs, List.copyOf(all));
    }

    @Override
    public List<LogInput> rotated(LogInput log) {
        List<LogInput> rotated = new ArrayList<>();
        Written written = files.get(log.file());
        Optional<PathBytes> directory = written == null
                ? Optional.empty()
                : new Traces(written.by.tree())
                        .of(log.file())
                        .trace()
                        .end()
                        .flatMap(e -> e.path().parent());
        try {
            for (PathBytes name :
                    directory.isEmpty() ? List.<PathBytes>of() : Traces.names(written.by.tree(), directory.get())) {
                PathBytes file = log.file().parent().orElse(PathBytes.ROOT).resolve(name);
                if (!file.equals(log.file())
                        && original(file).filter(log.file()::equals).isPresent()) {
                    rotated.add(log.at(file, LogInput.Named.BY_SERVER));
                }
            }
        } catch (SourceException e) {
            return List.of(); // what may not be listed is not known
        }
        return rotated;
    }

    @Override
    public LogInput named(PathBytes file) {
        return original(file)
                .map(path -> input(path, files.get(path)).at(file, LogInput.Named.BY_SOMEBODY))
                .orElseGet(() -> LogInput.of(file));
    }

    /** Who writes a file, or wrote it before it was rotated away; empty if no configuration names it. */
    Optional<Writer> writer(PathBytes file) {
        return original(file).map(files::get).map(w -> new Writer(w.by, w.site()));
    }

    /** Whom the server runs as that writes these logs; empty where several do, or nobody knows whose they are. */
    public Optional<UrlExplainer.Given> worker(Host host, List<LogInput> logs) {
        List<Served> writers = logs.stream()
                .flatMap(log -> writer(log.file()).stream())
                .map(Writer::served)
                .distinct()
                .toList();
        try {
            if (writers.size() != 1) {
                return Optional.empty();
            }
            Served served = writers.get(0);
            Optional<Long> pid =
                    served.worker().filter(w -> served.seesProcess()).map(Host.Child::pid);
            return Optional.of(new UrlExplainer.Given(new Workers(host).of(served), pid));
        } catch (WebException e) {
            return Optional.empty(); // an account that is not there is told by whoever asks the server
        }
    }

    /** All servers whose configuration was read. */
    List<Served> servers() {
        return servers;
    }

    private Optional<PathBytes> original(PathBytes file) {
        PathBytes path = file.withoutDots();
        if (files.containsKey(path)) {
            return Optional.of(path);
        }
        Matcher name = ROTATED.matcher(ByteText.of(path.name()));
        if (!name.matches() || path.parent().isEmpty()) {
            return Optional.empty();
        }
        PathBytes before = path.parent().get().resolve(ByteText.path(name.group(1)));
        return Optional.of(before).filter(files::containsKey);
    }

    private static LogInput input(PathBytes path, Written written) {
        String site = written.site().flatMap(Site::plainName).orElse("");
        return new LogInput(path, written.formats, written.errorFormats, site, LogInput.Named.BY_SOMEBODY);
    }

    private void add(Served served, LogFile log) {
        Optional<PathBytes> path = Optional.empty();
        if (log.place() instanceof LogFile.Place.File file) {
            path = Optional.of(file.path());
        } else if (log.place() instanceof LogFile.Place.BuiltIn) {
            Compiled compiled = Compiled.nginx(served.tree());
            path = compiled.log(log.kind() == LogFile.Kind.ACCESS ? compiled.accessLog() : compiled.errorLog());
            if (path.isEmpty()) {
                notes.add(log.source() + ": no " + (log.kind() == LogFile.Kind.ACCESS ? "access" : "error")
                        + "_log is named, so it goes to what the server was started with, such as the journal");
            }
        } else if (log.place() instanceof LogFile.Place.Elsewhere elsewhere) {
            notes.add(log.source() + ": this log cannot be read: " + elsewhere.why());
        }
        path.ifPresent(p -> {
            Written written = files.computeIfAbsent(p, w -> new Written(served));
            written.sites.add(log.site());
            log.format().ifPresent(f -> format(written, log, f));
        });
    }

    private void format(Written written, LogFile log, String format) {
        try {
            if (log.kind() == LogFile.Kind.ACCESS) {
                written.formats.add(FormatReader.read(format));
            } else {
                written.errorFormats.add(ErrorFormat.read(format));
            }
        } catch (FormatReader.FormatException e) {
            notes.add(log.source() + ": the format of this log tells no refusal: " + e.getMessage());
        }
    }
}
