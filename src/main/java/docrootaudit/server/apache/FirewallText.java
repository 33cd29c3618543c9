package docrootaudit.server.apache;

import docrootaudit.server.Address;
import docrootaudit.server.Pcre;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The transformations and operators of ModSecurity that are decided here (re_tfns.c, re_operators.c). */
final class FirewallText {
    private FirewallText() {}

    /** A text transformed; empty if the transformation is not one of those known here. */
    static Optional<String> transform(String name, String text) {
        return switch (name) {
            case "lowercase" -> Optional.of(text.toLowerCase(Locale.ROOT));
            case "uppercase" -> Optional.of(text.toUpperCase(Locale.ROOT));
            case "urldecode" -> Optional.of(urlDecode(text));
            case "urldecodeuni" ->
                text.contains("%u") || text.contains("%U") ? Optional.empty() : Optional.of(urlDecode(text));
            case "trim" -> Optional.of(text.strip());
            case "trimleft" -> Optional.of(text.stripLeading());
            case "trimright" -> Optional.of(text.stripTrailing());
            case "compresswhitespace" -> Optional.of(text.replaceAll("[\\s\u00a0]+", " "));
            case "removewhitespace" -> Optional.of(text.replaceAll("[\\s\u00a0]+", ""));
            case "removenulls" -> Optional.of(text.replace("\0", ""));
            case "replacenulls" -> Optional.of(text.replace('\0', ' '));
            case "length" -> Optional.of(String.valueOf(text.length()));
            case "normalisepath", "normalizepath" ->
                text.contains("..") || text.contains("//") || text.contains("/.")
                        ? Optional.of(UriPath.merge("", text))
                        : Optional.of(text);
            case "htmlentitydecode" -> text.contains("&") ? Optional.empty() : Optional.of(text);
            case "jsdecode", "cssdecode", "escapeseqdecode", "cmdline" ->
                text.contains("\\") || (name.equals("cmdline") && text.matches("(?s).*[\"'^,;\\s/()].*"))
                        ? Optional.empty()
                        : Optional.of(name.equals("cmdline") ? text.toLowerCase(Locale.ROOT) : text);
            case "replacecomments" -> text.contains("/*") ? Optional.empty() : Optional.of(text);
            case "utf8tounicode" -> text.chars().anyMatch(c -> c > 0x7f) ? Optional.empty() : Optional.of(text);
            case "base64decode" -> base64(text);
            default -> Optional.empty();
        };
    }

    private static Optional<String> base64(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
            return Optional.of(new String(decoded, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Decodes as forms are encoded; what is no encoding stays. */
    static String urlDecode(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.append((char) (high * 16 + low));
                i += 2;
            } else {
                out.append(c == '+' ? ' ' : c);
            }
        }
        return out.toString();
    }

    /** Whether an operator matches; empty if it is not one of those known here. */
    static Optional<Boolean> matches(String operator, String argument, String text) {
        return switch (operator) {
            case "rx" -> rx(argument, text);
            case "pm" ->
                Optional.of(Arrays.stream(argument.strip().split("\\s+"))
                        .anyMatch(p -> text.toLowerCase(Locale.ROOT).contains(p.toLowerCase(Locale.ROOT))));
            case "pmfromfile", "pmf" ->
                Optional.of(argument.lines()
                        .anyMatch(p -> text.toLowerCase(Locale.ROOT).contains(p.toLowerCase(Locale.ROOT))));
            case "ipmatchfromfile", "ipmatchf" -> Optional.of(inNetworks(argument.replace('\n', ','), text));
            case "streq" -> Optional.of(text.equals(argument));
            case "contains", "strmatch" -> Optional.of(text.contains(argument));
            case "containsword" -> Optional.of(containsWord(argument, text));
            case "beginswith" -> Optional.of(text.startsWith(argument));
            case "endswith" -> Optional.of(text.endsWith(argument));
            case "within" -> Optional.of(argument.contains(text));
            case "eq" -> Optional.of(ExpressionRun.number(text) == ExpressionRun.number(argument));
            case "gt" -> Optional.of(ExpressionRun.number(text) > ExpressionRun.number(argument));
            case "ge" -> Optional.of(ExpressionRun.number(text) >= ExpressionRun.number(argument));
            case "lt" -> Optional.of(ExpressionRun.number(text) < ExpressionRun.number(argument));
            case "le" -> Optional.of(ExpressionRun.number(text) <= ExpressionRun.number(argument));
            case "ipmatch" -> Optional.of(inNetworks(argument, text));
            case "unconditionalmatch" -> Optional.of(true);
            case "nomatch" -> Optional.of(false);
            case "validatebyterange" -> byteRange(argument, text);
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> rx(String pattern, String text) {
        Optional<Pcre> regex = Pcre.compile(pattern, Set.of(Pcre.Option.DOTALL, Pcre.Option.DOLLAR_ENDONLY));
        if (regex.isEmpty()) {
            return Optional.empty();
        }
        Pcre.Result result = regex.get().match(text);
        return result instanceof Pcre.Result.Undecided
                ? Optional.empty()
                : Optional.of(result instanceof Pcre.Result.Match);
    }

    private static boolean containsWord(String word, String text) {
        int at = text.indexOf(word);
        while (at >= 0) {
            boolean before = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            int end = at + word.length();
            if (before && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
            at = text.indexOf(word, at + 1);
        }
        return false;
    }

    private static boolean inNetworks(String networks, String text) {
        Optional<Address> address = Address.parse(text);
        return address.isPresent()
                && List.of(networks.split(",")).stream()
                        .map(n -> Subnet.parse(n.strip()))
                        .anyMatch(n -> n.isPresent() && n.get().contains(address.get()));
    }

    /** Matches where a byte lies outside of the ranges. */
    private static Optional<Boolean> byteRange(String ranges, String text) {
        boolean[] allowed = new boolean[256];
        for (String range : ranges.split(",")) {
            String[] ends = range.strip().split("-");
            if (ends.length > 2 || !ends[0].matches("\\d{1,3}") || !ends[ends.length - 1].matches("\\d{1,3}")) {
                return Optional.empty();
            }
            int to = Math.min(255, Integer.parseInt(ends[ends.length - 1]));
            for (int i = Integer.parseInt(ends[0]); i <= to; i++) {
                allowed[i] = true;
            }
        }
        return Optional.of(text.chars().anyMatch(c -> !allowed[c & 255]));
    }
}
