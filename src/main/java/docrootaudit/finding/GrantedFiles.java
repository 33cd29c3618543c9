package docrootaudit.finding;

import docrootaudit.access.Attributes;
import java.util.List;
import java.util.Optional;

/**
 * What is known of those files of one directory that are granted.
 *
 * @param shapes what they are like, each once, at most {@link GrantedDirectories#FILE_SHAPES}
 * @param set which they are; empty if that is not known
 */
public record GrantedFiles(List<Attributes> shapes, Optional<FileSet> set) {
    /** Nothing. */
    public static final GrantedFiles UNKNOWN = new GrantedFiles(List.of(), Optional.empty());

    public GrantedFiles {
        shapes = List.copyOf(shapes);
    }
}
