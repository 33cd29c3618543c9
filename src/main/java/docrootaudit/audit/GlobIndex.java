package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Patterns by the first or last byte of the names they match: of a hundred, an entry is asked of a handful. */
final class GlobIndex {
    private static final int BYTES = 256;

    private final GlobAlternative[][] byFirst = new GlobAlternative[BYTES][];
    private final GlobAlternative[][] byLast = new GlobAlternative[BYTES][];
    private final GlobAlternative[] others;

    private GlobIndex(List<GlobAlternative> alternatives) {
        List<GlobAlternative> rest = new ArrayList<>();
        for (int i = 0; i < BYTES; i++) {
            byte value = (byte) i;
            byFirst[i] = alternatives.stream()
                    .filter(a -> a.isFoundByFirst() && a.firstByte() == value)
                    .toArray(GlobAlternative[]::new);
            byLast[i] = alternatives.stream()
                    .filter(a -> a.isFoundByLast() && a.lastByte() == value)
                    .toArray(GlobAlternative[]::new);
        }
        for (GlobAlternative alternative : alternatives) {
            if (!alternative.isFoundByFirst() && !alternative.isFoundByLast()) {
                rest.add(alternative);
            }
        }
        this.others = rest.toArray(GlobAlternative[]::new);
    }

    static GlobIndex of(List<Glob> some, List<Glob> more) {
        return new GlobIndex(Stream.concat(some.stream(), more.stream())
                .flatMap(Glob::alternatives)
                .toList());
    }

    /** The entries of one directory, of which most patterns are told apart once for all. */
    final class Entries {
        private final PathBytes root;
        private final PathBytes directory;
        private final boolean holdsRoot;
        private final GlobAlternative[] ofNames;
        private final GlobAlternative[] ofAny;
        private final GlobAlternative[] byName;

        private Entries(PathBytes root, PathBytes directory) {
            this.root = root;
            this.directory = directory;
            this.holdsRoot = !directory.startsWith(root) && root.startsWith(directory);
            this.ofNames = with(GlobAlternative.Chance.NAME_ALONE);
            this.ofAny = with(GlobAlternative.Chance.ANY_ENTRY);
            this.byName = with(GlobAlternative.Chance.BY_NAME);
        }

        private GlobAlternative[] with(GlobAlternative.Chance chance) {
            return Stream.of(others)
                    .filter(a -> a.chanceIn(root, directory) == chance)
                    .toArray(GlobAlternative[]::new);
        }

        /** Whether one of the patterns covers the entry of this name. */
        boolean cover(PathBytes name) {
            if (holdsRoot) {
                // no name of the root itself is meant
                return covers(subject(name));
            }
            return anyCoversName(byFirst[name.at(0) & 0xff], name)
                    || anyCoversName(byLast[name.at(name.length() - 1) & 0xff], name)
                    || anyCoversName(ofNames, name)
                    || coversPath(name);
        }

        private boolean coversPath(PathBytes name) {
            if (ofAny.length > 0 && any(ofAny, subject(name))) {
                return true;
            }
            for (GlobAlternative alternative : byName) {
                if (alternative.isIn(name) && alternative.covers(subject(name))) {
                    return true;
                }
            }
            return false;
        }

        private GlobSubject subject(PathBytes name) {
            return new GlobSubject(root, directory.resolve(name), directory.length());
        }

        private boolean anyCoversName(GlobAlternative[] alternatives, PathBytes name) {
            for (GlobAlternative alternative : alternatives) {
                if (alternative.coversName(name, 0, name.length())) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * The entries of a directory that none of the patterns covers.
     *
     * @param root what patterns are relative to
     * @param directory absolute
     */
    Entries entriesOf(PathBytes root, PathBytes directory) {
        return new Entries(root, directory);
    }

    /** Whether one of the patterns covers a path, as {@link Glob#covers} has it. */
    boolean covers(PathBytes root, PathBytes path) {
        return covers(new GlobSubject(root, path));
    }

    private boolean covers(GlobSubject subject) {
        return coversByEnds(subject) || any(others, subject);
    }

    private boolean coversByEnds(GlobSubject subject) {
        PathBytes path = subject.path();
        for (int name = 0; name < subject.names(); name++) {
            if (any(byFirst[path.at(subject.start(name)) & 0xff], subject)
                    || any(byLast[path.at(subject.end(name) - 1) & 0xff], subject)) {
                return true;
            }
        }
        return false;
    }

    private static boolean any(GlobAlternative[] alternatives, GlobSubject subject) {
        for (GlobAlternative alternative : alternatives) {
            if (alternative.covers(subject)) {
                return true;
            }
        }
        return false;
    }
}
