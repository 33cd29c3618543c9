package docrootaudit.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Tells apart the files of a directory as far as a configuration does. A configuration knows a file by its name only
 * where it says so: by an expression, the beginning of a path, an ending. So files that may be read, and whose names
 * give the same answers to all that a configuration asks of names, are answered alike, and one of them has to be asked
 * for. Immutable.
 */
public final class Sieve {
    /** Names are not known to be alike: each has to be asked for. */
    public static final Sieve EACH = of(List.of(), List.of(Mark.always()), List.of());

    private final List<Mark> marks;
    private final List<Mark> alone;
    private final List<UnaryOperator<String>> endings;
    private final List<Mark> meanings;
    private final List<Mark> places;
    private final List<Mark> loneDirectories;
    private final List<String> indexes;

    private Sieve(
            List<Mark> marks,
            List<Mark> alone,
            List<UnaryOperator<String>> endings,
            List<Mark> meanings,
            List<Mark> places,
            List<Mark> loneDirectories,
            List<String> indexes) {
        this.marks = List.copyOf(marks);
        this.alone = List.copyOf(alone);
        this.endings = List.copyOf(endings);
        this.meanings = List.copyOf(meanings);
        this.places = List.copyOf(places);
        this.loneDirectories = List.copyOf(loneDirectories);
        this.indexes = List.copyOf(indexes);
    }

    /**
     * A sieve.
     *
     * @param marks what is asked; files that give the same answers are alike
     * @param alone a file that has one of these is like no other: the answer is made of its name
     * @param endings what is made of a name from its first dot on, one at its beginning aside; files of which the same
     *     is made are alike
     */
    public static Sieve of(List<Mark> marks, List<Mark> alone, List<UnaryOperator<String>> endings) {
        return new Sieve(marks, alone, endings, List.of(), List.of(), List.of(), List.of());
    }

    /** The same, where it also depends on a mark whether a refusal is meant. */
    public Sieve meaning(Mark mark) {
        return new Sieve(marks, alone, endings, joined(meanings, List.of(mark)), places, loneDirectories, indexes);
    }

    /** The same, where a mark of a directory's own path, with its last slash, makes no difference between its files. */
    public Sieve places(List<Mark> more) {
        return new Sieve(marks, alone, endings, meanings, joined(places, more), loneDirectories, indexes);
    }

    /**
     * The same with what is said of directories.
     *
     * @param lone a directory that has one of these, or whose index has, is like no other
     * @param names of what may be their index
     */
    public Sieve directories(List<Mark> lone, Collection<String> names) {
        return new Sieve(
                marks,
                alone,
                endings,
                meanings,
                places,
                joined(loneDirectories, lone),
                Stream.concat(indexes.stream(), names.stream()).distinct().toList());
    }

    /** This and another together. */
    public Sieve and(Sieve other) {
        return new Sieve(
                joined(marks, other.marks),
                joined(alone, other.alone),
                joined(endings, other.endings),
                joined(meanings, other.meanings),
                joined(places, other.places),
                joined(loneDirectories, other.loneDirectories),
                Stream.concat(indexes.stream(), other.indexes.stream())
                        .distinct()
                        .toList());
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /**
     * The kinds of the files of one directory.
     *
     * @param uri its URL, with the last slash
     * @param path where it lies, with the last slash
     */
    public Kinds in(String uri, String path) {
        List<NameTest> tests = tests(marks, uri, path);
        List<NameTest> singles = tests(alone, uri, path);
        List<NameTest> meant = tests(meanings, uri, path);
        StringBuilder told = new StringBuilder();
        Stream.of(tests, singles, meant).flatMap(List::stream).forEach(t -> told.append(told(t)));
        places.forEach(m -> told.append(m.has(uri, path, "") ? 'y' : 'n'));
        if (Mark.oddCharacter().has(uri, path, uri)) {
            told.append(uri);
        }
        return new Kinds(
                uri.length(),
                tests.stream().filter(t -> told(t) == 'd').toList(),
                singles.stream().filter(t -> t != NameTest.NONE).toList(),
                endings,
                meant,
                new Kinds.Directory(tests(loneDirectories, uri, path), indexes),
                new Kinds.Place(this, told.toString()));
    }

    private static List<NameTest> tests(List<Mark> marks, String uri, String path) {
        return marks.stream().map(m -> m.in(uri, path)).toList();
    }

    /** Whether names make no difference to it: all have it, or none. */
    private static char told(NameTest test) {
        return test == NameTest.ALL ? 'y' : test == NameTest.NONE ? 'n' : 'd';
    }
}
