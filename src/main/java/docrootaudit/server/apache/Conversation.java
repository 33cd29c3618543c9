package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Answer;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From what a visitor sends to what he gets: the request, what it is redirected to inside, and the page for an error. */
final class Conversation {
    /** Pages for errors of pages for errors. */
    private static final int DEEPEST_PAGE = 5;

    private final Journey journey;

    Conversation(Journey journey) {
        this.journey = journey;
    }

    /** Where a request ended: a status, or somebody it was passed to. */
    private record End(Hop hop, Content.Result result) {}

    Answer answer() {
        Request request = journey.request();
        VirtualHosts hosts = new VirtualHosts(journey.configuration());
        Host host = hosts.find(request, d -> journey.doubt(d.toString()));
        Optional<Directive> name =
                host.setting("servername").filter(d -> host.serverName().isPresent());
        name.ifPresentOrElse(
                d -> journey.step("server", d, "answers"), () -> journey.step("server", host.source() + " answers"));
        Optional<Refusal> malformed = malformed(request, hosts.first(request), host);
        if (malformed.isPresent()) {
            return finish(
                    new Answer.Outcome.Status(malformed.get().status()), List.of(malformed.get()), Optional.empty());
        }
        Address visitor = new RemoteIp(journey).visitor(host);
        journey.visitor(visitor);
        int query = request.target().indexOf('?');
        String path = query < 0 ? request.target() : request.target().substring(0, query);
        Hop first = new Hop(
                journey,
                host,
                path,
                query < 0 ? Optional.empty() : Optional.of(request.target().substring(query + 1)));
        End end = follow(first);
        if (end.result() instanceof Content.Result.PassedTo passed) {
            return finish(
                    new Answer.Outcome.PassedTo(passed.to(), passed.script()),
                    List.of(),
                    end.hop().mapped());
        }
        End shown = errorPage(end, 0);
        int status = ((Content.Result.Status) shown.result()).code();
        return finish(
                Content.outcome(status, shown.hop()),
                shown.hop().refusals(),
                shown.hop().mapped());
    }

    private Optional<Refusal> malformed(Request request, Host first, Host host) {
        boolean plain = request.scheme() == Request.Scheme.HTTP && host.isOn("sslengine") && journey.has("mod_ssl");
        Optional<Integer> status = plain ? Optional.of(400) : new Reception(request, first, host).refusal();
        status.ifPresent(s -> journey.step("request", "the server does not accept it"));
        return status.map(s -> Journey.request(Reason.DENY_RULE, s));
    }

    /** A request, and the redirections inside the server that it leads to. */
    private End follow(Hop first) {
        Hop hop = first;
        while (true) {
            int status = new Phases(hop).run();
            if (status != Hop.OK) {
                return new End(hop, new Content.Result.Status(status));
            }
            Content.Result result = new Content(hop).run();
            if (!(result instanceof Content.Result.Redirect redirect)) {
                return new End(hop, result);
            }
            Hop next = hop.redirect(redirect.url(), hop.method());
            if (!journey.mayGoOn(next)) {
                journey.step("rewrite", "the request goes round without end");
                hop.refuse(loop(hop));
                return new End(hop, new Content.Result.Status(500));
            }
            hop = next;
        }
    }

    private static Refusal loop(Hop hop) {
        Optional<Directive> rule = hop.config()
                .rewriting()
                .filter(r -> !r.rules().isEmpty())
                .map(r -> r.rules().get(r.rules().size() - 1).line());
        return rule.isPresent()
                ? Journey.line(Reason.REWRITE, rule.get(), 500, hop.mapped())
                : Journey.request(Reason.REWRITE, 500);
    }

    /** {@code ap_die()}: the page for an error. The status stays, unless the page is elsewhere or a rule answers. */
    private End errorPage(End end, int depth) {
        Hop hop = end.hop();
        int status = end.result() instanceof Content.Result.Status s ? s.code() : Hop.OK;
        Optional<Directive> page =
                status < 400 ? Optional.empty() : hop.config().errorDocument(status);
        if (page.isEmpty() || depth > DEEPEST_PAGE) {
            return end;
        }
        List<String> words = page.get().words();
        String target = words.size() > 1 ? words.get(1) : "";
        if (target.matches("(?i)[a-z][a-z0-9+.-]*://.*") && status != 401) {
            journey.step("error page", page.get(), "redirects");
            return new End(hop, new Content.Result.Status(302));
        } else if (!target.startsWith("/")) {
            return end;
        }
        journey.step("error page", page.get(), "is shown");
        hop.status(status);
        Hop next = hop.redirect(target, "GET");
        if (!journey.mayGoOn(next)) {
            return end;
        }
        End shown = follow(next);
        boolean changed = shown.hop().isAnsweredByRule() && shown.result() instanceof Content.Result.Status;
        return changed ? errorPage(shown, depth + 1) : end;
    }

    private Answer finish(Answer.Outcome outcome, List<Refusal> decisive, Optional<PathBytes> file) {
        Set<Refusal> all = new LinkedHashSet<>(decisive);
        all.addAll(journey.hidden());
        boolean served = outcome instanceof Answer.Outcome.PassedTo
                || (outcome instanceof Answer.Outcome.Status status && status.code() < 300);
        return new Answer(
                outcome, journey.chain(), new ArrayList<>(all), served ? file : Optional.empty(), journey.doubts());
    }
}
