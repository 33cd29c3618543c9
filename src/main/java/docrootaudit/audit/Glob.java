package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pattern for paths, as an administrator writes it in a list of excludes or secrets.
 *
 * <p><b>Where it looks.</b>
 *
 * <ul>
 *   <li>Without a slash it is asked of the name of every entry below the root: {@code *.key}.
 *   <li>With one it is relative to the root: {@code cache/thumbs}, {@code ./cache}.
 *   <li>With one at its start it is a path of the filesystem: {@code /etc/shadow*}.
 *   <li>A slash or {@code /**} at its end says that all below is meant too, which always holds, and does not count:
 *       {@code .git/**} is {@code .git}, at any depth.
 * </ul>
 *
 * <p><b>What it says.</b> {@code *} is any run of characters and {@code ?} one character of a name; {@code **} also
 * crosses slashes, and as a whole name ({@code a/**}{@code /b}) stands for any number of directories, none included.
 * {@code [a-z]} and {@code [!a-z]} are one character of a name in or out of a set, {@code {a,b}} is
 * the pattern written twice, and a backslash takes the next character as it is. A character is one of UTF-8; a byte that is part of none counts as one
 * and is equal to nothing that can be written. Upper and lower case differ.
 *
 * <p><b>What it covers.</b> What matches, and everything below.
 *
 * <p>Matching takes time proportional to pattern × path at worst, whatever a tenant calls his files.
 */
public final class Glob {
    private final String pattern;
    private final List<GlobAlternative> alternatives;

    private Glob(String pattern, List<GlobAlternative> alternatives) {
        this.pattern = pattern;
        this.alternatives = alternatives;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none; the message is half a sentence that says why
     */
    public static Glob of(String pattern) {
        List<String> writtenOut = Braces.writtenOut(GlobParser.checked(pattern));
        return new Glob(pattern, writtenOut.stream().map(GlobAlternative::of).toList());
    }

    /** The patterns, in their order. */
    public static List<Glob> all(String... patterns) {
        return List.of(patterns).stream().map(Glob::of).toList();
    }

    /** The first of the patterns that covers the path. */
    public static Optional<Glob> first(List<Glob> globs, PathBytes root, PathBytes path) {
        return first(globs, new GlobSubject(root, path));
    }

    private static Optional<Glob> first(List<Glob> globs, GlobSubject subject) {
        for (Glob glob : globs) {
            if (glob.covers(subject)) {
                return Optional.of(glob);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the path, or a directory above it, is meant.
     *
     * @param root what patterns are relative to
     * @param path absolute; where it is not below the root, only names and paths of the filesystem can match
     */
    public boolean covers(PathBytes root, PathBytes path) {
        return covers(new GlobSubject(root, path));
    }

    private boolean covers(GlobSubject subject) {
        for (GlobAlternative alternative : alternatives) {
            if (alternative.covers(subject)) {
                return true;
            }
        }
        return false;
    }

    /** What it is made of: it covers what one of these covers. */
    Stream<GlobAlternative> alternatives() {
        return alternatives.stream();
    }

    /** The pattern as written. */
    @Override
    public String toString() {
        return pattern;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && pattern.equals(glob.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }
}
