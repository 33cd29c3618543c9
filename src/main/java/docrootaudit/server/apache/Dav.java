package docrootaudit.server.apache;

import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * mod_dav where files are its store: it answers all methods but those of reading and filling in forms. What it would
 * write is not followed: that hangs on locks, and on the database that holds them.
 */
final class Dav {
    /** {@code DAV_HANDLER_NAME}. */
    static final String HANDLER = "dav-handler";

    /** Methods that are none of the server's own. */
    static final Set<String> METHODS = Set.of("SEARCH", "BIND");

    /** Those of the server's own that are none of its. */
    private static final Set<String> OTHERS = Set.of("GET", "HEAD", "POST", "CONNECT", "TRACE", "PATCH", "SEARCH");

    private final Hop hop;
    private final Journey journey;

    Dav(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    /** Whether the line has files served by DAV; other stores are not known. */
    static boolean isOfFiles(Directive line) {
        return Set.of("on", "filesystem").contains(line.first().toLowerCase(Locale.ROOT));
    }

    /** {@code dav_fixups()} in mod_dav.c: takes the request over. */
    void claim() {
        if (!hop.isGet() && !hop.method().equals("POST") && journey.has("mod_dav")) {
            hop.config().find("dav").filter(Dav::isOfFiles).ifPresent(l -> hop.handler(HANDLER, Optional.of(l)));
        }
    }

    /** {@code dav_handler()}: the status; empty for a method that is none of its. */
    Optional<Integer> run() {
        String method = hop.method();
        boolean known = (MethodSet.KNOWN.contains(method) || METHODS.contains(method)) && !OTHERS.contains(method);
        if (!known) {
            return Optional.empty();
        } else if (hop.isRegular() && !hop.pathInfo().isEmpty()) {
            return refuse(400, "the URL goes on behind a file");
        }
        boolean exists =
                hop.found().isPresent() && hop.pathInfo().replaceFirst("^/", "").isEmpty();
        boolean collection = exists && hop.isDirectory();
        if (method.equals("OPTIONS")) {
            return Optional.of(Hop.OK);
        } else if (!exists && (method.equals("PROPFIND") || method.equals("DELETE"))) {
            journey.step("dav", ByteText.path(hop.file()), "not there");
            return Optional.of(
                    hop.refuse(Journey.place(Reason.MISSING, hop.file() + hop.pathInfo(), 404, hop.mapped())));
        } else if (exists && method.equals("MKCOL")) {
            return refuse(405, "it is there already");
        } else if (collection && method.equals("PUT")) {
            return refuse(409, "a directory is not written to");
        }
        return method.equals("PROPFIND") ? properties(collection) : write();
    }

    private Optional<Integer> properties(boolean collection) {
        String depth = journey.request().header("Depth").orElse("infinity").toLowerCase(Locale.ROOT);
        if (!Set.of("0", "1", "infinity").contains(depth)) {
            return refuse(400, "Depth is not what it has to be");
        } else if (depth.equals("infinity") && collection && !hop.config().isOn("davdepthinfinity")) {
            return refuse(403, "all that is below a directory is told only where DavDepthInfinity is on");
        }
        hop.status(207);
        return Optional.of(Hop.OK);
    }

    private Optional<Integer> write() {
        hop.handledBy()
                .ifPresent(line -> journey.doubt("what is written hangs on locks, which are not looked at", line));
        hop.status(204);
        return Optional.of(Hop.OK);
    }

    private Optional<Integer> refuse(int status, String why) {
        journey.step("dav", why);
        return Optional.of(hop.refuse(Journey.request(Reason.DENY_RULE, status)));
    }
}
