package docrootaudit.server.apache;

import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who may have the file: address, user, method; the middle of {@code ap_process_request_internal()}. */
final class AccessPhase {
    private final Hop hop;
    private final Journey journey;

    AccessPhase(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    int run() {
        Optional<CompatAccess> compat =
                journey.has("mod_access_compat") ? hop.config().compat() : Optional.empty();
        boolean any = compat.map(c -> c.satisfiesAny(hop.method())).orElse(false);
        int checked = checkers(compat);
        if (any ? checked == Hop.OK : checked != Hop.OK) {
            return checked;
        }
        List<Refusal> before = List.copyOf(hop.refusals());
        hop.refusals().clear();
        int status = authorize();
        if (status != Hop.OK) {
            hop.refusals().addAll(before);
        }
        return status;
    }

    /** {@code access_checker}: all of them have to agree. */
    private int checkers(Optional<CompatAccess> compat) {
        Optional<Directive> methods = hop.config().find("allowmethods");
        if (methods.isPresent() && journey.has("mod_allowmethods") && !allowsMethod(methods.get())) {
            journey.step("access", methods.get(), "the method " + hop.method() + " is not among them");
            return hop.refuse(Journey.line(Reason.DENY_RULE, methods.get(), 405, hop.mapped()));
        }
        Optional<Directive> encrypted = hop.config().find("sslrequiressl");
        boolean plain = journey.request().scheme() == Request.Scheme.HTTP;
        if (encrypted.isPresent() && plain && !journey.isLifted(encrypted.get())) {
            journey.step("access", encrypted.get(), "the connection is not encrypted");
            return hop.refuse(Journey.line(Reason.DENY_RULE, encrypted.get(), 403, hop.mapped()));
        }
        return compat.map(this::order).orElse(Hop.OK);
    }

    private boolean allowsMethod(Directive line) {
        List<String> words = line.words();
        boolean reset = words.size() == 1 && words.get(0).equalsIgnoreCase("reset");
        String method = hop.method().equals("HEAD") ? "GET" : hop.method();
        boolean listed = words.contains(method) || (method.equals("GET") && words.contains("HEAD"));
        return reset || listed || journey.isLifted(line);
    }

    /** {@code check_dir_access()} in mod_access_compat.c. */
    private int order(CompatAccess access) {
        Optional<Directive> allowed = found(access.allows());
        Optional<Directive> denied = found(access.denies());
        CompatAccess.Order order = access.order(hop.method());
        boolean granted = grants(order, allowed.isPresent(), denied.isPresent());
        boolean mayBeAllowed = allowed.isPresent() || doubtful(access.allows()).isPresent();
        boolean mayBeDenied = denied.isPresent() || doubtful(access.denies()).isPresent();
        // more that is allowed grants more, more that is denied less
        if (granted
                != grants(
                        order,
                        granted ? allowed.isPresent() : mayBeAllowed,
                        granted ? mayBeDenied : denied.isPresent())) {
            doubtful(granted ? access.denies() : access.allows())
                    .ifPresent(r -> journey.doubt(Authorizer.BY_NAME, r.line()));
        }
        if (granted) {
            return Hop.OK;
        }
        Directive line = denied.or(() ->
                        access.allows().stream().map(CompatAccess.Rule::line).findFirst())
                .or(() -> access.orderLine(hop.method()))
                .orElseThrow();
        boolean byOrder = denied.isEmpty()
                && access.orderLine(hop.method()).map(journey::isLifted).orElse(false);
        if (byOrder || journey.isLifted(line)) {
            return Hop.OK;
        }
        journey.step("access", line, "denies the visitor " + journey.visitor());
        boolean everybody = line.words().stream().anyMatch(w -> w.equalsIgnoreCase("all")) || line.is("order");
        boolean byEnv =
                line.words().stream().anyMatch(w -> w.toLowerCase(Locale.ROOT).startsWith("env="));
        Reason reason = everybody || byEnv ? Reason.DENY_RULE : Reason.IP;
        return hop.refuse(Journey.line(reason, line, 403, hop.mapped()));
    }

    private static boolean grants(CompatAccess.Order order, boolean allowed, boolean denied) {
        return switch (order) {
            case ALLOW_DENY, MUTUAL_FAILURE -> allowed && !denied;
            case DENY_ALLOW -> !denied || allowed;
        };
    }

    /** The first rule of which only the DNS knows whether it is about the visitor. */
    private Optional<CompatAccess.Rule> doubtful(List<CompatAccess.Rule> rules) {
        return rules.stream()
                .filter(r -> r.limited().contains(hop.method()))
                .filter(r -> matches(r).isEmpty())
                .findFirst();
    }

    private Optional<Directive> found(List<CompatAccess.Rule> rules) {
        for (CompatAccess.Rule rule : rules) {
            boolean counts =
                    rule.limited().contains(hop.method()) && !(rule.line().is("deny") && journey.isLifted(rule.line()));
            if (counts && matches(rule).orElse(false)) {
                return Optional.of(rule.line());
            }
        }
        return Optional.empty();
    }

    /** Whether the rule is about the visitor; empty where only the DNS knows. */
    private Optional<Boolean> matches(CompatAccess.Rule rule) {
        String what = rule.what();
        String lower = what.toLowerCase(Locale.ROOT);
        if (lower.equals("all")) {
            return Optional.of(true);
        } else if (lower.startsWith("env=!")) {
            return Optional.of(!hop.env().containsKey(what.substring(5)));
        } else if (lower.startsWith("env=")) {
            return Optional.of(hop.env().containsKey(what.substring(4)));
        }
        Optional<Subnet> subnet = Subnet.parse(what);
        return subnet.isPresent()
                ? Optional.of(subnet.get().contains(journey.visitor()))
                : journey.visitorsName().map(name -> HostNames.isIn(what, name));
    }

    /** {@code access_checker_ex}, then {@code check_user_id} and {@code auth_checker} where the user matters. */
    private int authorize() {
        Optional<Requirement.Group> root =
                journey.has("mod_authz_core") ? hop.config().authorization().root() : Optional.empty();
        Optional<Directive> type = Authentication.type(hop);
        if (root.isEmpty()) {
            if (type.isPresent()) {
                journey.step("access", type.get(), "an AuthType without anything that is required");
                return hop.refuse(Journey.line(Reason.AUTH, type.get(), 500, hop.mapped()));
            }
            return Hop.OK;
        }
        Authorizer authorizer = new Authorizer(hop);
        Authorizer.Verdict verdict = authorizer.decide(root.get());
        if (verdict == Authorizer.Verdict.GRANTED) {
            return Hop.OK;
        }
        Refusal refusal = authorizer.refusal(403);
        if (verdict != Authorizer.Verdict.DENIED_NO_USER) {
            return deny(refusal);
        }
        Directive line = authorizer.userLine();
        int status = new Authentication(hop, line).run();
        if (status != Hop.OK) {
            return status;
        }
        verdict = authorizer.decide(root.get());
        if (verdict == Authorizer.Verdict.GRANTED) {
            journey.step("auth", line, "the user is let in");
            return Hop.OK;
        }
        boolean forbidden =
                hop.config().isOn("authzsendforbiddenonfailure") && verdict != Authorizer.Verdict.DENIED_NO_USER;
        return deny(authorizer.refusal(forbidden ? 403 : 401));
    }

    private int deny(Refusal refusal) {
        String by =
                refusal.blame() instanceof Refusal.Blame.Line at ? at.source().toString() : "";
        journey.step(
                "access",
                by.isEmpty() ? "denied: the section that would grant it never comes into force" : "denied by " + by);
        return hop.refuse(refusal);
    }
}
