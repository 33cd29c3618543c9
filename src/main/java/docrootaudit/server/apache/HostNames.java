package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names of addresses as far as files tell them: hosts(5), where nsswitch.conf(5) has them asked first. What is not in
 * there is for the DNS to say, which is not asked.
 */
final class HostNames {
    private static final PathBytes HOSTS = PathBytes.of("/etc/hosts");
    private static final PathBytes ORDER = PathBytes.of("/etc/nsswitch.conf");

    private final Tree tree;

    HostNames(Tree tree) {
        this.tree = tree;
    }

    private record Entry(Address address, List<String> names) {}

    /** The name of an address, the first of its line. */
    Optional<String> of(Address address) {
        return entries().stream()
                .filter(e -> e.address().equals(address))
                .map(e -> e.names().get(0))
                .findFirst();
    }

    /** The addresses of a name. */
    List<Address> addresses(String name) {
        return entries().stream()
                .filter(e -> e.names().stream().anyMatch(name::equalsIgnoreCase))
                .map(Entry::address)
                .toList();
    }

    /** {@code in_domain()} in mod_authz_host.c: the name itself or a name below it. */
    static boolean isIn(String domain, String name) {
        int before = name.length() - domain.length();
        return before >= 0
                && name.regionMatches(true, before, domain, 0, domain.length())
                && (before == 0 || domain.startsWith(".") || name.charAt(before - 1) == '.');
    }

    private List<Entry> entries() {
        if (!areFilesFirst() || !(tree.read(HOSTS) instanceof Tree.Contents.Read read)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (String line : read.text().split("\n", -1)) {
            List<String> words = Words.of(line.replaceFirst("#.*", ""));
            Optional<Address> address = words.size() < 2 ? Optional.empty() : Address.parse(words.get(0));
            address.ifPresent(a -> entries.add(new Entry(a, words.subList(1, words.size()))));
        }
        return entries;
    }

    /** Without the file, glibc asks files first too. */
    private boolean areFilesFirst() {
        if (!(tree.read(ORDER) instanceof Tree.Contents.Read read)) {
            return true;
        }
        return read.text()
                .lines()
                .filter(l -> l.startsWith("hosts:"))
                .allMatch(l -> l.substring("hosts:".length()).strip().startsWith("files"));
    }
}
