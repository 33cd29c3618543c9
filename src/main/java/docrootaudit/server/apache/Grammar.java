package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private Grammar() {}

    /** Refuses what the server refuses. */
    static void check(Directive line) throws BadDirectiveException {
        boolean right = switch (line.key()) {
            case "header", "requestheader" -> isHeader(line.words());
            case "expiresdefault", "expiresbytype" -> EXPIRY.matcher(last(line)).matches();
            default -> true;
        };
        if (!right) {
            throw new BadDirectiveException(line, line.word() + " is not understood by the server");
        }
    }

    private static String last(Directive line) {
        List<String> words = line.words();
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    /** {@code header_inout_cmd()} of mod_headers. */
    private static boolean isHeader(List<String> all) {
        List<String> words = new ArrayList<>(all);
        if (!words.isEmpty() && WHEN.contains(words.get(0).toLowerCase(Locale.ROOT))) {
            words.remove(0);
        }
        if (words.isEmpty()) {
            return false;
        }
        return switch (words.get(0).toLowerCase(Locale.ROOT)) {
            case "unset", "echo" -> words.size() >= 2;
            case "set", "add", "append", "merge", "setifempty", "note" -> words.size() >= 3;
            case "edit", "edit*" -> words.size() >= 4;
            default -> false;
        };
    }
}
