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

    /**
     * Whether one of the patterns covers an entry of a directory that none of them covers.
     *
     * @param root what patterns are relative to
     * @param directory absolute
     * @param path the entry's
     */
    boolean coversEntry(PathBytes root, PathBytes directory, PathBytes path) {
        return covers(new GlobSubject(root, path, directory.length()));
    }

    /** Whether one of the patterns covers a path, as {@link Glob#covers} has it. */
    boolean covers(PathBytes root, PathBytes path) {
        return covers(new GlobSubject(root, path));
    }

    private boolean covers(GlobSubject subject) {
        PathBytes path = subject.path();
        for (int name = 0; name < subject.names(); name++) {
            if (any(byFirst[path.at(subject.start(name)) & 0xff], subject)
                    || any(byLast[path.at(subject.end(name) - 1) & 0xff], subject)) {
                return true;
            }
        }
        return any(others, subject);
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
