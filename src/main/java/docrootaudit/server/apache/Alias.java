package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.List;
import java.util.Optional;

/**
 * An {@code Alias}, {@code ScriptAlias} or one of their {@code Match} forms (mod_alias).
 *
 * @param prefix the beginning of the URL, or the expression
 * @param regex set for the Match forms; an expression that is not understood is an empty inner one
 * @param target the path; one that is not absolute is below the server's root
 * @param text the path as an expression, where it stands in a {@code <Location>}
 * @param script whether all in it are CGI scripts
 */
record Alias(
        Directive line,
        String prefix,
        Optional<Optional<Pcre>> regex,
        String target,
        Optional<Expression> text,
        boolean script) {
    static boolean takes(String directive) {
        return switch (directive) {
            case "alias", "scriptalias", "aliasmatch", "scriptaliasmatch" -> true;
            default -> false;
        };
    }

    static Alias of(Directive line) throws BadDirectiveException {
        List<String> words = line.words();
        if (words.size() != 2) {
            throw new BadDirectiveException(line, line.word() + " takes two arguments here");
        }
        Optional<Optional<Pcre>> regex =
                line.key().endsWith("match") ? Optional.of(Regexes.compile(line, words.get(0))) : Optional.empty();
        return new Alias(line, words.get(0), regex, words.get(1), Optional.empty(), isScript(line));
    }

    /** One that stands in a {@code <Location>}. */
    static Alias inLocation(Directive line, String location) {
        return new Alias(
                line,
                location,
                Optional.empty(),
                line.first(),
                Optional.of(Expression.text(line, line.first())),
                isScript(line));
    }

    private static boolean isScript(Directive line) {
        return line.key().startsWith("script");
    }

    /**
     * How many characters of a URL a prefix takes; 0 if it does not fit ({@code alias_matches()}). Any number of slashes
     * in the one stands for any number in the other.
     */
    static int matched(String uri, String prefix) {
        int a = 0;
        int u = 0;
        while (a < prefix.length()) {
            if (prefix.charAt(a) == '/') {
                if (u >= uri.length() || uri.charAt(u) != '/') {
                    return 0;
                }
                while (a < prefix.length() && prefix.charAt(a) == '/') {
                    a++;
                }
                while (u < uri.length() && uri.charAt(u) == '/') {
                    u++;
                }
            } else if (u >= uri.length() || uri.charAt(u++) != prefix.charAt(a++)) {
                return 0;
            }
        }
        boolean whole = prefix.endsWith("/") || u == uri.length() || uri.charAt(u) == '/';
        return whole ? u : 0;
    }

    /** Puts groups into a text for {@code $1} ({@code ap_pregsub()} in server/util.c). */
    static String substitute(String text, Pcre.Result.Match match) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '$' && Character.isDigit(next)) {
                out.append(match.group(next - '0'));
                i++;
            } else if (c == '\\' && next != 0) {
                out.append(next);
                i++;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
