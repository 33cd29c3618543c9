package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts variables and groups into texts of rewrite rules ({@code do_expand()} in mod_rewrite.c). */
final class Expansion {
    private static final int DEEPEST = 10;

    private final Hop hop;
    private final Journey journey;
    private final Optional<String> directory;
    private Optional<Pcre.Result.Match> rule = Optional.empty();
    private Optional<Pcre.Result.Match> condition = Optional.empty();
    private Optional<GroupEscaping> escaping = Optional.empty();
    private Optional<Directive> line = Optional.empty();
    private String subject = "";
    private boolean unsafe;
    /** Whether it is the last question mark that begins the query. */
    private boolean lastMark;

    private int depth;

    Expansion(Hop hop, Optional<String> directory) {
        this.hop = hop;
        this.journey = hop.journey();
        this.directory = directory;
    }

    /** A text, and whether the question mark that begins its query came out of a group, decoded from what the visitor sent. */
    record Expanded(String text, boolean unsafeQuestionMark) {}

    /** A rule begins; its own groups are these, and no condition has matched. */
    void begin(String matched, Optional<Pcre.Result.Match> groups) {
        subject = matched;
        rule = groups;
        condition = Optional.empty();
    }

    void condition(Pcre.Result.Match groups) {
        condition = Optional.of(groups);
    }

    /** Whose text is expanded next, for a doubt. */
    void of(Directive asking) {
        line = Optional.of(asking);
    }

    Expanded expand(String text, RewriteRule forRule) {
        line = Optional.of(forRule.line());
        escaping = forRule.escaping();
        unsafe = false;
        lastMark = forRule.has(RewriteRule.Flag.QUERY_LAST);
        String expanded = run(text, true);
        escaping = Optional.empty();
        return new Expanded(expanded, unsafe);
    }

    String expand(String text) {
        return run(text, false);
    }

    private String run(String text, boolean watch) {
        if (++depth > DEEPEST) {
            depth--;
            return "";
        }
        StringBuilder out = new StringBuilder();
        boolean seen = !watch;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '\\' && next != 0) {
                out.append(next);
                i += 2;
            } else if ((c == '%' || c == '$') && next == '{' && closing(text, i + 2) > 0) {
                int end = closing(text, i + 2);
                String inner = text.substring(i + 2, end);
                String value = c == '%' ? variable(inner) : map(inner);
                seen = note(value, seen);
                out.append(value);
                i = end + 1;
            } else if ((c == '%' || c == '$') && Character.isDigit(next)) {
                String group = (c == '$' ? rule : condition)
                        .map(m -> m.group(next - '0'))
                        .orElse("");
                String value = escaping.map(e -> e.escape(group)).orElse(group);
                seen = note(value, seen);
                out.append(value);
                i += 2;
            } else {
                if (!seen && c == '?') {
                    unsafe = false;
                    seen = !lastMark;
                }
                out.append(c);
                i++;
            }
        }
        depth--;
        return out.toString();
    }

    private boolean note(String value, boolean seen) {
        if (!seen && value.indexOf('?') >= 0) {
            unsafe = true;
            return !lastMark;
        }
        return seen;
    }

    private static int closing(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                open++;
            } else if (c == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }

    private String map(String inner) {
        int colon = inner.indexOf(':');
        String name = colon < 0 ? inner : inner.substring(0, colon);
        String key = colon < 0 ? "" : inner.substring(colon + 1);
        int bar = key.indexOf('|');
        String bare = run(bar < 0 ? key : key.substring(0, bar), false);
        Optional<Directive> defined = hop.host().defaults().find("rewritemap " + name);
        if (defined.isEmpty()) {
            return "";
        }
        List<String> words = defined.get().words();
        return switch (words.size() > 1 ? words.get(1).toLowerCase(Locale.ROOT) : "") {
            case "int:tolower" -> bare.toLowerCase(Locale.ROOT);
            case "int:toupper" -> bare.toUpperCase(Locale.ROOT);
            case "int:escape" -> UriPath.escape(bare);
            case "int:unescape" ->
                UriPath.unescape(bare, UriPath.Slashes.DECODE).orElse(bare);
            default -> {
                journey.doubt("what a RewriteMap answers is not known here", defined.get());
                yield bar < 0 ? "" : run(key.substring(bar + 1), false);
            }
        };
    }

    private String variable(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        Variables variables = new Variables(hop);
        if (upper.startsWith("ENV:")) {
            return variables.env(name.substring(4)).orElse("");
        } else if (upper.startsWith("HTTP:")) {
            return variables.header(name.substring(5));
        } else if (upper.startsWith("SSL:")) {
            line.ifPresent(l -> journey.doubt("it asks for a variable of TLS", l));
            return "";
        } else if (upper.startsWith("LA-U:") || upper.startsWith("LA-F:")) {
            return ahead(name.substring(5));
        }
        return line.map(l -> variables.get(name, l)).orElse("");
    }

    /** A variable as it would be later on, for a request that is asked only for this. */
    private String ahead(String name) {
        // la_u(): without RewriteBase the directory itself is taken for the beginning of the URL
        boolean relative = directory.isPresent() && !subject.startsWith("/");
        String begin = hop.config()
                .rewriting()
                .flatMap(RewriteConfig::base)
                .or(() -> directory)
                .orElse("");
        String target = relative ? begin + subject : subject;
        Hop sub = hop.sub(target);
        if (!journey.mayGoOn(sub) || !hop.isMain()) {
            return "";
        }
        new Phases(sub).run();
        Expansion inner = new Expansion(sub, directory);
        inner.line = line;
        inner.subject = subject;
        return inner.variable(name);
    }
}
