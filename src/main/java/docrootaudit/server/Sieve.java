package docrootaudit.server;

import java.util.ArrayList;
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

    private Sieve(List<Mark> marks, List<Mark> alone, List<UnaryOperator<String>> endings, List<Mark> meanings) {
        this.marks = List.copyOf(marks);
        this.alone = List.copyOf(alone);
        this.endings = List.copyOf(endings);
        this.meanings = List.copyOf(meanings);
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
        return new Sieve(marks, alone, endings, List.of());
    }

    /** The same, where it also depends on a mark whether a refusal is meant. */
    public Sieve meaning(Mark mark) {
        return new Sieve(marks, alone, endings, joined(meanings, List.of(mark)));
    }

    /** This and another together. */
    public Sieve and(Sieve other) {
        return new Sieve(
                joined(marks, other.marks),
                joined(alone, other.alone),
                joined(endings, other.endings),
                joined(meanings, other.meanings));
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
        return new Kinds(
                uri.length(),
                tests(marks, uri, path).filter(t -> t != NameTest.ALL).toList(),
                tests(alone, uri, path).toList(),
                endings,
                meanings.stream().map(m -> m.in(uri, path)).toList());
    }

    /** Those that may tell files apart, or have all of them. */
    private static Stream<NameTest> tests(List<Mark> marks, String uri, String path) {
        return marks.stream().map(m -> m.in(uri, path)).filter(t -> t != NameTest.NONE);
    }
}
