package docrootaudit.server.apache;

import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.apache.RewriteConfig.Option;
import docrootaudit.server.apache.RewriteRule.Flag;
import java.util.Optional;

/** Rewriting before a URL means a file ({@code hook_uri2file()} in mod_rewrite.c). */
final class ServerRewriting {
    private final Hop hop;
    private final Journey journey;

    ServerRewriting(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    int run() {
        Optional<RewriteConfig> config = hop.host().rewriting();
        Optional<RewriteConfig> state = hop.config().rewriting();
        boolean on = state.map(RewriteConfig::isOn).orElse(false);
        if (config.isEmpty() || !on || hop.isEnded() || config.get().rules().isEmpty()) {
            return Hop.DECLINED;
        }
        if (!hop.uri().startsWith("/") && !state.get().has(Option.ALLOWANYURI)) {
            return Hop.DECLINED;
        }
        hop.file(hop.uri());
        RewriteRun run = new RewriteRun(hop, Optional.empty());
        RewriteRun.Change change = run.apply(config.get().rules());
        if (change == RewriteRun.Change.STATUS) {
            return status(hop);
        } else if (change == RewriteRun.Change.NONE) {
            return Hop.DECLINED;
        }
        return local(run, change, config.get());
    }

    /** The status that the last rule gave: a redirection, a refusal or something else. */
    static int status(Hop hop) {
        return hop.refusals().get(hop.refusals().size() - 1).status();
    }

    private int local(RewriteRun run, RewriteRun.Change change, RewriteConfig config) {
        String file = hop.file();
        Optional<Integer> elsewhere = elsewhere(hop, run, change);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        } else if (file.startsWith("passthrough:")) {
            hop.uri(file.substring("passthrough:".length()));
            return Hop.DECLINED;
        } else if (!file.startsWith("/")) {
            return hop.refuse(Journey.request(Reason.REWRITE, 400));
        }
        if (!isPath(run, file, config)) {
            return new Translation(hop).below(file);
        }
        return Hop.OK;
    }

    /** A result that leads away: to a proxy or another URL, the visitor having to ask again. */
    static Optional<Integer> elsewhere(Hop hop, RewriteRun run, RewriteRun.Change change) {
        String file = hop.file();
        Directive line = run.last().orElseThrow().line();
        boolean absolute = RewriteRun.isAbsolute(file);
        boolean escapes = absolute && change != RewriteRun.Change.NO_ESCAPE;
        boolean raw = hop.args().orElse("").chars().anyMatch(c -> c <= ' ' || c == 0x7f);
        if (!escapes && raw) {
            hop.journey().step("rewrite", line, "the query holds a space or control character");
            return Optional.of(hop.refuse(Journey.line(Reason.REWRITE, line, 403, hop.mapped())));
        }
        if (file.startsWith("proxy:")) {
            if (!hop.journey().has("mod_proxy")) {
                hop.journey().step("rewrite", line, "no module passes requests on");
                return Optional.of(hop.refuse(Journey.line(Reason.REWRITE, line, 403, Optional.empty())));
            }
            hop.proxied(file.substring("proxy:".length()));
            hop.handler("proxy-server", Optional.of(line));
            return Optional.of(Hop.OK);
        } else if (absolute) {
            hop.journey().step("rewrite", line, "redirects");
            hop.answeredByRule();
            int status = hop.status();
            return Optional.of(status >= 300 && status < 400 ? status : 302);
        }
        return Optional.empty();
    }

    /** {@code prefix_stat()}: whether the result is a path of the disk already. */
    private boolean isPath(RewriteRun run, String file, RewriteConfig config) {
        int slash = file.indexOf('/', 1);
        String first = slash < 0 ? file : file.substring(0, slash);
        if (!journey.stat(UriPath.merge("", first)).isThere()) {
            return false;
        }
        RewriteRule last = run.last().orElseThrow();
        if (last.has(Flag.UNSAFE_PREFIX) || config.has(Option.UNSAFEPREFIXSTAT)) {
            return true;
        }
        String root = ByteText.of(hop.host().documentRoot());
        return isWithin(last.output(), first)
                || isWithin(file, root)
                || hop.contextRoot().map(context -> isWithin(file, context)).orElse(false);
    }

    private static boolean isWithin(String path, String prefix) {
        return path.startsWith(prefix);
    }
}
