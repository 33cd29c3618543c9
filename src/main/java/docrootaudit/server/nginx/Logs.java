package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.LogFile;
import docrootaudit.server.LogFile.Kind;
import docrootaudit.server.LogFile.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where {@code access_log} and {@code error_log} have requests and messages written (ngx_http_log_module, ngx_log.c). */
final class Logs {
    /** What nginx calls {@code combined} without being told. */
    private static final String COMBINED = "$remote_addr - $remote_user [$time_local] \"$request\" $status"
            + " $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    private final Configuration configuration;
    private final Map<String, Directive> formats = new LinkedHashMap<>();
    private final Map<Written, Set<VirtualServer>> writers = new LinkedHashMap<>();

    /** A directive as it is obeyed; in one place for however many servers. */
    private record Written(Kind kind, Place place, Optional<String> format) {}

    Logs(Configuration configuration) {
        this.configuration = configuration;
    }

    List<LogFile> all() {
        for (Directive http : configuration.main()) {
            for (Directive directive : http.children()) {
                if (directive.name().equals("log_format")) {
                    formats.put(directive.word(0), directive);
                }
            }
        }
        Map<Written, Directive> directives = new LinkedHashMap<>();
        for (VirtualServer server : configuration.servers()) {
            collect(server, server.place(), directives);
        }
        for (Directive directive : mainErrorLogs()) {
            directives.putIfAbsent(errors(directive), directive);
        }
        Sites sites = new Sites(configuration);
        List<LogFile> logs = new ArrayList<>();
        directives.forEach((written, directive) -> {
            Set<VirtualServer> all = writersTo(written.place());
            boolean isMain = written.kind() == Kind.ERROR && mainErrorLogs().contains(directive);
            logs.add(new LogFile(
                    written.kind(),
                    written.place(),
                    written.format(),
                    all.size() == 1 && !isMain
                            ? Optional.of(sites.site(all.iterator().next()))
                            : Optional.empty(),
                    directive.source()));
        });
        return logs;
    }

    private Set<VirtualServer> writersTo(Place place) {
        Set<VirtualServer> all = new LinkedHashSet<>();
        writers.forEach((written, servers) -> {
            if (written.place().equals(place)) {
                all.addAll(servers);
            }
        });
        return all;
    }

    /** What nobody says for a server is what the server was compiled for; the directive is then the server's own. */
    private void collect(VirtualServer server, Location at, Map<Written, Directive> directives) {
        List<Directive> access = at.settings().inherited("access_log");
        for (Directive directive : access.isEmpty() ? List.of(server.directive()) : access) {
            add(server, access.isEmpty() ? builtIn(Kind.ACCESS) : accesses(directive), directive, directives);
        }
        List<Directive> inherited = at.settings().inherited("error_log");
        List<Directive> errors = inherited.isEmpty() ? mainErrorLogs() : inherited;
        for (Directive directive : errors.isEmpty() ? List.of(server.directive()) : errors) {
            add(server, errors.isEmpty() ? builtIn(Kind.ERROR) : errors(directive), directive, directives);
        }
        at.inner().all().forEach(inner -> collect(server, inner, directives));
        at.limited().ifPresent(inner -> collect(server, inner, directives));
        for (Instruction instruction : at.rewrites()) {
            if (instruction instanceof Instruction.If branch) {
                branch.place().ifPresent(inner -> collect(server, inner, directives));
            }
        }
    }

    private void add(VirtualServer server, Written written, Directive from, Map<Written, Directive> directives) {
        directives.putIfAbsent(written, from);
        writers.computeIfAbsent(written, w -> new LinkedHashSet<>()).add(server);
    }

    private List<Directive> mainErrorLogs() {
        return configuration.main().stream()
                .filter(d -> d.name().equals("error_log"))
                .toList();
    }

    private static Written builtIn(Kind kind) {
        return new Written(kind, new Place.BuiltIn(), kind == Kind.ACCESS ? Optional.of(COMBINED) : Optional.empty());
    }

    private Written errors(Directive directive) {
        return new Written(Kind.ERROR, place(directive.word(0)), Optional.empty());
    }

    private Written accesses(Directive directive) {
        String name = directive.words().size() > 1 && directive.word(1).indexOf('=') < 0 ? directive.word(1) : "";
        Place place = place(directive.word(0));
        if (name.isEmpty() || name.equals("combined")) {
            return new Written(Kind.ACCESS, place, Optional.of(COMBINED));
        }
        Directive format = formats.get(name);
        if (format == null) {
            return new Written(Kind.ACCESS, new Place.Elsewhere("its format has no log_format"), Optional.empty());
        }
        List<String> words =
                new ArrayList<>(format.words().subList(1, format.words().size()));
        boolean isBare = words.remove("escape=none");
        words.removeIf(w -> w.startsWith("escape="));
        return new Written(
                Kind.ACCESS,
                isBare && place instanceof Place.File
                        ? new Place.Elsewhere("its format has escape=none, so that visitors may write any field")
                        : place,
                Optional.of(String.join("", words)));
    }

    private Place place(String written) {
        if (written.equals("off") || written.equals("/dev/null")) {
            return new Place.Elsewhere("it is off");
        } else if (written.startsWith("syslog:")) {
            return new Place.Elsewhere("it goes to syslog");
        } else if (written.startsWith("memory:")) {
            return new Place.Elsewhere("it is kept in the server's memory");
        } else if (written.equals("stderr") || written.startsWith("/dev/")) {
            return new Place.Elsewhere("it goes to what the server was started with, such as the journal");
        } else if (written.indexOf('$') >= 0) {
            return new Place.Elsewhere("its name has variables");
        }
        PathBytes path = ByteText.path(written);
        return new Place.File((path.isAbsolute() ? path : configuration.prefix().resolve(path)).withoutDots());
    }
}
