package docrootaudit.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The kinds of the files of one directory: what a {@link Sieve} cannot tell apart there. Used by one thread. */
public final class Kinds {
    /** Paths beyond it come near to what servers take for too long. */
    private static final int LONG = 2000;

    private final int before;
    private final NameTest[] marks;
    private final NameTest[] alone;
    private final List<UnaryOperator<String>> endings;
    private final NameTest[] meanings;
    private final Directory directory;
    private final Place place;
    private Kind all = new Kind();
    private byte[] lastEnding = {};
    private String lastMade;

    /**
     * All that a sieve asks of a directory itself. In two directories of one place the files of a kind are answered
     * alike, as far as that is made of what they are called and of nothing that lies beside them or elsewhere.
     *
     * @param told what its marks have said before any name is known
     */
    public record Place(Sieve sieve, String told) {}

    /**
     * What is asked of the directory itself.
     *
     * @param lone what makes it like no other
     * @param indexes names that its index may have
     */
    record Directory(List<NameTest> lone, List<String> indexes) {}

    /** One of them, the same object for all its files: what they answered, as a way through a tree of all answers. */
    public static final class Kind {
        private final Optional<Kind> itself = Optional.of(this);
        private final Map<String, Kind> byEnding = new HashMap<>(2);
        private Optional<Kind> yes = Optional.empty();
        private Optional<Kind> no = Optional.empty();

        /** Of all files, of which nothing is known. */
        public Kind() {}

        private Kind yes() {
            if (yes.isEmpty()) {
                yes = new Kind().itself;
            }
            return yes.get();
        }

        private Kind no() {
            if (no.isEmpty()) {
                no = new Kind().itself;
            }
            return no.get();
        }
    }

    Kinds(
            int before,
            List<NameTest> marks,
            List<NameTest> alone,
            List<UnaryOperator<String>> endings,
            List<NameTest> meanings,
            Directory directory,
            Place place) {
        this.before = before;
        this.marks = marks.toArray(NameTest[]::new);
        this.alone = alone.toArray(NameTest[]::new);
        this.endings = endings;
        this.meanings = meanings.toArray(NameTest[]::new);
        this.directory = directory;
        this.place = place;
        this.lastMade = ofEnding("");
    }

    public Place place() {
        return place;
    }

    /** Has kinds of its own no more, but those that other directories of its place have too. */
    public void share(Kind others) {
        all = others;
    }

    /** The kind of all files, if no name makes a difference. */
    public Optional<Kind> ofAll() {
        boolean blunt = marks.length == 0 && alone.length == 0 && endings.isEmpty() && before < LONG;
        return blunt ? all.itself : Optional.empty();
    }

    /** The kind of a file; empty for one that is like no other. */
    public Optional<Kind> of(byte[] bytes) {
        FileName name = new FileName(bytes);
        if (before + name.length() >= LONG) {
            return Optional.empty();
        }
        for (NameTest test : alone) {
            if (test.has(name)) {
                return Optional.empty();
            }
        }
        Kind kind = answered(all, marks, name);
        return endings.isEmpty() ? kind.itself : kind.byEnding.computeIfAbsent(ofEnding(name), e -> new Kind()).itself;
    }

    /**
     * What the directory itself is like, among those of its place: the kinds that it has by no name, and that its index
     * would have. Empty for one that is like no other.
     */
    public Optional<List<Kind>> ofDirectory() {
        List<Kind> kinds = new ArrayList<>();
        for (String name :
                Stream.concat(Stream.of(""), directory.indexes().stream()).toList()) {
            byte[] bytes = ByteText.path(name).bytes();
            Optional<Kind> kind = of(bytes);
            if (kind.isEmpty() || directory.lone().stream().anyMatch(t -> t.has(new FileName(bytes)))) {
                return Optional.empty();
            }
            kinds.add(meant(kind.get(), bytes));
        }
        return Optional.of(kinds);
    }

    /** Of the files of a kind those whose refusal means the same; asked where one is refused. */
    public Kind meant(Kind kind, byte[] bytes) {
        return answered(kind, meanings, new FileName(bytes));
    }

    private static Kind answered(Kind before, NameTest[] tests, FileName name) {
        Kind kind = before;
        for (NameTest test : tests) {
            kind = test.has(name) ? kind.yes() : kind.no();
        }
        return kind;
    }

    /** Most files are called like the one before them. */
    private String ofEnding(FileName name) {
        byte[] bytes = name.bytes();
        int dot = 1;
        while (dot < bytes.length && bytes[dot] != '.') {
            dot++;
        }
        int from = Math.min(dot, bytes.length);
        if (!Arrays.equals(bytes, from, bytes.length, lastEnding, 0, lastEnding.length)) {
            lastEnding = Arrays.copyOfRange(bytes, from, bytes.length);
            lastMade = ofEnding(ByteText.of(lastEnding));
        }
        return lastMade;
    }

    private String ofEnding(String ending) {
        StringBuilder made = new StringBuilder();
        for (UnaryOperator<String> one : endings) {
            made.append('/').append(one.apply(ending));
        }
        return made.toString();
    }
}
