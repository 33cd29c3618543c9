package docrootaudit.web;

import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.LogAudit;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.FileCommands;
import docrootaudit.finding.Forecast;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.ShellQuote;
import docrootaudit.finding.UrlCause;
import docrootaudit.server.Address;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;
import docrootaudit.server.Site;
import docrootaudit.server.log.Witness;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Predicts what servers answer to requests that their logs hold, many with one look at configuration and files. A rule
 * may be about who asked, so the request is asked as it was sent; what is told of it would hold for anybody.
 */
public final class Forecaster implements LogAudit.Forecasting {
    /** To find a remedy takes as long as many predictions. */
    private static final int MOST_REMEDIES = 50;

    private final Host host;
    private final ShellQuote quote;
    private final Audit audit;
    private final AuditSettings settings;
    private final ServerLogs logs;
    private final WhichServer which;
    private final IdentityHashMap<Served, Known> servers = new IdentityHashMap<>();
    private final Inquiry.Pools pools;
    private final UrlExplainer explainer;
    private final Map<UrlCause, Remedies> remedies = new HashMap<>();

    /** What is asked for often. */
    private record Known(Seer worker, List<Site> sites) {}

    /**
     * @param logs by which a request's server is known
     * @param which server is meant if none of them is, where somebody said so
     */
    public Forecaster(
            Host host, ShellQuote quote, Clock clock, AuditSettings settings, ServerLogs logs, WhichServer which) {
        this.host = host;
        this.quote = quote;
        this.audit = new Audit(host, quote, clock);
        this.pools = PhpPools.once(host);
        this.explainer = new UrlExplainer(host, quote, clock, settings);
        this.settings = settings;
        this.logs = logs;
        this.which = which;
    }

    @Override
    public Optional<Forecast> of(String site, Witness witness) {
        try {
            Optional<ServerLogs.Writer> known = witness.log().flatMap(logs::writer);
            Optional<ServerLogs.Writer> writer =
                    known.isPresent() || which.equals(WhichServer.ANY) ? known : meant(site, witness);
            return writer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(forecast(writer.get().served(), sent(writer.get(), site, witness)));
        } catch (WebException | IOException e) {
            return Optional.empty();
        }
    }

    /** The first of those that were named which has such a site or listens there, else the first. */
    private Optional<ServerLogs.Writer> meant(String site, Witness witness) throws WebException, IOException {
        for (Served served : logs.servers()) {
            if (site(served, site, witness.port()).isPresent()) {
                return Optional.of(new ServerLogs.Writer(served, Optional.empty()));
            }
        }
        return logs.servers().stream().findFirst().map(s -> new ServerLogs.Writer(s, Optional.empty()));
    }

    private Known known(Served served) throws WebException, IOException {
        Known known = servers.get(served);
        if (known == null) {
            known = new Known(
                    explainer.seer(served, Optional.empty()), served.server().sites());
            servers.put(served, known);
        }
        return known;
    }

    private Optional<Site> site(Served served, String name, OptionalInt port) throws WebException, IOException {
        List<Site> sites = known(served).sites();
        return sites.stream()
                .filter(s -> s.names().contains(name))
                .findFirst()
                .or(() -> sites.stream()
                        .filter(s ->
                                s.listens().stream().anyMatch(l -> port.isPresent() && l.port() == port.getAsInt()))
                        .findFirst());
    }

    /** The request as it was sent, as far as the log has it. */
    private Request sent(ServerLogs.Writer writer, String name, Witness witness) throws WebException, IOException {
        Optional<Site> byName = site(writer.served(), name, witness.port());
        Optional<Site> first = known(writer.served()).sites().stream().findFirst();
        Optional<Site> site = writer.site().or(() -> byName).or(() -> first);
        Optional<Site.Listen> listen = site.flatMap(s -> s.listens().stream()
                .filter(l ->
                        witness.port().isEmpty() || l.port() == witness.port().getAsInt())
                .findFirst()
                .or(() -> s.listens().stream().findFirst()));
        int port = listen.map(Site.Listen::port).orElse(80);
        Request.Scheme scheme = listen.map(Site.Listen::scheme).orElse(Request.Scheme.HTTP);
        String host = name.matches("[A-Za-z0-9.:\\[\\]_-]{1,255}")
                ? name
                : site.flatMap(Site::plainName).orElse("localhost");
        List<Request.Header> headers = new ArrayList<>();
        headers.add(
                witness.agent().isEmpty()
                        ? UrlQuestion.BROWSER
                        : new Request.Header(UrlQuestion.BROWSER.name(), witness.agent()));
        if (!witness.referrer().isEmpty()) {
            headers.add(new Request.Header("Referer", witness.referrer()));
        }
        return new Request(
                scheme,
                listen.flatMap(Site.Listen::address),
                port,
                Address.parse(witness.address()).orElse(UrlQuestion.ANYBODY),
                witness.method(),
                witness.target().replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*", ""),
                Optional.of(port == scheme.defaultPort() || host.contains(":") ? host : host + ":" + port),
                headers,
                new Request.Visitor.Anonymous());
    }

    /** The same from anybody, without anything that is a visitor's own. */
    private static Request anybodys(Request sent) {
        return new Request(
                sent.scheme(),
                sent.to(),
                sent.port(),
                UrlQuestion.ANYBODY,
                sent.method(),
                sent.target().replaceFirst("[?#].*", ""),
                sent.host(),
                List.of(UrlQuestion.BROWSER),
                sent.visitor());
    }

    private Forecast forecast(Served served, Request sent) throws WebException, IOException {
        Request anybodys = anybodys(sent);
        Reply reply = ask(served, sent);
        List<String> uncertain = new ArrayList<>();
        reply.answer().doubts().forEach(d -> uncertain.add(d.toString()));
        served.newer().ifPresent(uncertain::add);
        OptionalInt status = reply.status().map(OptionalInt::of).orElse(OptionalInt.empty());
        if (reply.met().isEmpty()) {
            return new Forecast(status, passed(reply), Remedies.NONE, false, uncertain);
        }
        RefusalExplainer explainer = new RefusalExplainer(host, audit, settings, anybodys);
        Explained explained = explainer.explain(reply.met().get(0));
        Remedies mending = explained.intended() ? Remedies.NONE : remedies(served, anybodys, explained, explainer);
        return new Forecast(status, explained.causes(), mending, explained.intended(), uncertain);
    }

    private Reply ask(Served served, Request request) throws WebException, IOException {
        return inquiry(served, request).ask(Assumed.NOTHING).orElseThrow();
    }

    private Inquiry inquiry(Served served, Request request) throws WebException, IOException {
        return new Inquiry(served, request, known(served).worker(), pools);
    }

    /** A request that is passed on is refused by whom it is passed to, if it is. */
    private static List<UrlCause> passed(Reply reply) {
        if (!(reply.answer().outcome() instanceof Answer.Outcome.PassedTo to)) {
            return List.of();
        }
        UrlCause.Blame blame = reply.answer().chain().stream()
                .filter(s -> s.source().isPresent())
                .reduce((a, b) -> b)
                .<UrlCause.Blame>map(s -> RefusalExplainer.line(s.source().get()))
                .orElseGet(() -> new UrlCause.Blame.Worker(ByteText.visible(to.to())));
        return List.of(new UrlCause(
                CauseKind.UPSTREAM,
                blame,
                "passed to " + ByteText.visible(to.to()),
                403,
                Optional.empty(),
                Optional.empty()));
    }

    /** What mends it for anybody; of a rule about this visitor nothing may be told that is his. */
    private Remedies remedies(Served served, Request anybodys, Explained explained, RefusalExplainer explainer)
            throws WebException, IOException {
        UrlCause cause = explained.causes().get(0);
        Remedies known = remedies.get(cause);
        if (known != null || remedies.size() == MOST_REMEDIES) {
            return known == null ? Remedies.NONE : known;
        }
        Inquiry inquiry = inquiry(served, anybodys);
        Reply reply = inquiry.ask(Assumed.NOTHING).orElseThrow();
        Remedies found = Remedies.NONE;
        if (!reply.met().isEmpty()
                && explainer.explain(reply.met().get(0)).causes().get(0).equals(cause)) {
            FileCommands commands = new FileCommands(host.accounts(), host.names(), quote, host.ownUid());
            found = new Planner(inquiry, explainer, commands, new Reload(served, quote), UrlQuestion.Origin.ANYWHERE)
                    .remedies(reply.met().get(0));
        } else {
            found = Remedies.advice(
                    "The rule is about who asks: audit explain with --from or --header shows whom it" + " lets in.");
        }
        remedies.put(cause, found);
        return found;
    }
}
