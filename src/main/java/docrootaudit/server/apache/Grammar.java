package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the server checks in a line when it reads it, of directives that are of no matter otherwise. */
final class Grammar {
    private static final Set<String> WHEN = Set.of("always", "onsuccess");

    /** {@code check_code()} of mod_expires. */
    private static final Pattern EXPIRY = Pattern.compile(
            "[AM]\\d+|(?:access|now|modification)(?:\\s+plus)?"
                    + "(?:\\s+\\d+\\s+(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?))*",
            Pattern.CASE_INSENSITIVE);

    /** {@code parse_format_tag()} of mod_headers. */
    private static final Pattern HEADER_VALUE =
            Pattern.compile("(?:[^%]|%%|%(?:\\{[^}]*\\})?[DteslTib])*", Pattern.DOTALL);

    /** Directives that take words of a list alone, each of them. */
    private static final Map<String, Pattern> WORDS = Map.ofEntries(
            words("fileetag", "[+-]?(?:all|none|inode|mtime|size|digest)"),
            // apr_strtoff(): a number that is not negative
            words("limitrequestbody", "\\+?\\d{1,19}"),
            words("multiviewsmatch", "any|negotiatedonly|filters|handlers"),
            words("forcelanguagepriority", "none|prefer|fallback"),
            words("xbithack", "on|off|full"),
            words("directoryindexredirect", "on|off|permanent|temp|seeother|3\\d\\d"),
            words("indexorderdefault", "ascending|descending|name|date|size|description"),
            words("cgivar", "request_uri|current-uri|original-uri"),
            words("sslverifyclient", "none|optional|require|optional_no_ca"),
            words(
                    "ssloptions",
                    "[+-]?(?:stdenvvars|compatenvvars|exportcertdata|fakebasicauth|strictrequire|optrenegotiate"
                            + "|legacydnstringformat)"),
            words(
                    "indexoptions",
                    "[+-]?(?:none|fancyindexing|foldersfirst|htmltable|iconsarelinks|ignorecase|ignoreclient|scanhtmltitles"
                            + "|showforbidden|suppresscolumnsorting|suppressdescription|suppresshtmlpreamble|suppressicon"
                            + "|suppresslastmodified|suppressrules|suppresssize|trackmodified|versionsort|xhtml|useolddateformat"
                            + "|(?:addalt|type|charset|descriptionwidth|iconheight|iconwidth|namewidth)(?:=.*)?)"));

    private Grammar() {}

    private static Map.Entry<String, Pattern> words(String key, String expression) {
        return Map.entry(key, Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
    }

    /** Refuses what the server refuses. */
    static void check(Directive line) throws BadDirectiveException {
        boolean right = switch (line.key()) {
            case "header", "requestheader" -> isHeader(line);
            case "expiresdefault", "expiresbytype" -> EXPIRY.matcher(last(line)).matches();
            case "sslrequire" -> !Expression.condition(line, line.args()).isInvalid();
            case "sethandler" ->
                !line.first().startsWith("expr=")
                        || !Expression.text(line, line.first().substring(5)).isInvalid();
            default -> {
                Pattern allowed = WORDS.get(line.key());
                yield allowed == null
                        || line.words().stream()
                                .allMatch(w -> allowed.matcher(w).matches());
            }
        };
        if (!right && line.isTenants()) {
            throw new BadDirectiveException(line, line.word() + " is not understood by the server");
        }
    }

    private static String last(Directive line) {
        List<String> words = line.words();
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    /** {@code header_cmd()} and {@code header_inout_cmd()} of mod_headers. */
    private static boolean isHeader(Directive line) {
        List<String> words = new ArrayList<>(line.words());
        if (!words.isEmpty() && WHEN.contains(words.get(0).toLowerCase(Locale.ROOT))) {
            words.remove(0);
        }
        String action = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
        int arguments = switch (action) {
            case "unset", "echo" -> 2;
            case "set", "add", "append", "merge", "setifempty", "note" -> 3;
            case "edit", "edit*" -> 4;
            default -> Integer.MAX_VALUE;
        };
        if (words.size() < arguments) {
            return false;
        }
        String value = words.get(arguments - 1);
        boolean values = arguments == 2 || isHeaderValue(line, value);
        boolean pattern = arguments < 4 || !Pcre.isInvalid(words.get(2));
        return values && pattern && (words.size() == arguments || isHeaderCondition(line, words.get(arguments)));
    }

    private static boolean isHeaderValue(Directive line, String value) {
        return value.startsWith("expr=")
                ? !Expression.text(line, value.substring(5)).isInvalid()
                : HEADER_VALUE.matcher(value).matches();
    }

    private static boolean isHeaderCondition(Directive line, String condition) {
        String lower = condition.toLowerCase(Locale.ROOT);
        if (lower.startsWith("env=")) {
            return condition.length() > 4 && !condition.substring(4).equals("!");
        }
        return lower.startsWith("expr=")
                ? !Expression.condition(line, condition.substring(5)).isInvalid()
                : lower.equals("early");
    }
}
