package docrootaudit.finding;

import docrootaudit.access.AclEntry;
import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How accounts, entries and whole commands are spelled for a shell. */
record Spelling(Names names, ShellQuote quote) {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.@$][A-Za-z0-9_.@$-]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** Groups whose members may do much more than read files; nobody is ever told to join them. */
    private static final Set<String> POWERFUL = Set.of(
            "root",
            "wheel",
            "sudo",
            "admin",
            "adm",
            "shadow",
            "disk",
            "kmem",
            "mem",
            "tty",
            "docker",
            "lxd",
            "incus",
            "libvirt",
            "podman",
            "kvm",
            "staff",
            "backup",
            "operator",
            "utmp",
            "systemd-journal",
            "ssl-cert");

    /** A name that setfacl(1), usermod(8) and runuser(1) take for what it is: no colon, no option, no number. */
    static boolean isSafe(String name) {
        return SAFE.matcher(name).matches() && !NUMBER.matcher(name).matches();
    }

    String user(int uid) {
        return names.user(uid).filter(Spelling::isSafe).orElseGet(() -> Integer.toUnsignedString(uid));
    }

    String group(int gid) {
        return names.group(gid).filter(Spelling::isSafe).orElseGet(() -> Integer.toUnsignedString(gid));
    }

    /** The group's name, if joining it may be advised at all. */
    Optional<String> joinable(int gid) {
        return gid == 0
                ? Optional.empty()
                : names.group(gid)
                        .filter(Spelling::isSafe)
                        .filter(name -> !POWERFUL.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** As getfacl(1) prints an entry, for eyes. */
    String entry(AclEntry entry) {
        return PathBytes.of(entry.text(names)).toString();
    }

    /** As setfacl(1) and chmod(1) take permissions: {@code rx}. */
    static String letters(Permissions permissions) {
        return permissions.toString().replace("-", "");
    }

    /** The words as one command line. */
    String line(List<String> words) {
        return words.stream().map(quote::quote).collect(Collectors.joining(" "));
    }

    /** The words and a path at their end. */
    String line(List<String> words, PathBytes path) {
        return line(words) + " " + quote.quote(path);
    }

    static <T> List<T> join(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    static List<String> join(List<String> first, String... second) {
        return join(first, List.of(second));
    }
}
