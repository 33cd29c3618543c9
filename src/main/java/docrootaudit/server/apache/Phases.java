package docrootaudit.server.apache;

import docrootaudit.server.Reason;
import docrootaudit.server.Request;
import java.util.Optional;

/** {@code ap_process_request_internal()} in server/request.c: all that happens before something is sent. */
final class Phases {
    private final Hop hop;
    private final Journey journey;

    Phases(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    /** Goes through them; {@link Hop#OK} where a handler may answer, else the status or {@link Hop#DONE}. */
    int run() {
        new Environment(hop).early();
        int status = hop.isMain() ? new Firewall(hop).early() : Hop.OK;
        if (status != Hop.OK) {
            return status;
        }
        status = path();
        if (status != Hop.OK) {
            return status;
        }
        Walks walks = new Walks(hop);
        DirConfig defaults = hop.config();
        walks.locationsAndBranches();
        status = new Translation(hop).run();
        if (status != Hop.OK) {
            return status;
        }
        hop.config(defaults);
        status = storage(walks);
        if (status != Hop.OK) {
            return status;
        }
        walks.locationsAndBranches();
        if (hop.isMain()) {
            new Environment(hop).late();
        }
        doubtStrange();
        status = new AccessPhase(hop).run();
        if (status != Hop.OK) {
            return status;
        }
        status = new Types(hop).run();
        return status != Hop.OK ? status : new Fixups(hop).run();
    }

    /** The path of the URL, made whole and decoded. */
    private int path() {
        boolean merge = !hop.host().isOff("mergeslashes");
        Optional<String> normal = UriPath.normalize(hop.uri(), merge);
        if (normal.isEmpty()) {
            journey.step("request", "the URL leaves the root, or holds a percent sign that encodes nothing");
            return hop.refuse(Journey.request(Reason.DENY_RULE, 400));
        }
        Optional<Directive> encoded = hop.config().find("allowencodedslashes");
        String allowed = encoded.map(Directive::first).orElse("off");
        UriPath.Slashes slashes = allowed.equalsIgnoreCase("on")
                ? UriPath.Slashes.DECODE
                : allowed.equalsIgnoreCase("nodecode") ? UriPath.Slashes.KEEP : UriPath.Slashes.FORBID;
        UriPath.Decoded decoded = UriPath.decode(normal.get(), slashes);
        if (decoded.isBad()) {
            journey.step("request", "the URL encodes a slash or a NUL");
            hop.uri(decoded.path());
            Reason reason = decoded.status() == 404 ? Reason.MISSING : Reason.DENY_RULE;
            return hop.refuse(Journey.request(reason, decoded.status()));
        }
        String path = decoded.path();
        if (slashes == UriPath.Slashes.DECODE) {
            path = UriPath.withoutDots(path, merge).orElse("/");
        }
        hop.uri(path);
        return Hop.OK;
    }

    /** {@code map_to_storage}: a proxy's target, TRACE, or the disk. */
    private int storage(Walks walks) {
        if (hop.proxied().isPresent()) {
            walks.proxies(hop.proxied().get());
            return Hop.OK;
        }
        if (hop.method().equals("TRACE")) {
            return trace();
        }
        int status = new DirectoryWalk(hop).run();
        if (status == Hop.OK) {
            walks.files();
        }
        return status;
    }

    /** {@code ap_send_http_trace()}: what was sent is sent back, unless that is turned off. */
    private int trace() {
        Optional<Directive> enabled = hop.host().setting("traceenable");
        if (enabled.isPresent() && enabled.get().first().equalsIgnoreCase("off")) {
            journey.step("method", enabled.get(), "TRACE is off");
            return hop.refuse(Journey.line(Reason.DENY_RULE, enabled.get(), 405, Optional.empty()));
        }
        return Hop.DONE;
    }

    private void doubtStrange() {
        boolean bodiless = hop.isGet() || hop.method().matches("OPTIONS|TRACE");
        boolean plain = journey.request().scheme() == Request.Scheme.HTTP;
        for (Directive line : hop.config().strange()) {
            boolean moot =
                    (line.is("limitrequestbody") && bodiless) || (line.key().startsWith("ssl") && plain);
            if (moot) {
                continue;
            }
            journey.doubt(line.word() + " is not understood", line);
        }
    }
}
