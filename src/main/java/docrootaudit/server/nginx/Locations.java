package docrootaudit.server.nginx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The locations side by side in one block: {@code ngx_http_core_find_static_location()} and the patterns behind it. */
final class Locations {
    static final Locations NONE = new Locations(List.of());

    private final List<Location> all;
    private final Map<String, Location> exact = new HashMap<>();
    private final Map<String, Location> prefixes = new HashMap<>();
    private final TreeSet<Integer> lengths = new TreeSet<>(Comparator.reverseOrder());
    private final List<Location> patterns = new ArrayList<>();
    private final Map<String, Location> named = new HashMap<>();

    Locations(List<Location> all) {
        this.all = List.copyOf(all);
        for (Location location : all) {
            Location.Name name = location.name().orElseThrow();
            switch (name.kind()) {
                case EXACT -> exact.putIfAbsent(name.text(), location);
                case PREFIX, FIRM_PREFIX -> {
                    prefixes.putIfAbsent(name.text(), location);
                    lengths.add(name.text().length());
                }
                case REGEX -> patterns.add(location);
                case NAMED -> named.putIfAbsent(name.text(), location);
            }
        }
    }

    /** What the names, patterns apart, say of a URI. */
    sealed interface Found {
        /** This one and no other. */
        record Exact(Location location) implements Found {}

        /** The URI lacks this one's last slash. */
        record LacksSlash(Location location) implements Found {}

        /** The longest prefix. */
        record Prefix(Location location) implements Found {}

        record None() implements Found {}
    }

    Found find(String uri) {
        if (all.isEmpty()) {
            return new Found.None();
        }
        Location same = exact.get(uri);
        if (same != null) {
            return new Found.Exact(same);
        }
        Location prefix = prefixes.get(uri);
        if (prefix != null) {
            return new Found.Prefix(prefix);
        }
        String slashed = uri + "/";
        Location longer = exact.getOrDefault(slashed, prefixes.get(slashed));
        if (completesSlash(exact.get(slashed)) || completesSlash(prefixes.get(slashed))) {
            return new Found.LacksSlash(longer);
        }
        for (int length : lengths) {
            if (length < uri.length()) {
                Location shorter = prefixes.get(uri.substring(0, length));
                if (shorter != null) {
                    return new Found.Prefix(shorter);
                }
            }
        }
        return new Found.None();
    }

    private static boolean completesSlash(Location location) {
        return location != null && location.completesSlash();
    }

    /** Those with regular expressions, in order. */
    List<Location> patterns() {
        return patterns;
    }

    /** The one of a name that begins with an at sign. */
    Optional<Location> named(String name) {
        return Optional.ofNullable(named.get(name));
    }

    /** All, in order. */
    List<Location> all() {
        return all;
    }
}
