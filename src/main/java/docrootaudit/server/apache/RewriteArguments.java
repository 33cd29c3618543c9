package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of RewriteRule and RewriteCond, which mod_rewrite takes apart by itself ({@code parseargline()}). */
record RewriteArguments(String first, String second, Optional<String> flags) {
    static Optional<RewriteArguments> of(String line) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (found.size() < 3) {
            while (at < line.length() && Words.isSpace(line.charAt(at))) {
                at++;
            }
            if (at >= line.length()) {
                break;
            }
            char quote = line.charAt(at);
            boolean quoted = quote == '"' || quote == '\'';
            int from = quoted ? at + 1 : at;
            int end = from;
            while (end < line.length() && !(quoted ? line.charAt(end) == quote : Words.isSpace(line.charAt(end)))) {
                boolean escapes =
                        line.charAt(end) == '\\' && end + 1 < line.length() && Words.isSpace(line.charAt(end + 1));
                end += escapes ? 2 : 1;
            }
            end = Math.min(end, line.length());
            found.add(line.substring(from, end));
            at = end + 1;
        }
        if (found.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new RewriteArguments(
                found.get(0), found.get(1), found.size() > 2 ? Optional.of(found.get(2)) : Optional.empty()));
    }

    /** The flags in brackets, taken apart at their commas, also an empty one; none if there are no brackets around them. */
    static Optional<List<String>> flags(String field) {
        if (field.length() < 2 || !field.startsWith("[") || !field.endsWith("]")) {
            return Optional.empty();
        }
        List<String> flags = new ArrayList<>();
        for (String flag : field.substring(1, field.length() - 1).split(",", -1)) {
            flags.add(flag.strip());
        }
        return Optional.of(flags);
    }
}
