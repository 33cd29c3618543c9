package docrootaudit.server.nginx;

import docrootaudit.server.Answer.Outcome;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import java.util.Optional;

/**
 * {@code ngx_http_auth_request_module.c}: what another URI of the same server answers decides who may pass. That is
 * known where the server answers it by itself; of an upstream nobody knows.
 */
final class AuthRequest {
    private final Exchange exchange;

    AuthRequest(Exchange exchange) {
        this.exchange = exchange;
    }

    Access.Say check() {
        Optional<Directive> directive = exchange.settings().find("auth_request");
        if (directive.isEmpty() || directive.get().word(0).equals("off") || exchange.isLifted(directive.get())) {
            return new Access.Say.Nothing();
        }
        String uri = directive.get().word(0);
        exchange.proof.step("auth_request", directive.get(), "asks " + ByteText.visible(uri));
        Exchange asked = exchange.subrequest(uri);
        Outcome outcome = asked.run().outcome();
        exchange.proof.include(asked.proof);
        if (outcome instanceof Outcome.PassedTo passed) {
            exchange.proof.doubt(
                    "what " + ByteText.visible(passed.to()) + " answers decides who may pass (auth_request)",
                    directive.get().source());
            return new Access.Say.Pass();
        }
        int status = ((Outcome.Status) outcome).code();
        if (status >= 200 && status < 300) {
            exchange.proof.step("auth_request", directive.get(), "lets pass");
            return new Access.Say.Pass();
        }
        int answered = status == 401 || status == 403 ? status : 500;
        exchange.proof.step("auth_request", directive.get(), "refuses");
        return new Access.Say.No(answered, refusal(asked, directive.get(), answered));
    }

    /** What refused the other URI; else the directive, as with a redirect, which is no answer to that question. */
    private static Refusal refusal(Exchange asked, Directive directive, int status) {
        return asked.proof.refusals().stream()
                .findFirst()
                .map(r -> new Refusal(r.reason(), r.blame(), r.rule(), status, r.file(), r.meant()))
                .orElseGet(() -> new Refusal(
                        Reason.AUTH,
                        new Refusal.Blame.Line(directive.source()),
                        directive.text(),
                        status,
                        Optional.empty(),
                        Refusal.Meaning.ACCIDENT));
    }
}
