package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.LogFile;
import docrootaudit.server.LogFile.Kind;
import docrootaudit.server.LogFile.Place;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where {@code CustomLog}, {@code TransferLog} and {@code ErrorLog} have requests and messages written: a virtual server
 * with a log of its own writes none of the main server's ({@code merge_config_log_state()} in mod_log_config.c,
 * {@code merge_core_server_configs()} in server/core.c).
 */
final class Logs {
    /** {@code DEFAULT_LOG_FORMAT} of mod_log_config.c. */
    private static final String COMMON = "%h %l %u %t \"%r\" %>s %b";
    /** {@code DEFAULT_ERRORLOG} of httpd.h. */
    private static final String ERRORS = "logs/error_log";

    private final Configuration configuration;
    private final Map<Written, Source> sources = new LinkedHashMap<>();
    /** By their places in the list of servers: one may be written like another. */
    private final Map<Place, Set<Integer>> writers = new HashMap<>();

    /** A directive as it is obeyed; in one place for however many servers. */
    private record Written(Kind kind, Place place, Optional<String> format) {}

    Logs(Configuration configuration) {
        this.configuration = configuration;
    }

    List<LogFile> all() {
        Sites sites = new Sites(configuration);
        List<Host> hosts = sites.hosts();
        Own main = new Own(configuration.main(), configuration.directives(), Optional.empty());
        List<List<Directive>> bodies = configuration.directives().stream()
                .filter(line -> line.is("<virtualhost"))
                .map(Directive::body)
                .toList();
        int first = hosts.size() - bodies.size();
        for (int i = 0; i < hosts.size(); i++) {
            Own own = i < first ? main : new Own(hosts.get(i), bodies.get(i - first), Optional.of(main));
            for (Directive line : own.accesses()) {
                add(i, own.access(line), line.source());
            }
            add(i, own.errors(), own.errorSource());
        }
        if (first == 0) {
            // its messages about itself
            add(-1, main.errors(), main.errorSource());
        }
        return sources.entrySet().stream()
                .map(log -> new LogFile(
                        log.getKey().kind(),
                        log.getKey().place(),
                        log.getKey().format(),
                        only(log.getKey().place()).map(i -> sites.site(hosts.get(i))),
                        log.getValue()))
                .toList();
    }

    private Optional<Integer> only(Place place) {
        Set<Integer> all = writers.get(place);
        return all.size() == 1 ? all.stream().filter(i -> i >= 0).findFirst() : Optional.empty();
    }

    private void add(int host, Written written, Source from) {
        writers.computeIfAbsent(written.place(), w -> new TreeSet<>()).add(host);
        sources.putIfAbsent(written, from);
    }

    /** What is said for one server, and what of the main one's holds for it. */
    private final class Own {
        private final Host host;
        private final List<Directive> logs = new ArrayList<>();
        private final List<Directive> global = new ArrayList<>();
        private final Map<String, String> formats = new HashMap<>();
        private String unnamed = COMMON;
        private Optional<String> errorFormat = Optional.empty();

        Own(Host host, List<Directive> body, Optional<Own> main) {
            this.host = host;
            main.ifPresent(m -> {
                formats.putAll(m.formats);
                unnamed = m.unnamed;
                errorFormat = m.errorFormat;
                global.addAll(m.global);
            });
            body.forEach(this::read);
            main.filter(m -> logs.isEmpty()).ifPresent(m -> logs.addAll(m.logs));
        }

        private void read(Directive line) {
            List<String> words = line.words();
            switch (line.key()) {
                case "customlog", "transferlog" -> logs.add(line);
                case "globallog" -> global.add(line);
                case "logformat" -> {
                    if (words.size() > 1) {
                        formats.put(words.get(1), words.get(0));
                    } else {
                        unnamed = formats.getOrDefault(line.first(), line.first());
                    }
                }
                case "errorlogformat" -> {
                    // of a connection or a request: lines that say nothing of why
                    errorFormat = words.size() == 1 ? Optional.of(line.first()) : errorFormat;
                }
                default -> {
                    // no log
                }
            }
        }

        List<Directive> accesses() {
            List<Directive> all = new ArrayList<>(logs);
            all.addAll(global);
            return all;
        }

        Written access(Directive line) {
            List<String> words = line.words();
            String format = line.is("transferlog") || words.size() < 2 ? unnamed : words.get(1);
            return new Written(Kind.ACCESS, place(line.first()), Optional.of(formats.getOrDefault(format, format)));
        }

        Written errors() {
            return new Written(
                    Kind.ERROR,
                    place(host.setting("errorlog").map(Directive::first).orElse(ERRORS)),
                    errorFormat);
        }

        Source errorSource() {
            return host.setting("errorlog").map(Directive::source).orElse(host.source());
        }
    }

    private Place place(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        if (written.startsWith("|")) {
            return new Place.Elsewhere("it is piped to a program");
        } else if (lower.equals("syslog") || lower.startsWith("syslog:")) {
            return new Place.Elsewhere("it goes to syslog");
        } else if (lower.equals("journald") || lower.startsWith("journald:")) {
            return new Place.Elsewhere("it goes to the journal");
        } else if (written.equals("/dev/null")) {
            return new Place.Elsewhere("it is off");
        } else if (written.startsWith("/dev/")) {
            return new Place.Elsewhere("it goes to what the server was started with, such as the journal");
        }
        PathBytes path = ByteText.path(written);
        PathBytes base = configuration.definitions().serverRoot();
        return new Place.File((path.isAbsolute() ? path : base.resolve(path)).withoutDots());
    }
}
