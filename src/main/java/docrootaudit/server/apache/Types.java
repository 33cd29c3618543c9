package docrootaudit.server.apache;

import docrootaudit.server.apache.MimeMap.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code type_checker}: what kind of thing a file is by its name (mod_mime), and which of several is meant. */
final class Types {
    /** What mod_mime makes of a directory. */
    static final String DIRECTORY = "httpd/unix-directory";

    private final Hop hop;
    private final Journey journey;
    private Optional<List<String>> exceptions = Optional.empty();

    Types(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    int run() {
        if (journey.has("mod_negotiation")) {
            int status = new Negotiation(hop).run();
            if (status != Hop.DECLINED) {
                return status;
            }
        }
        find();
        return Hop.OK;
    }

    /** The parts of the name that mean nothing to mod_mime; empty if none means anything. */
    Optional<List<String>> exceptions() {
        return exceptions;
    }

    /** {@code find_ct()}. */
    void find() {
        if (!journey.has("mod_mime")) {
            return;
        } else if (hop.isDirectory()) {
            hop.type(Optional.of(DIRECTORY));
            return;
        }
        String name = hop.file().substring(hop.file().lastIndexOf('/') + 1);
        int dots = 0;
        while (dots < name.length() && name.charAt(dots) == '.') {
            dots++;
        }
        int first = name.indexOf('.', dots);
        List<String> unknown = new ArrayList<>();
        unknown.add(first < 0 ? name : name.substring(0, first));
        boolean any = false;
        for (String ending :
                first < 0 ? new String[0] : name.substring(first + 1).split("\\.")) {
            if (!ending.isEmpty()) {
                if (means(ending)) {
                    any = true;
                } else {
                    unknown.add(ending);
                }
            }
        }
        exceptions = any ? Optional.of(unknown) : Optional.empty();
    }

    private boolean means(String ending) {
        MimeMap map = hop.config().mime();
        boolean found = false;
        Optional<MimeMap.Meaning> type = map.find(ending, Kind.TYPE);
        if (type.isEmpty() && !map.isRemoved(ending, Kind.TYPE)) {
            String system = journey.configuration().types().get(ending.toLowerCase(Locale.ROOT));
            if (system != null) {
                hop.type(Optional.of(system));
                found = true;
            }
        } else if (type.isPresent()) {
            hop.type(Optional.of(type.get().value().toLowerCase(Locale.ROOT)));
            found = true;
        }
        for (Kind kind : List.of(Kind.CHARSET, Kind.LANGUAGE, Kind.ENCODING)) {
            Optional<MimeMap.Meaning> meaning = map.find(ending, kind);
            if (meaning.isPresent()) {
                found = true;
                hop.means(kind, meaning.get().value().toLowerCase(Locale.ROOT));
            }
        }
        Optional<MimeMap.Meaning> handler = map.find(ending, Kind.HANDLER);
        Optional<Directive> match = hop.config().find("multiviewsmatch");
        String matching = match.map(Directive::args).orElse("").toLowerCase(Locale.ROOT);
        if (handler.isPresent() && hop.proxied().isEmpty()) {
            hop.handler(
                    handler.get().value().toLowerCase(Locale.ROOT),
                    Optional.of(handler.get().line()));
            found |= matching.contains("handlers");
        }
        return found || matching.contains("any");
    }
}
