package docrootaudit.server.apache;

import docrootaudit.server.ByteText;
import docrootaudit.server.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code fixups}: the last word on what is to be done: handlers, rewriting, redirects, directories and their index. */
final class Fixups {
    private final Hop hop;
    private final Journey journey;

    Fixups(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    int run() {
        handler();
        int status = hop.isMain() ? new Firewall(hop).late() : Hop.OK;
        if (status != Hop.OK) {
            return status;
        }
        if (journey.has("mod_rewrite")) {
            status = new DirectoryRewriting(hop).run();
            if (status != Hop.OK && status != Hop.DECLINED) {
                return status;
            }
        }
        if (journey.has("mod_alias")) {
            status = new Translation(hop)
                    .redirect(hop.config().wholeRedirect(), hop.config().redirects());
            if (status != Hop.DECLINED) {
                return status;
            }
        }
        new Environment(hop).fixups();
        new Dav(hop).claim();
        status = journey.has("mod_dir") ? whole() : Hop.DECLINED;
        hop.applyForcedHandler();
        return status == Hop.DECLINED ? Hop.OK : status;
    }

    /** {@code dir_fixups()} of mod_dir. */
    private int whole() {
        if (hop.isDirectory()) {
            return directory();
        }
        return hop.found().isEmpty() && hop.handler().isEmpty() ? fallback() : Hop.DECLINED;
    }

    /** {@code core_override_type()}: {@code SetHandler} and {@code ForceType} win over names. */
    private void handler() {
        hop.config()
                .find("forcetype")
                .filter(d -> !d.first().equalsIgnoreCase("none"))
                .ifPresent(d -> hop.type(Optional.of(d.first().toLowerCase(Locale.ROOT))));
        Optional<Directive> line = hop.config().find("sethandler");
        if (line.isEmpty()) {
            return;
        }
        String name = line.get().first();
        if (name.startsWith("expr=")) {
            name = new ExpressionRun(hop).text(Expression.text(line.get(), name.substring(5)));
        }
        if (!name.equalsIgnoreCase("none")) {
            hop.handler(name.startsWith("proxy:") ? name : name.toLowerCase(Locale.ROOT), line);
        }
    }

    /** {@code fixup_dir()} of mod_dir. */
    private int directory() {
        if (hop.handler().isEmpty()) {
            hop.handler(Types.DIRECTORY, Optional.empty());
        }
        if (!hop.pathInfo().isEmpty()) {
            return Hop.DECLINED;
        }
        if (!hop.uri().endsWith("/")) {
            if (hop.config().isOff("directoryslash")) {
                return Hop.DECLINED;
            }
            if (!hop.isGet() && hop.env().containsKey("redirect-carefully")) {
                return Hop.DECLINED;
            }
            journey.step("directory", ByteText.path(hop.file()), "redirects to the URL with a slash");
            return 301;
        }
        String handler = hop.handler().orElse("");
        boolean checks = hop.config().isOn("directorycheckhandler");
        if (handler.equals(DirectoryRewriting.REDIRECT_HANDLER) || (checks && !handler.equals(Types.DIRECTORY))) {
            hop.type(Optional.empty());
            return Hop.DECLINED;
        }
        return index(hop.config().index().orElse(List.of("index.html")));
    }

    private int index(List<String> names) {
        int error = 0;
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String target = names.get(i) + hop.args().map(a -> "?" + a).orElse("");
            Hop sub = hop.sub(target);
            if (!journey.mayGoOn(sub)) {
                return 500;
            }
            int status = new Phases(sub).run();
            boolean served =
                    status == Hop.OK && (sub.isRegular() || sub.proxied().isPresent());
            if (served) {
                Optional<Directive> redirects = hop.config().find("directoryindexredirect");
                int code = redirects.map(Fixups::redirectCode).orElse(0);
                if (code != 0) {
                    return code;
                }
                journey.step("index", ByteText.path(sub.file()), "stands for the directory");
                hop.become(sub);
                return Hop.OK;
            }
            boolean lone = i == names.size() - 1;
            if ((status >= 300 && status < 400) || (lone && (status == 401 || status == 406))) {
                refusals.addAll(sub.refusals());
                refusals.forEach(hop::refuse);
                return status;
            }
            if (status >= 400 && status != 404) {
                error = status;
                refusals.addAll(0, sub.refusals());
            }
        }
        if (error != 0) {
            refusals.forEach(hop::refuse);
            return error;
        }
        return Hop.DECLINED;
    }

    private static int redirectCode(Directive line) {
        return switch (line.first().toLowerCase(Locale.ROOT)) {
            case "on", "temp" -> 302;
            case "permanent" -> 301;
            case "seeother" -> 303;
            case "off" -> 0;
            default -> line.first().matches("3\\d\\d") ? Integer.parseInt(line.first()) : 0;
        };
    }

    /** {@code fixup_dflt()}: what stands in for all that is not there. */
    private int fallback() {
        Optional<Directive> line = hop.config().find("fallbackresource");
        if (line.isEmpty() || line.get().first().equalsIgnoreCase("disabled")) {
            return Hop.DECLINED;
        }
        Hop sub = hop.sub(line.get().first() + hop.args().map(a -> "?" + a).orElse(""));
        if (!journey.mayGoOn(sub)) {
            return 500;
        }
        int status = new Phases(sub).run();
        if (status == Hop.OK && (sub.isRegular() || sub.proxied().isPresent())) {
            journey.step("fallback", line.get(), "stands in for what is not there");
            hop.become(sub);
            return Hop.OK;
        } else if (status >= 300 && status != 404) {
            sub.refusals().forEach(hop::refuse);
            return status;
        }
        return Hop.DECLINED;
    }
}
