package docrootaudit.server.apache;

import docrootaudit.server.Address;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether what is required holds ({@code apply_authz_sections()} in mod_authz_core.c). */
final class Authorizer {
    /** {@code authz_status}. */
    enum Verdict {
        GRANTED,
        DENIED,
        /** Denied, but who the user is could change it. */
        DENIED_NO_USER,
        NEUTRAL
    }

    private static final Set<String> CORE = Set.of("all", "env", "method", "expr");
    private static final Set<String> BY_ADDRESS = Set.of("ip", "host", "local", "forward-dns");
    private static final Set<String> BY_USER = Set.of(
            "user",
            "valid-user",
            "group",
            "file-owner",
            "file-group",
            "ldap-user",
            "ldap-group",
            "ldap-dn",
            "ldap-attribute",
            "ldap-filter",
            "dbm-group",
            "dbm-file-group",
            "dbd-group",
            "dbd-login",
            "dbd-logout");

    static final String BY_NAME = "it asks for a name that belongs to the visitor's address";

    /** Each one that is open doubles the work. */
    private static final int MOST_OPEN = 8;

    private final Hop hop;
    private final Journey journey;

    /** Lines that denied, in the order in which they were asked. */
    private final List<Requirement.Test> denials = new ArrayList<>();

    /** Tests in groups where nothing may hold. */
    private final Set<Requirement.Test> forbidden = new HashSet<>();

    /** Tests of which nothing but the DNS or another module knows the outcome, and what is assumed of them. */
    private final Map<Requirement.Test, Verdict> open = new LinkedHashMap<>();

    Authorizer(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    /** Whether a module that is loaded offers the provider. */
    static boolean isOffered(String provider, Modules modules) {
        if (CORE.contains(provider)) {
            return modules.provides("mod_authz_core");
        } else if (BY_ADDRESS.contains(provider)) {
            return modules.provides("mod_authz_host");
        }
        return switch (provider) {
            case "user", "valid-user" -> modules.provides("mod_authz_user");
            case "group" -> modules.provides("mod_authz_groupfile");
            case "ssl", "ssl-verify-client" -> modules.provides("mod_ssl");
            case "file-group", "file-owner" -> modules.provides("mod_authz_owner");
            case "ldap-user", "ldap-group", "ldap-dn", "ldap-attribute", "ldap-filter", "ldap-search" ->
                modules.provides("mod_authnz_ldap");
            case "dbm-group", "dbm-file-group" -> modules.provides("mod_authz_dbm");
            case "dbd-group", "dbd-login", "dbd-logout" -> modules.provides("mod_authz_dbd");
            default -> !modules.strangers().isEmpty();
        };
    }

    Verdict decide(Requirement.Group root) {
        open.clear();
        Set<Verdict> possible = outcomes(root);
        open.replaceAll((test, assumed) -> Verdict.DENIED);
        Verdict verdict = play(root);
        if (possible.size() > 1) {
            open.keySet().forEach(test -> journey.doubt(why(test), test.line()));
        }
        return verdict;
    }

    private Verdict play(Requirement.Group root) {
        denials.clear();
        return group(root, Requirement.Operator.AND);
    }

    /** All that can come of it, whatever comes of the tests that are open; they show up as they are asked. */
    private Set<Verdict> outcomes(Requirement.Group root) {
        Set<Verdict> possible = EnumSet.noneOf(Verdict.class);
        for (int choice = 0; choice < 1 << Math.min(open.size(), MOST_OPEN); choice++) {
            int bit = 0;
            for (Map.Entry<Requirement.Test, Verdict> one : open.entrySet()) {
                one.setValue((choice >> bit++ & 1) == 0 ? Verdict.DENIED : Verdict.GRANTED);
            }
            possible.add(play(root));
        }
        return possible;
    }

    private Verdict group(Requirement.Group group, Requirement.Operator around) {
        if (!group.limited().contains(hop.method())) {
            return otherMethods(around);
        }
        Verdict result = Verdict.NEUTRAL;
        for (Requirement child : group.children()) {
            if (group.negated() && child instanceof Requirement.Test test) {
                forbidden.add(test);
            }
            Verdict one = child instanceof Requirement.Group inner
                    ? group(inner, group.operator())
                    : test((Requirement.Test) child, group.operator());
            if (one == Verdict.NEUTRAL) {
                continue;
            }
            boolean all = group.operator() == Requirement.Operator.AND;
            if (one == (all ? Verdict.DENIED : Verdict.GRANTED)) {
                result = one;
                break;
            }
            boolean noUser = one == Verdict.DENIED_NO_USER;
            boolean weaker = all ? noUser && result != Verdict.DENIED : noUser && result == Verdict.DENIED;
            if (weaker || result == Verdict.NEUTRAL) {
                result = one;
            }
        }
        if (group.negated() && result == Verdict.GRANTED) {
            granting(group).ifPresent(denials::add);
        }
        return group.negated() ? negate(result) : result;
    }

    /** What holds in a group where nothing may. */
    private Optional<Requirement.Test> granting(Requirement.Group group) {
        return group.children().stream()
                .filter(Requirement.Test.class::isInstance)
                .map(Requirement.Test.class::cast)
                .filter(t -> t.limited().contains(hop.method()) && ask(t) == Verdict.GRANTED)
                .findFirst();
    }

    /** A directive that is limited to other methods stands aside. */
    private static Verdict otherMethods(Requirement.Operator around) {
        return around == Requirement.Operator.AND ? Verdict.GRANTED : Verdict.NEUTRAL;
    }

    private static Verdict negate(Verdict verdict) {
        return switch (verdict) {
            case GRANTED -> Verdict.DENIED;
            case DENIED, DENIED_NO_USER -> Verdict.NEUTRAL;
            case NEUTRAL -> Verdict.NEUTRAL;
        };
    }

    private Verdict test(Requirement.Test test, Requirement.Operator around) {
        if (!test.limited().contains(hop.method())) {
            return otherMethods(around);
        }
        if (journey.isLifted(test.line())) {
            boolean refusing = test.negated() || forbidden.contains(test);
            return refusing ? Verdict.NEUTRAL : Verdict.GRANTED;
        }
        Verdict verdict = ask(test);
        if (test.negated()) {
            verdict = negate(verdict);
        }
        if (verdict == Verdict.DENIED || verdict == Verdict.DENIED_NO_USER) {
            denials.add(test);
        }
        return verdict;
    }

    private Verdict ask(Requirement.Test test) {
        List<String> words = Words.of(test.arguments());
        return switch (test.provider()) {
            case "all" -> verdict(words.contains("granted") || test.arguments().equalsIgnoreCase("granted"));
            case "env" -> verdict(words.stream().anyMatch(w -> hop.env().containsKey(w)));
            case "method" ->
                verdict(words.stream()
                        .anyMatch(w -> w.equals(hop.method())
                                || (w.equals("GET") && hop.method().equals("HEAD"))));
            case "expr" -> expression(test);
            case "ip" ->
                verdict(words.stream()
                        .anyMatch(w -> Subnet.parse(w)
                                .map(s -> s.contains(journey.visitor()))
                                .orElse(false)));
            case "local" -> verdict(journey.visitor().isLoopback() || isOwn());
            case "ssl" -> verdict(isEncrypted());
            case "ssl-verify-client" -> isEncrypted() ? unknown(test) : Verdict.DENIED;
            case "forward-dns" -> resolved(words, test);
            case "host" ->
                journey.visitorsName()
                        .map(name -> verdict(words.stream().anyMatch(w -> HostNames.isIn(w, name))))
                        .orElseGet(() -> unknown(test));
            case "valid-user" -> hop.user().isPresent() ? Verdict.GRANTED : Verdict.DENIED_NO_USER;
            case "user" ->
                hop.user().isEmpty()
                        ? Verdict.DENIED_NO_USER
                        : verdict(words.contains(hop.user().get()));
            case "group" -> group(words, test);
            default ->
                BY_USER.contains(test.provider()) && hop.user().isEmpty() ? Verdict.DENIED_NO_USER : unknown(test);
        };
    }

    private static Verdict verdict(boolean granted) {
        return granted ? Verdict.GRANTED : Verdict.DENIED;
    }

    private boolean isEncrypted() {
        return journey.request().scheme() == Request.Scheme.HTTPS;
    }

    private boolean isOwn() {
        Optional<Address> own = journey.request().to();
        return own.map(a -> a.equals(journey.visitor())).orElse(false);
    }

    private Verdict expression(Requirement.Test test) {
        Expression expression = test.expression().orElseThrow();
        if (new ExpressionRun(hop).isTrue(expression)) {
            return Verdict.GRANTED;
        }
        return expression.asksUser() && hop.user().isEmpty() ? Verdict.DENIED_NO_USER : Verdict.DENIED;
    }

    private Verdict group(List<String> words, Requirement.Test test) {
        if (hop.user().isEmpty()) {
            return Verdict.DENIED_NO_USER;
        }
        return verdict(new BasicAuth(hop).isInGroup(hop.user().get(), words, test.line()));
    }

    /** {@code Require forward-dns}: the addresses of a name. */
    private Verdict resolved(List<String> words, Requirement.Test test) {
        boolean open = false;
        for (String word : words) {
            List<Address> addresses = journey.names().addresses(word);
            if (addresses.contains(journey.visitor())) {
                return Verdict.GRANTED;
            }
            open |= addresses.isEmpty();
        }
        return open ? unknown(test) : Verdict.DENIED;
    }

    private Verdict unknown(Requirement.Test test) {
        return open.computeIfAbsent(test, t -> Verdict.DENIED);
    }

    private static String why(Requirement.Test test) {
        return BY_ADDRESS.contains(test.provider())
                ? BY_NAME
                : "what it requires is asked of a module that is not followed here";
    }

    /** The refusal for a denial: the line that decides, or the place for which the right one never came into force. */
    Refusal refusal(int status) {
        Requirement.Test blamed = blamed();
        if (blamed.provider().equals("all")) {
            Optional<String> missing = new Unreached(hop).missingPlace(blamed.line());
            if (missing.isPresent()) {
                return Journey.place(Reason.MISSING, missing.get(), status, hop.mapped());
            }
        }
        return Journey.line(reason(blamed), blamed.line(), status, hop.mapped());
    }

    /** The line that wants to know who the user is. */
    Directive userLine() {
        for (Requirement.Test denial : denials) {
            if (reason(denial) == Reason.AUTH || denial.provider().equals("expr")) {
                return denial.line();
            }
        }
        return blamed().line();
    }

    private Requirement.Test blamed() {
        // of several that would each do, the one that can be widened for just this visitor
        for (Requirement.Test denial : denials) {
            if (!denial.negated() && !forbidden.contains(denial) && BY_ADDRESS.contains(denial.provider())) {
                return denial;
            }
        }
        return denials.isEmpty() ? anyLine() : denials.get(denials.size() - 1);
    }

    private Requirement.Test anyLine() {
        Requirement.Group group = hop.config().authorization().root().orElseThrow();
        Requirement child = group;
        while (child instanceof Requirement.Group inner) {
            child = inner.children().get(0);
        }
        return (Requirement.Test) child;
    }

    static Reason reason(Requirement.Test test) {
        String provider = test.provider().toLowerCase(Locale.ROOT);
        if (BY_ADDRESS.contains(provider)) {
            return Reason.IP;
        }
        return BY_USER.contains(provider) || provider.startsWith("ldap") ? Reason.AUTH : Reason.DENY_RULE;
    }
}
