package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Pcre;
import docrootaudit.server.Reason;
import docrootaudit.server.Request;
import docrootaudit.server.apache.RewriteRule.Flag;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A list of rewrite rules, applied to a request ({@code apply_rewrite_list()} in mod_rewrite.c). */
final class RewriteRun {
    private static final Pattern ABSOLUTE = Pattern.compile(
            "(?i)(?:ajp|balancer|ftp|fcgi|gopher|http|https|h2|h2c|ldap|nntp|scgi|ws|wss)://.*|(?:mailto|news|unix):.*",
            Pattern.DOTALL);

    /** Twice {@code LimitRequestLine}. */
    private static final int LONGEST = 2 * 8190;

    /** Far beyond what a sane set of rules needs, and soon enough for us. */
    private static final int MOST_APPLICATIONS = 100_000;

    private final Hop hop;
    private final Journey journey;
    private final Optional<String> directory;
    private final Expansion expansion;
    private Optional<RewriteRule> last = Optional.empty();
    private int applications;

    RewriteRun(Hop hop, Optional<String> directory) {
        this.hop = hop;
        this.journey = hop.journey();
        this.directory = directory;
        this.expansion = new Expansion(hop, directory);
    }

    /** What came of the rules. */
    enum Change {
        NONE,
        NORMAL,
        NO_ESCAPE,
        /** The status of {@link #last()} answers. */
        STATUS
    }

    /** The rule that wrote last, or that refused. */
    Optional<RewriteRule> last() {
        return last;
    }

    static boolean isAbsolute(String url) {
        return ABSOLUTE.matcher(url).matches();
    }

    /** What came of one rule. */
    private enum Applied {
        NO_MATCH,
        MATCH,
        NO_SUBSTITUTION,
        UNSAFE
    }

    Change apply(List<RewriteRule> rules) {
        Change change = Change.NONE;
        int rounds = 1;
        int i = 0;
        while (i < rules.size()) {
            RewriteRule rule = rules.get(i);
            boolean skipped = !hop.isMain() && (rule.has(Flag.NO_SUBREQUEST) || rule.has(Flag.REDIRECT));
            Applied applied = skipped ? Applied.NO_MATCH : rule(rule);
            if (applied == Applied.NO_MATCH) {
                while (!skipped && i < rules.size() - 1 && rules.get(i).has(Flag.CHAIN)) {
                    i++;
                }
                i++;
                continue;
            }
            if (!rule.has(Flag.NO_SUBSTITUTION)) {
                last = Optional.of(rule);
            }
            if (hop.file().length() > LONGEST) {
                last = Optional.of(rule);
                return fail(rule, 500, "the URL grows without end");
            } else if (applied == Applied.UNSAFE) {
                return unsafe(rule);
            } else if (rule.has(Flag.STATUS)) {
                return refuse(rule);
            }
            if (applied != Applied.NO_SUBSTITUTION) {
                change = rule.has(Flag.NO_ESCAPE) ? Change.NO_ESCAPE : Change.NORMAL;
            }
            if (rule.has(Flag.PASS_THROUGH)) {
                hop.file("passthrough:" + hop.file());
                return Change.NORMAL;
            }
            if (rule.has(Flag.END)) {
                hop.end();
                break;
            } else if (rule.has(Flag.PROXY) || rule.has(Flag.LAST)) {
                break;
            } else if (rule.has(Flag.NEXT)) {
                if (++rounds >= rule.rounds()) {
                    return fail(rule, 500, "the rules go round without end");
                }
                i = 0;
                continue;
            }
            i += 1 + rule.skip();
        }
        return change;
    }

    private Change refuse(RewriteRule rule) {
        return fail(rule, rule.status(), "answers " + rule.status());
    }

    private Change unsafe(RewriteRule rule) {
        journey.step("rewrite", rule.line(), "an encoded question mark would become a query");
        hop.refuse(Journey.line(Reason.REWRITE, rule.line(), 403, original()));
        return Change.STATUS;
    }

    private Change fail(RewriteRule rule, int status, String why) {
        journey.step("rewrite", rule.line(), why);
        last = Optional.of(rule);
        hop.answeredByRule();
        boolean gone = status == 404 || status == 410;
        hop.refuse(Journey.line(gone ? Reason.MISSING : Reason.REWRITE, rule.line(), status, original()));
        return Change.STATUS;
    }

    private Optional<PathBytes> original() {
        return hop.mapped();
    }

    private Applied rule(RewriteRule rule) {
        if (++applications > MOST_APPLICATIONS) {
            journey.doubt("the rules are applied without end", rule.line());
            return Applied.NO_MATCH;
        }
        if (journey.isLifted(rule.line()) && rule.has(Flag.STATUS)) {
            return Applied.NO_MATCH;
        }
        String subject = hop.file();
        boolean proxied = hop.proxied().isPresent();
        if (directory.isPresent()) {
            subject += hop.pathInfo();
            if (!proxied && subject.startsWith(directory.get())) {
                subject = subject.substring(directory.get().length());
            }
        }
        if (rule.regex().isEmpty()) {
            journey.doubt("its regular expression is not understood", rule.line());
            return Applied.NO_MATCH;
        }
        Pcre.Result result = rule.regex().get().match(subject);
        if (result instanceof Pcre.Result.Undecided undecided) {
            journey.doubt(undecided.why(), rule.line());
            return Applied.NO_MATCH;
        }
        boolean matched = result instanceof Pcre.Result.Match;
        if (matched == rule.negated()) {
            return Applied.NO_MATCH;
        }
        expansion.begin(
                subject,
                !rule.negated() && result instanceof Pcre.Result.Match match ? Optional.of(match) : Optional.empty());
        if (!conditions(rule)) {
            return Applied.NO_MATCH;
        }
        return substitute(rule);
    }

    private boolean conditions(RewriteRule rule) {
        List<RewriteCondition> conditions = rule.conditions();
        ConditionRun run = new ConditionRun(hop, expansion);
        int i = 0;
        while (i < conditions.size()) {
            boolean holds = run.holds(conditions.get(i));
            if (conditions.get(i).orNext()) {
                if (holds) {
                    while (i < conditions.size() && conditions.get(i).orNext()) {
                        i++;
                    }
                }
            } else if (!holds) {
                return false;
            }
            i++;
        }
        return true;
    }

    private Applied substitute(RewriteRule rule) {
        String written = "";
        if (!rule.has(Flag.NO_SUBSTITUTION)) {
            Expansion.Expanded expanded = expansion.expand(rule.output(), rule);
            written = expanded.text();
            if (expanded.unsafeQuestionMark() && !rule.has(Flag.ALLOW_3F)) {
                return Applied.UNSAFE;
            }
        }
        environment(rule);
        if (rule.has(Flag.NO_SUBSTITUTION)) {
            force(rule);
            if (!rule.has(Flag.STATUS)) {
                journey.step("rewrite", rule.line(), "matches");
            }
            return Applied.NO_SUBSTITUTION;
        }
        boolean proxied = hop.proxied().isPresent();
        boolean added = false;
        if (!proxied && !written.startsWith("/") && !isAbsolute(written)) {
            if (directory.isPresent()) {
                written = directory.get() + written;
                added = true;
            } else if (!rule.has(Flag.PROXY) && !rule.has(Flag.REDIRECT)) {
                written = "/" + written;
                added = true;
            }
        }
        hop.file(written);
        if (directory.isPresent() && rule.has(Flag.DISCARD_PATH)) {
            hop.pathInfo("");
        }
        splitQuery(rule);
        journey.step("rewrite", rule.line(), "rewrites to " + ByteText.visible(hop.file()));
        if (rule.has(Flag.PROXY)) {
            hop.file("proxy:" + qualified(hop.file()));
            return Applied.MATCH;
        } else if (rule.has(Flag.REDIRECT)) {
            hop.file(qualified(hop.file()));
            hop.status(rule.status());
            return Applied.MATCH;
        }
        reduce();
        if (isAbsolute(hop.file())) {
            hop.status(rule.status());
        } else {
            boolean literal = rule.output().startsWith("//");
            if (!rule.has(Flag.UNC) && !added && !literal) {
                hop.file(hop.file().replaceFirst("^/{2,}", "/"));
            }
            force(rule);
        }
        return Applied.MATCH;
    }

    private void environment(RewriteRule rule) {
        for (String assignment : rule.env()) {
            String expanded = expansion.expand(assignment);
            if (expanded.startsWith("!")) {
                hop.env().remove(expanded.substring(1));
            } else {
                int colon = expanded.indexOf(':');
                hop.env()
                        .put(
                                colon < 0 ? expanded : expanded.substring(0, colon),
                                colon < 0 ? "" : expanded.substring(colon + 1));
            }
        }
    }

    private void force(RewriteRule rule) {
        rule.handler().ifPresent(h -> hop.forceHandler(expansion.expand(h), rule.line()));
        rule.type().ifPresent(t -> hop.type(Optional.of(expansion.expand(t).toLowerCase(Locale.ROOT))));
    }

    /** {@code splitout_queryargs()}. */
    private void splitQuery(RewriteRule rule) {
        if (rule.has(Flag.QUERY_DISCARD)) {
            hop.args(Optional.empty());
        }
        String file = hop.file();
        int mark = rule.has(Flag.QUERY_LAST) ? file.lastIndexOf('?') : file.indexOf('?');
        if (mark < 0) {
            return;
        }
        String query = file.substring(mark + 1);
        hop.file(file.substring(0, mark));
        if (rule.has(Flag.QUERY_APPEND)) {
            if (!query.isEmpty()) {
                query = query + "&" + hop.args().orElse("");
            } else {
                query = hop.args().orElse("");
            }
        }
        if (query.endsWith("&")) {
            query = query.substring(0, query.length() - 1);
        }
        hop.args(query.isEmpty() ? Optional.empty() : Optional.of(query));
    }

    /** {@code fully_qualify_uri()}. */
    private String qualified(String url) {
        if (isAbsolute(url) || hop.method().equals("CONNECT")) {
            return url;
        }
        Request request = journey.request();
        String port = request.port() == request.scheme().defaultPort() ? "" : ":" + request.port();
        String slash = url.startsWith("/") ? "" : "/";
        return request.scheme().word() + "://" + new Variables(hop).serverName() + port + slash + url;
    }

    /** {@code reduce_uri()}: a URL of this very server is a path. */
    private void reduce() {
        Request request = journey.request();
        String begin = request.scheme().word() + "://";
        String file = hop.file();
        if (!file.toLowerCase(Locale.ROOT).startsWith(begin)) {
            return;
        }
        int slash = file.indexOf('/', begin.length());
        String host = slash < 0 ? file.substring(begin.length()) : file.substring(begin.length(), slash);
        int colon = host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        String port = colon < 0 ? String.valueOf(request.scheme().defaultPort()) : host.substring(colon + 1);
        boolean own = port.equals(String.valueOf(request.port())) && VirtualHosts.isNamed(hop.host(), name);
        if (own) {
            hop.file(slash < 0 ? "/" : file.substring(slash));
        }
    }
}
