package docrootaudit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tells apart the files of a directory as far as a configuration does. A configuration knows a file by its name only
 * where it says so: by an expression, the beginning of a path, an ending. So files that may be read, and whose names
 * give the same answers to all that a configuration asks of names, are answered alike, and one of them has to be asked
 * for. Immutable.
 */
public final class Sieve {
    /** Names are not known to be alike: each has to be asked for. */
    public static final Sieve EACH = new Sieve(List.of(), List.of((uri, path, name) -> true), List.of(), List.of(), "");

    /** Paths beyond it come near to what servers take for too long. */
    private static final int LONG = 2000;

    private final List<Mark> marks;
    private final List<Mark> alone;
    private final List<UnaryOperator<String>> traits;
    private final List<Mark> meanings;
    private final String base;

    /** Something that a configuration asks of a file's name. */
    @FunctionalInterface
    public interface Mark {
        /**
         * Whether a file has it.
         *
         * @param uri the decoded path of its URL
         * @param path where it lies
         * @param name its last part
         */
        boolean has(String uri, String path, String name);

        /**
         * Whether some files of a directory may have it and others not.
         *
         * @param uri the directory's URL, with its last slash
         */
        default boolean mayDifferIn(String uri) {
            return true;
        }

        /** That the URL begins with a text. */
        static Mark beginning(String text) {
            return new Beginning(text);
        }

        /** That the URL is a text. */
        static Mark whole(String text) {
            return new Whole(text);
        }
    }

    private record Whole(String text) implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return uri.equals(text);
        }

        @Override
        public boolean mayDifferIn(String uri) {
            return text.length() > uri.length() && text.startsWith(uri);
        }
    }

    private record Beginning(String text) implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return uri.startsWith(text);
        }

        @Override
        public boolean mayDifferIn(String uri) {
            return text.length() > uri.length() && text.startsWith(uri);
        }
    }

    private Sieve(
            List<Mark> marks, List<Mark> alone, List<UnaryOperator<String>> traits, List<Mark> meanings, String base) {
        this.marks = List.copyOf(marks);
        this.alone = List.copyOf(alone);
        this.traits = List.copyOf(traits);
        this.meanings = List.copyOf(meanings);
        this.base = base;
    }

    /**
     * A sieve.
     *
     * @param marks what is asked; files that give the same answers are alike
     * @param alone a file that has one of these is like no other: the answer is made of its name
     * @param traits what else is made of a name; files of which the same is made are alike
     */
    public static Sieve of(List<Mark> marks, List<Mark> alone, List<UnaryOperator<String>> traits) {
        return new Sieve(marks, alone, traits, List.of(), "");
    }

    /** The same, where it also depends on a mark whether a refusal is meant. */
    public Sieve meaning(Mark mark) {
        List<Mark> all = new ArrayList<>(meanings);
        all.add(mark);
        return new Sieve(marks, alone, traits, all, base);
    }

    /** This and another together. */
    public Sieve and(Sieve other) {
        List<Mark> allMarks = new ArrayList<>(marks);
        allMarks.addAll(other.marks);
        List<Mark> allAlone = new ArrayList<>(alone);
        allAlone.addAll(other.alone);
        List<UnaryOperator<String>> allTraits = new ArrayList<>(traits);
        allTraits.addAll(other.traits);
        List<Mark> allMeanings = new ArrayList<>(meanings);
        allMeanings.addAll(other.meanings);
        return new Sieve(allMarks, allAlone, allTraits, allMeanings, base);
    }

    /** What of it matters in one directory, given by its URL with the last slash. */
    public Sieve in(String uri) {
        return new Sieve(
                marks.stream().filter(m -> m.mayDifferIn(uri)).toList(),
                alone.stream()
                        .filter(m -> m.mayDifferIn(uri) || m.has(uri, "", ""))
                        .toList(),
                traits,
                meanings,
                uri);
    }

    /** Whether no name makes a difference. */
    public boolean isBlunt() {
        return marks.isEmpty() && alone.isEmpty() && traits.isEmpty() && base.length() < LONG;
    }

    /** What the files are called by, beside {@link #kind}, whose refusal means the same; asked where one is refused. */
    public String meaning(String uri, String path, String name) {
        StringBuilder meaning = new StringBuilder();
        for (Mark mark : meanings) {
            meaning.append(mark.has(uri, path, name) ? '+' : '-');
        }
        return meaning.toString();
    }

    /** What the files are called by that are alike; empty for one that is like no other. */
    public Optional<String> kind(String uri, String path, String name) {
        if (uri.length() >= LONG) {
            return Optional.empty();
        }
        for (Mark mark : alone) {
            if (mark.has(uri, path, name)) {
                return Optional.empty();
            }
        }
        StringBuilder kind = new StringBuilder(marks.size());
        for (Mark mark : marks) {
            kind.append(mark.has(uri, path, name) ? '1' : '0');
        }
        for (UnaryOperator<String> trait : traits) {
            kind.append('/').append(trait.apply(name));
        }
        return Optional.of(kind.toString());
    }
}
