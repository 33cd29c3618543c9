package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * One table of the file, asked key by key. What is not as expected goes to the problems and counts as not there; what
 * nobody asked for is unknown.
 */
final class Section {
    private final TomlTable table;
    private final int line;
    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> refused = new LinkedHashSet<>();

    Section(TomlTable table, int line, Problems problems) {
        this.table = table;
        this.line = line;
        this.problems = problems;
    }

    /** Where the table begins. */
    int line() {
        return line;
    }

    boolean has(String key) {
        asked.add(key);
        return table.contains(List.of(key));
    }

    int line(String key) {
        return table.inputPositionOf(List.of(key)).line();
    }

    Optional<String> text(String key) {
        return value(key).flatMap(value -> text(value, key, line(key)));
    }

    /** An account or group: a name, or a number in quotes or without. */
    Optional<String> account(String key) {
        return value(key).flatMap(value -> account(value, key, line(key)));
    }

    Optional<List<String>> accounts(String key) {
        return list(key, "names", (value, at) -> account(value, key, at));
    }

    Optional<List<String>> texts(String key) {
        return list(key, "strings", (value, at) -> text(value, key, at));
    }

    Optional<PathBytes> path(String key) {
        return value(key).flatMap(value -> path(value, key, line(key)));
    }

    Optional<List<PathBytes>> paths(String key) {
        return list(key, "paths", (value, at) -> path(value, key, at));
    }

    Optional<Boolean> flag(String key) {
        Optional<Object> value = value(key);
        if (value.isPresent() && !(value.get() instanceof Boolean)) {
            wrongType(key, value.get(), "true or false", line(key));
        }
        return value.filter(Boolean.class::isInstance).map(Boolean.class::cast);
    }

    /** Whether a key that may have something else has this word. */
    boolean says(String key, String word) {
        return has(key) && word.equals(table.get(List.of(key)));
    }

    /** One of some values, by its word. */
    <T> Optional<T> choice(String key, List<T> values, Function<T, String> word) {
        Optional<String> text = text(key);
        Optional<T> value = text.flatMap(
                t -> values.stream().filter(v -> word.apply(v).equals(t)).findFirst());
        if (text.isPresent() && value.isEmpty()) {
            String all = values.stream().map(word).map(Section::name).collect(Collectors.joining(", "));
            problem(key, name(key) + " is " + quote(text.get()) + "; expected one of " + all);
        }
        return value;
    }

    OptionalInt number(String key, int least, int most) {
        Optional<Object> value = value(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        String expected = "a whole number from " + least + " to " + most;
        if (!(value.get() instanceof Long number)) {
            wrongType(key, value.get(), expected, line(key));
            return OptionalInt.empty();
        }
        if (number < least || number > most) {
            problems.add(line(key), name(key) + " is out of range: " + number + "; expected " + expected);
            return OptionalInt.empty();
        }
        return OptionalInt.of(Math.toIntExact(number));
    }

    Optional<Duration> duration(String key, Duration least, Duration most) {
        return value(key).flatMap(value -> duration(value, key, least, most));
    }

    /** What {@code read} makes of each element, given its line. */
    <T> Optional<List<T>> list(String key, String of, BiFunction<Object, Integer, Optional<T>> read) {
        Optional<Object> value = value(key);
        if (value.isPresent() && !(value.get() instanceof TomlArray)) {
            wrongType(key, value.get(), "a list of " + of, line(key));
        }
        return value.filter(TomlArray.class::isInstance)
                .map(TomlArray.class::cast)
                .map(array -> {
                    List<T> elements = new ArrayList<>();
                    for (int i = 0; i < array.size(); i++) {
                        read.apply(array.get(i), array.inputPositionOf(i).line())
                                .ifPresent(elements::add);
                    }
                    return elements;
                });
    }

    Optional<Section> section(String key) {
        Optional<Object> value = value(key);
        if (value.isPresent() && !(value.get() instanceof TomlTable)) {
            wrongType(key, value.get(), "a table", line(key));
        }
        return value.filter(TomlTable.class::isInstance)
                .map(child -> new Section((TomlTable) child, line(key), problems));
    }

    /** The tables of a list of tables. */
    List<Section> sections(String key, String example) {
        return this.<Section>list(key, "tables, " + example, (value, at) -> {
                    if (value instanceof TomlTable child) {
                        return Optional.of(new Section(child, at, problems));
                    }
                    wrongType(key, value, "a table, " + example, at);
                    return Optional.empty();
                })
                .orElse(List.of());
    }

    /** Complains of a key that must not be there, whatever its value, and is not proposed either. */
    void refuse(String key, String message) {
        if (table.contains(List.of(key))) {
            refused.add(key);
            problem(key, message);
        }
    }

    /**
     * Complains of every key that was not asked for: to be called last.
     *
     * @param elsewhere keys that are known at another place
     * @param where that place, for people
     */
    void rejectOthers(Set<String> elsewhere, String where) {
        for (String key : table.keySet()) {
            if (!asked.contains(key) && !refused.contains(key)) {
                problems.add(line(key), "unknown key " + quote(key) + "; " + hint(key, elsewhere, where));
            }
        }
    }

    void rejectOthers() {
        rejectOthers(Set.of(), "");
    }

    /** What was asked for so far. */
    Set<String> asked() {
        return asked;
    }

    private String hint(String key, Set<String> elsewhere, String where) {
        if (elsewhere.contains(key)) {
            return "expected " + where;
        }
        return Spelling.nearest(key, asked)
                .map(near -> "did you mean " + name(near) + "?")
                .orElseGet(() -> "expected one of " + String.join(", ", asked));
    }

    void problem(String key, String message) {
        problems.add(line(key), message);
    }

    /** A problem of the table as a whole: something is missing. */
    void problem(String message) {
        problems.addMissing(line, message);
    }

    private Optional<Object> value(String key) {
        return has(key) ? Optional.of(table.get(List.of(key))) : Optional.empty();
    }

    private Optional<String> text(Object value, String key, int at) {
        if (!(value instanceof String text)) {
            wrongType(key, value, "a string", at);
            return Optional.empty();
        }
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            String what = text.isEmpty() ? "is empty" : "holds a NUL";
            problems.add(at, name(key) + " " + what + "; expected some text");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private Optional<String> account(Object value, String key, int at) {
        if (value instanceof Long number) {
            if (number >= 0 && number < 0xffff_ffffL) {
                return Optional.of(Long.toString(number));
            }
            problems.add(at, name(key) + " is out of range: " + number + "; expected an id from 0 to 4294967294");
            return Optional.empty();
        }
        if (!(value instanceof String)) {
            wrongType(key, value, "a name or a number", at);
            return Optional.empty();
        }
        return text(value, key, at);
    }

    private Optional<PathBytes> path(Object value, String key, int at) {
        Optional<String> text = text(value, key, at);
        if (text.isPresent() && !text.get().startsWith("/")) {
            problems.add(
                    at,
                    name(key) + " is relative: " + quote(text.get()) + "; expected a path that begins with a slash");
            return Optional.empty();
        }
        return text.map(PathBytes::of);
    }

    private Optional<Duration> duration(Object value, String key, Duration least, Duration most) {
        if (!(value instanceof String text)) {
            wrongType(key, value, "a time " + Durations.EXAMPLES, line(key));
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty()) {
            problem(key, name(key) + " is no time: " + quote(text) + "; expected one " + Durations.EXAMPLES);
        } else if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
            String range = Durations.format(least) + " to " + Durations.format(most);
            problem(key, name(key) + " is out of range: " + quote(text) + "; expected " + range);
            return Optional.empty();
        }
        return duration;
    }

    private void wrongType(String key, Object value, String expected, int at) {
        problems.add(at, name(key) + " is " + Kinds.of(value) + "; expected " + expected);
    }

    private static String name(String key) {
        return '"' + key + '"';
    }
}
