package docrootaudit.server;

import docrootaudit.access.PathBytes;

/**
 * A line of a configuration.
 *
 * @param file as the server names it, absolute
 * @param line counted from 1; that on which the directive begins
 */
public record Source(PathBytes file, int line) implements Comparable<Source> {
    /** {@code FILE:LINE}, the file escaped for eyes. */
    @Override
    public String toString() {
        return file + ":" + line;
    }

    @Override
    public int compareTo(Source other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }
}
