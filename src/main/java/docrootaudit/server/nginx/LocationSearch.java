package docrootaudit.server.nginx;

import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds the location of a URI: {@code ngx_http_core_find_config_phase()}. */
final class LocationSearch {
    private final Exchange exchange;
    private Location found;
    private boolean lacksSlash;

    LocationSearch(Exchange exchange) {
        this.exchange = exchange;
        this.found = exchange.server.place();
    }

    Turn run() {
        exchange.handler = Optional.empty();
        exchange.uriChanged = false;
        exchange.choseDirectory = Optional.empty();
        search();
        Proof proof = exchange.proof;
        if (found != exchange.server.place()) {
            proof.step("location", found.opening(), "chosen for " + ByteText.visible(exchange.uri));
        }
        Optional<Directive> internal = found.settings().internal;
        if (!exchange.internal && internal.isPresent() && !exchange.isLifted(internal.get())) {
            exchange.place = found;
            proof.step("location", internal.get(), "not for visitors");
            proof.refuse(Reason.DENY_RULE, internal.get(), 404, Refusal.Meaning.ON_PURPOSE);
            return new Turn.Special(404);
        }
        exchange.enter(found);
        Optional<Turn> large = tooLarge();
        if (large.isPresent()) {
            return large.get();
        }
        if (lacksSlash) {
            proof.step("location", found.opening(), "redirects to the URI with a slash");
            return new Turn.Special(301);
        }
        return new Turn.Go(Turn.Phase.REWRITE);
    }

    /** A body that the request itself says is larger than {@code client_max_body_size}; 1 MiB unless it is said. */
    private Optional<Turn> tooLarge() {
        Optional<String> length = exchange.request.header("Content-Length").filter(l -> l.matches("\\d{1,18}"));
        Optional<Directive> limit = exchange.settings().find("client_max_body_size");
        long most = limit.map(d -> (long) Reception.size(d.word(0))).orElse(1L << 20);
        if (exchange.bodyRefused || length.isEmpty() || most == 0 || Long.parseLong(length.get()) <= most) {
            return Optional.empty();
        }
        exchange.bodyRefused = true;
        exchange.proof.step("body", "larger than " + most + " bytes");
        exchange.proof.refuse(new Refusal(
                Reason.DENY_RULE,
                limit.<Refusal.Blame>map(d -> new Refusal.Blame.Line(d.source()))
                        .orElse(new Refusal.Blame.Request()),
                limit.map(Directive::text).orElse(""),
                413,
                Optional.empty(),
                Refusal.Meaning.ACCIDENT));
        return Optional.of(new Turn.Special(413));
    }

    /** {@code ngx_http_core_find_location()}: inner locations first, then the patterns beside each on the way out. */
    private void search() {
        Deque<Locations> levels = new ArrayDeque<>();
        Locations level = found.inner();
        while (true) {
            Locations.Found beside = level.find(exchange.uri);
            if (beside instanceof Locations.Found.Exact exact) {
                found = exact.location();
                return;
            }
            if (beside instanceof Locations.Found.LacksSlash lacking) {
                found = lacking.location();
                lacksSlash = true;
                return;
            }
            if (beside instanceof Locations.Found.None) {
                levels.push(level);
                break;
            }
            Location prefix = ((Locations.Found.Prefix) beside).location();
            found = prefix;
            boolean firm = prefix.name().orElseThrow().kind() == Location.Kind.FIRM_PREFIX;
            levels.push(firm ? Locations.NONE : level);
            level = prefix.inner();
        }
        for (Locations outer : levels) {
            Optional<Location> pattern = firstPattern(outer);
            if (pattern.isPresent()) {
                found = pattern.get();
                search();
                // a slash that lacks inside of a pattern's location is not added
                lacksSlash = false;
                return;
            }
        }
    }

    private Optional<Location> firstPattern(Locations level) {
        for (Location location : level.patterns()) {
            Regex pattern = location.name().orElseThrow().pattern().orElseThrow();
            if (exchange.variables.match(pattern, exchange.uri, location.opening())) {
                return Optional.of(location);
            }
        }
        return Optional.empty();
    }
}
