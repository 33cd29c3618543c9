package docrootaudit.server.apache;

import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.apache.RewriteConfig.Option;
import java.util.Optional;

/** Rewriting by what directories and .htaccess files say ({@code hook_fixup()} in mod_rewrite.c). */
final class DirectoryRewriting {
    /** The handler that sends a request round again. */
    static final String REDIRECT_HANDLER = "redirect-handler";

    private final Hop hop;
    private final Journey journey;

    DirectoryRewriting(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    int run() {
        Optional<RewriteConfig> found = hop.config().rewriting();
        if (found.isEmpty() || !found.get().isOn() || found.get().directory().isEmpty() || hop.isEnded()) {
            return Hop.DECLINED;
        }
        RewriteConfig config = found.get();
        String directory = config.directory().get();
        boolean itself = (hop.file() + "/").equals(directory);
        if (itself && hop.proxied().isEmpty() && !config.has(Option.ALLOWNOSLASH)) {
            return Hop.DECLINED;
        }
        OptionSet options = OptionSet.DEFAULT.merge(hop.config().options());
        if (!options.followsLinks() && !options.followsOwnersLinks()) {
            Optional<Directive> line = options.line(OptionSet.Option.FOLLOW_SYM_LINKS);
            Directive blamed = line.or(config::engine).orElseThrow();
            if (!journey.isLifted(blamed)) {
                journey.step("rewrite", blamed, "rewriting needs FollowSymLinks or SymLinksIfOwnerMatch");
                return hop.refuse(Journey.line(Reason.REWRITE, blamed, 403, hop.mapped()));
            }
        }
        String before = hop.file();
        RewriteRun run = new RewriteRun(hop, Optional.of(directory));
        RewriteRun.Change change = run.apply(config.rules());
        if (change == RewriteRun.Change.STATUS) {
            return ServerRewriting.status(hop);
        } else if (change == RewriteRun.Change.NONE) {
            hop.file(before);
            return Hop.DECLINED;
        }
        Optional<Integer> elsewhere = ServerRewriting.elsewhere(hop, run, change);
        return elsewhere.isPresent() ? elsewhere.get() : local(config, directory, before);
    }

    private int local(RewriteConfig config, String directory, String before) {
        String file = hop.file();
        if (file.startsWith("passthrough:")) {
            file = file.substring("passthrough:".length());
        }
        if (!file.startsWith("/")) {
            return hop.refuse(Journey.request(Reason.REWRITE, 400));
        } else if (file.equals(before)) {
            hop.file(before);
            return Hop.OK;
        }
        hop.file("redirect:" + url(config, directory, file));
        hop.handler(REDIRECT_HANDLER, Optional.empty());
        return Hop.OK;
    }

    /** The URL that stands for the file: by {@code RewriteBase}, or as the directory was reached. */
    private String url(RewriteConfig config, String directory, String file) {
        String root = ByteText.of(hop.host().documentRoot());
        String bare = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        String url = file;
        if (config.base().isPresent()) {
            url = replacePrefix(file, directory, config.base().get());
        } else if (file.startsWith(bare + "/")) {
            url = file.substring(bare.length());
        }
        boolean same = url.equals(file);
        if (same && !config.has(Option.IGNORECONTEXTINFO) && hop.contextRoot().isPresent()) {
            return replacePrefix(
                    file, hop.contextRoot().get(), hop.contextPrefix().orElse("/"));
        }
        return url;
    }

    /** {@code subst_prefix_path()}. */
    private static String replacePrefix(String path, String prefix, String by) {
        String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        if (!path.startsWith(bare + "/")) {
            return path;
        }
        String begin = by.isEmpty() || by.endsWith("/") ? by : by + "/";
        return begin + path.substring(bare.length() + 1);
    }
}
