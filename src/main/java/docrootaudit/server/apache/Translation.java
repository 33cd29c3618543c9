package docrootaudit.server.apache;

import docrootaudit.server.ByteText;
import docrootaudit.server.Pcre;
import docrootaudit.server.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code translate_name}: which file a URL means. The modules are asked in httpd's order; the first answer counts. */
final class Translation {
    private final Hop hop;
    private final Journey journey;

    Translation(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    int run() {
        int status = rewriting();
        if (status == Hop.DECLINED) {
            status = proxy();
        }
        if (status == Hop.DECLINED && journey.has("mod_alias")) {
            status = redirects();
        }
        if (status == Hop.DECLINED && journey.has("mod_alias")) {
            status = aliases();
        }
        if (status == Hop.DECLINED && journey.has("mod_userdir")) {
            status = userDirectories();
        }
        if (status == Hop.DECLINED) {
            status = core();
        }
        return status;
    }

    private int rewriting() {
        return journey.has("mod_rewrite") ? new ServerRewriting(hop).run() : Hop.DECLINED;
    }

    /** {@code proxy_trans()} of mod_proxy: what a section says of all that it is about comes before the server's list. */
    private int proxy() {
        if (!journey.has("mod_proxy")) {
            return Hop.DECLINED;
        }
        List<ProxyPass> passes = new ArrayList<>();
        hop.config().wholeProxy().ifPresent(passes::add);
        passes.addAll(hop.host().proxies());
        for (ProxyPass pass : passes) {
            Optional<String> target = target(pass);
            if (target.isPresent()) {
                if (pass.target().equals("!")) {
                    return Hop.DECLINED;
                }
                journey.step("proxy", pass.line(), "passes the request on");
                hop.proxied(target.get());
                hop.file("proxy:" + target.get());
                hop.handler("proxy-server", Optional.of(pass.line()));
                return Hop.OK;
            }
        }
        return Hop.DECLINED;
    }

    private Optional<String> target(ProxyPass pass) {
        if (pass.regex().isPresent()) {
            return found(pass.regex().get(), pass.line()).map(m -> Alias.substitute(pass.target(), m));
        }
        int length = Alias.matched(hop.uri(), pass.path());
        return length > 0 ? Optional.of(pass.target() + hop.uri().substring(length)) : Optional.empty();
    }

    private Optional<Pcre.Result.Match> found(Optional<Pcre> regex, Directive line) {
        if (regex.isEmpty()) {
            journey.doubt("its regular expression is not understood", line);
            return Optional.empty();
        }
        Pcre.Result result = regex.get().match(hop.uri());
        if (result instanceof Pcre.Result.Undecided undecided) {
            journey.doubt(undecided.why(), line);
        }
        return result instanceof Pcre.Result.Match match ? Optional.of(match) : Optional.empty();
    }

    private int redirects() {
        return redirect(hop.config().wholeRedirect(), hop.host().redirects());
    }

    /** {@code translate_alias_redir()} and {@code fixup_redir()}: of the server, or of the directory. */
    int redirect(Optional<Redirect> whole, List<Redirect> list) {
        if (whole.isPresent() && !journey.isLifted(whole.get().line())) {
            return apply(whole.get());
        }
        for (Redirect redirect : list) {
            boolean fits = redirect.regex().isPresent()
                    ? found(redirect.regex().get(), redirect.line()).isPresent()
                    : Alias.matched(hop.uri(), redirect.prefix()) > 0;
            if (fits && !journey.isLifted(redirect.line())) {
                return apply(redirect);
            }
        }
        return Hop.DECLINED;
    }

    private int apply(Redirect redirect) {
        journey.step("redirect", redirect.line(), "answers " + redirect.status());
        if (redirect.status() < 400) {
            return redirect.status();
        }
        Reason reason = redirect.status() == 404 || redirect.status() == 410 ? Reason.MISSING : Reason.DENY_RULE;
        return hop.refuse(Journey.line(reason, redirect.line(), redirect.status(), hop.mapped()));
    }

    /** {@code try_alias_list()}. */
    private int aliases() {
        if (hop.config().wholeAlias().isPresent()) {
            return inLocation(hop.config().wholeAlias().get());
        }
        for (Alias alias : hop.host().aliases()) {
            Optional<String> target = Optional.empty();
            if (alias.regex().isPresent()) {
                target = found(alias.regex().get(), alias.line()).map(m -> Alias.substitute(alias.target(), m));
            } else {
                int length = Alias.matched(hop.uri(), alias.prefix());
                if (length > 0) {
                    target = Optional.of(alias.target() + hop.uri().substring(length));
                    hop.context(alias.prefix(), alias.target());
                }
            }
            if (target.isPresent()) {
                return lies(alias, target.get());
            }
        }
        return Hop.DECLINED;
    }

    private int inLocation(Alias alias) {
        String target = new ExpressionRun(hop).text(alias.text().orElseThrow());
        if (hop.config().isOn("aliaspreservepath")) {
            int length = Alias.matched(hop.uri(), alias.prefix());
            target += length > 0 ? hop.uri().substring(length) : "";
        }
        return lies(alias, target);
    }

    private int lies(Alias alias, String target) {
        String root = ByteText.of(journey.configuration().definitions().serverRoot());
        hop.file(UriPath.merge(root, target));
        if (alias.script()) {
            hop.handler("cgi-script", Optional.of(alias.line()));
            hop.notes().add("alias-forced-type");
        }
        journey.step("alias", alias.line(), "the URL means " + ByteText.visible(hop.file()));
        return Hop.OK;
    }

    /** {@code translate_userdir()}. */
    private int userDirectories() {
        List<UserDirs> lines = hop.host().userDirs();
        if (lines.isEmpty() || !hop.uri().startsWith("/~")) {
            return Hop.DECLINED;
        }
        String behind = hop.uri().substring(2);
        int slash = behind.indexOf('/');
        String user = slash < 0 ? behind : behind.substring(0, slash);
        String rest = slash < 0 ? "" : behind.substring(slash);
        if (user.isEmpty() || !UserDirs.isEnabled(lines, user)) {
            return Hop.DECLINED;
        }
        Directive line = lines.get(lines.size() - 1).line();
        List<String> directories = UserDirs.directories(lines);
        for (int i = 0; i < directories.size(); i++) {
            String directory = directories.get(i);
            if (directory.contains("://")) {
                journey.step("userdir", line, "redirects to where the user's pages are");
                return 302;
            } else if (!directory.startsWith("/")) {
                journey.doubt("the home directory of an account is not looked up", line);
                return Hop.DECLINED;
            }
            int star = directory.indexOf('*');
            String path = star < 0
                    ? directory + "/" + user
                    : directory.substring(0, star) + user + directory.substring(star + 1);
            boolean last = i == directories.size() - 1;
            if (last || journey.stat(path).isThere()) {
                hop.file(UriPath.merge("", path + rest));
                hop.context("/~" + user, path);
                journey.step("userdir", line, "the URL means " + ByteText.visible(hop.file()));
                return Hop.OK;
            }
        }
        return Hop.DECLINED;
    }

    /** {@code ap_core_translate()}: below the document root. */
    private int core() {
        if (hop.host().setting("virtualdocumentroot").isPresent()) {
            return new MassHosting(hop).run();
        }
        if (!hop.uri().startsWith("/")) {
            if (hop.uri().equals("*") && hop.method().equals("OPTIONS")) {
                return Hop.DONE;
            }
            return hop.refuse(Journey.request(Reason.DENY_RULE, 400));
        }
        return below(hop.uri());
    }

    /** Maps a URL's path into the document root. */
    int below(String path) {
        String root = ByteText.of(hop.host().documentRoot());
        hop.file(UriPath.merge(root, UriPath.withoutFirstSlashes(path)));
        Optional<Directive> line = hop.host().documentRootLine();
        if (hop.isMain() && line.isPresent()) {
            journey.step("root", line.get(), "the URL means " + ByteText.visible(hop.file()));
        }
        return Hop.OK;
    }
}
