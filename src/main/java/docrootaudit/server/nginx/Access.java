package docrootaudit.server.nginx;

import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The access phase: {@code ngx_http_core_access_phase()} over the address rules and the passwords. */
final class Access {
    private final Exchange exchange;

    Access(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What one checker says. */
    sealed interface Say {
        /** Nothing. */
        record Nothing() implements Say {}

        record Pass() implements Say {}

        /** No, with a status and what is to blame. */
        record No(int status, Refusal refusal) implements Say {}
    }

    /** How the request ends here, if it does. */
    Optional<Turn> run() {
        Settings settings = exchange.settings();
        for (String name : List.of("limit_req", "limit_conn")) {
            settings.inherited(name)
                    .forEach(d -> exchange.proof.step("limit", d, "lets a single request pass, and refuses too many"));
        }
        boolean any = settings.satisfy.map(d -> d.word(0).equals("any")).orElse(false);
        List<Say.No> refused = new ArrayList<>();
        List<Supplier<Say>> checkers =
                List.of(this::address, new BasicAuth(exchange)::check, new AuthRequest(exchange)::check);
        for (Supplier<Say> checker : checkers) {
            Say say = checker.get();
            if (say instanceof Say.Pass && any) {
                exchange.proof.step("access", settings.satisfy.orElseThrow(), "one of the conditions holds");
                return Optional.empty();
            }
            if (say instanceof Say.No no) {
                boolean goesOn = any && (no.status() == 403 || no.status() == 401);
                if (!goesOn) {
                    return Optional.of(refuse(List.of(no)));
                }
                refused.add(no);
            }
        }
        // of two refusals the one for the credentials is answered
        refused.sort((a, b) -> Integer.compare(a.status() == 401 ? 0 : 1, b.status() == 401 ? 0 : 1));
        return refused.isEmpty() ? Optional.empty() : Optional.of(refuse(refused));
    }

    private Turn refuse(List<Say.No> refused) {
        refused.forEach(no -> exchange.proof.refuse(no.refusal()));
        return new Turn.Special(refused.get(0).status());
    }

    /** {@code ngx_http_access_module.c}: the first rule that fits decides. */
    private Say address() {
        List<AccessRule> rules = exchange.settings().access;
        for (AccessRule rule : rules) {
            if (!rule.matches(exchange.from)) {
                continue;
            }
            if (rule.kind() == AccessRule.Kind.ALLOW) {
                exchange.proof.step("access", rule.directive(), "lets " + exchange.from + " pass");
                return new Say.Pass();
            }
            if (exchange.isLifted(rule.directive())) {
                continue;
            }
            exchange.proof.step("access", rule.directive(), "refuses " + exchange.from);
            boolean whoever = rule.isForAll() && rules.stream().allMatch(r -> r.kind() == AccessRule.Kind.DENY);
            return new Say.No(
                    403,
                    new Refusal(
                            whoever ? Reason.DENY_RULE : Reason.IP,
                            new Refusal.Blame.Line(rule.directive().source()),
                            rule.directive().text(),
                            403,
                            Optional.empty(),
                            Intent.ofAccess(exchange, rules)));
        }
        return new Say.Nothing();
    }
}
