package docrootaudit.server.apache;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the endings of file names stand for (mod_mime): handlers, types, languages, encodings. */
final class MimeMap {
    /** What one ending may stand for. */
    enum Kind {
        HANDLER,
        TYPE,
        LANGUAGE,
        ENCODING,
        CHARSET,
        FILTER
    }

    /** What an ending stands for, and the line that says so. */
    record Meaning(String value, Directive line) {}

    private record Key(String ending, Kind kind) {}

    private static final Map<String, Kind> ADDING = Map.of(
            "addhandler", Kind.HANDLER,
            "addtype", Kind.TYPE,
            "addlanguage", Kind.LANGUAGE,
            "addencoding", Kind.ENCODING,
            "addcharset", Kind.CHARSET,
            "addinputfilter", Kind.FILTER,
            "addoutputfilter", Kind.FILTER);
    private static final Map<String, Kind> REMOVING = Map.of(
            "removehandler", Kind.HANDLER,
            "removetype", Kind.TYPE,
            "removelanguage", Kind.LANGUAGE,
            "removeencoding", Kind.ENCODING,
            "removecharset", Kind.CHARSET,
            "removeinputfilter", Kind.FILTER,
            "removeoutputfilter", Kind.FILTER);

    private final Map<Key, Meaning> meanings = new HashMap<>();
    private final Set<Key> removed = new HashSet<>();

    static boolean takes(String directive) {
        return ADDING.containsKey(directive) || REMOVING.containsKey(directive);
    }

    boolean isEmpty() {
        return meanings.isEmpty() && removed.isEmpty();
    }

    void add(Directive line) {
        List<String> words = line.words();
        Kind adding = ADDING.get(line.key());
        if (adding == null) {
            words.forEach(word -> removed.add(new Key(ending(word), REMOVING.get(line.key()))));
            return;
        }
        for (String word : words.subList(Math.min(1, words.size()), words.size())) {
            meanings.put(new Key(ending(word), adding), new Meaning(words.get(0), line));
        }
    }

    /** This with what a section nearer to the file says. */
    MimeMap merge(MimeMap nearer) {
        if (nearer.isEmpty()) {
            return this;
        }
        MimeMap merged = new MimeMap();
        merged.meanings.putAll(meanings);
        merged.meanings.putAll(nearer.meanings);
        merged.removed.addAll(removed);
        merged.removed.addAll(nearer.removed);
        nearer.removed.forEach(merged.meanings::remove);
        return merged;
    }

    Optional<Meaning> find(String ending, Kind kind) {
        return Optional.ofNullable(meanings.get(new Key(ending.toLowerCase(Locale.ROOT), kind)));
    }

    /** Whether {@code RemoveType} took the type that the system knows. */
    boolean isRemoved(String ending, Kind kind) {
        return removed.contains(new Key(ending.toLowerCase(Locale.ROOT), kind));
    }

    /** All handlers that are named, as written. */
    Set<String> handlers() {
        Set<String> handlers = new HashSet<>();
        meanings.forEach((key, meaning) -> {
            if (key.kind() == Kind.HANDLER) {
                handlers.add(meaning.value());
            }
        });
        return handlers;
    }

    private static String ending(String word) {
        return (word.startsWith(".") ? word.substring(1) : word).toLowerCase(Locale.ROOT);
    }
}
