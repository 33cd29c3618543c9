package docrootaudit.server.apache;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One {@code UserDir} line: directories of users, or users who have some or none (mod_userdir). */
record UserDirs(Directive line) {
    /** What the lines together say of a user. */
    static boolean isEnabled(List<UserDirs> all, String user) {
        boolean disabledForAll = false;
        Set<String> enabled = new HashSet<>();
        Set<String> disabled = new HashSet<>();
        for (UserDirs one : all) {
            List<String> words = one.line().words();
            String first = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
            List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
            if (first.equals("disabled") || first.equals("disable")) {
                disabledForAll |= rest.isEmpty();
                disabled.addAll(rest);
            } else if (first.equals("enabled") || first.equals("enable")) {
                disabledForAll &= !rest.isEmpty();
                enabled.addAll(rest);
            }
        }
        return !disabled.contains(user) && (!disabledForAll || enabled.contains(user));
    }

    /** The directories as written, of the last line that names any. */
    static List<String> directories(List<UserDirs> all) {
        List<String> directories = List.of();
        for (UserDirs one : all) {
            String first = one.line().first().toLowerCase(Locale.ROOT);
            if (!first.startsWith("enable") && !first.startsWith("disable")) {
                directories = one.line().words();
            }
        }
        return directories;
    }
}
