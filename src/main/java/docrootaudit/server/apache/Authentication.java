package docrootaudit.server.apache;

import docrootaudit.server.Reason;
import docrootaudit.server.Request;
import java.util.Locale;
import java.util.Optional;

/** Who the visitor is ({@code check_user_id}), by the kind of authentication that {@code AuthType} names. */
final class Authentication {
    private final Hop hop;
    private final Journey journey;
    private final Directive requirement;

    /**
     * For one request.
     *
     * @param requirement the line that wants to know who it is
     */
    Authentication(Hop hop, Directive requirement) {
        this.hop = hop;
        this.journey = hop.journey();
        this.requirement = requirement;
    }

    /** The line that names the kind of authentication, if there is to be any. */
    static Optional<Directive> type(Hop hop) {
        return hop.config().find("authtype").filter(d -> !d.first().equalsIgnoreCase("none"));
    }

    int run() {
        Optional<Directive> type = type(hop);
        if (type.isEmpty()) {
            journey.step("auth", requirement, "no AuthType: the server cannot ask who it is");
            return refuse(500, requirement);
        }
        String kind = type.get().first().toLowerCase(Locale.ROOT);
        boolean known = kind.matches("basic|digest|form");
        if (!known && !journey.configuration().modules().strangers().isEmpty()) {
            journey.doubt("a kind of authentication that is not followed here", type.get());
            return refuse(401, requirement);
        } else if (!known
                || !journey.has("mod_auth_" + kind)
                || hop.config().find("authname").isEmpty()) {
            journey.step("auth", type.get(), "there is no AuthName, or no module for it");
            return refuse(500, type.get());
        }
        return switch (kind) {
            case "basic" -> new BasicAuth(hop).run(requirement);
            case "digest" -> digest();
            default -> form();
        };
    }

    /** {@code authenticate_digest_user()} in mod_auth_digest.c: whoever sends anything else is asked once more. */
    private int digest() {
        boolean header = journey.request()
                .header("Authorization")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("digest");
        if (header) {
            journey.doubt("credentials in a header are not looked at", requirement);
        }
        if (journey.request().visitor() instanceof Request.Visitor.Named named) {
            hop.user(named.name());
            return Hop.OK;
        }
        journey.step("auth", requirement, "no credentials were sent, or not by Digest");
        return refuse(401, requirement);
    }

    /** {@code authenticate_form_authn()} in mod_auth_form.c: without a session the visitor is to log in. */
    private int form() {
        if (journey.request().header("Cookie").isPresent() || hop.method().equals("POST")) {
            journey.doubt("a session or a filled-in form is not looked at", requirement);
        }
        if (journey.request().visitor() instanceof Request.Visitor.Named named) {
            hop.user(named.name());
            return Hop.OK;
        }
        Optional<Directive> login = hop.config().find("authformloginrequiredlocation");
        journey.step("auth", login.orElse(requirement), "there is no session: the visitor has to log in");
        return refuse(login.isPresent() ? 302 : 401, requirement);
    }

    private int refuse(int status, Directive line) {
        return hop.refuse(Journey.line(Reason.AUTH, line, status, hop.mapped()));
    }
}
