package docrootaudit.server.nginx;

import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigSyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The locations side by side in one block: {@code ngx_http_core_find_static_location()} and the patterns behind it. */
final class Locations {
    static final Locations NONE = new Locations();

    private final List<Location> all = new ArrayList<>();
    private final Map<String, Location> exact = new HashMap<>();
    private final Map<String, Location> prefixes = new HashMap<>();
    private final TreeSet<Integer> lengths = new TreeSet<>(Comparator.reverseOrder());
    private final List<Location> patterns = new ArrayList<>();
    private final Map<String, Location> named = new HashMap<>();

    private Locations() {}

    /**
     * Puts them side by side.
     *
     * @throws ConfigSyntaxException where nginx would not start: {@code ngx_http_join_exact_locations()} takes one name
     *     for an exact and for a prefix location, and not twice for either
     */
    static Locations of(List<Location> all) throws ConfigSyntaxException {
        Locations locations = new Locations();
        for (Location location : all) {
            if (!locations.add(location)) {
                throw new ConfigSyntaxException(
                        Optional.of(location.opening().source()),
                        "duplicate location "
                                + ByteText.visible(location.name().orElseThrow().text()));
            }
        }
        return locations;
    }

    private boolean add(Location location) {
        all.add(location);
        Location.Name name = location.name().orElseThrow();
        return switch (name.kind()) {
            case EXACT -> exact.putIfAbsent(name.text(), location) == null;
            case PREFIX, FIRM_PREFIX -> {
                lengths.add(name.text().length());
                yield prefixes.putIfAbsent(name.text(), location) == null;
            }
            case REGEX -> patterns.add(location);
            case NAMED -> {
                named.putIfAbsent(name.text(), location);
                yield true;
            }
        };
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
        return Collections.unmodifiableList(all);
    }
}
