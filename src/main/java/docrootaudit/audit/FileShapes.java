package docrootaudit.audit;

import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.FileSet;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.finding.GrantedFiles;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the granted files of the directory at hand are like, and which they are. Most directories have files of one or two
 * kinds: to remember these, and one number for all their names, tells nearly as much as to remember each file, and costs
 * next to nothing.
 */
final class FileShapes {
    /** Of all directories: to write attributes out for each takes long. */
    private final Map<Attributes, Integer> factors = new HashMap<>();

    private final List<Attributes> shapes = new ArrayList<>();
    /** What the names of the files of each shape add up to. */
    private final int[] names = new int[GrantedDirectories.FILE_SHAPES];

    private boolean hasFiles;
    private boolean isTooMuch;
    private boolean isUnknown;

    void clear() {
        shapes.clear();
        Arrays.fill(names, 0);
        hasFiles = false;
        isTooMuch = false;
        isUnknown = false;
    }

    /** A file that is refused. */
    void refused() {
        hasFiles = true;
    }

    /** A file of which nothing is known but that it is there. */
    void unknown() {
        hasFiles = true;
        isUnknown = true;
    }

    /** A file that is granted. */
    void granted(Entry file) throws SourceException {
        hasFiles = true;
        if (isTooMuch) {
            return;
        }
        int shape = shapeOf(file);
        isTooMuch = shape == GrantedDirectories.FILE_SHAPES;
        if (!isTooMuch) {
            names[shape] += FileSet.ofName(file.name());
        }
    }

    /** Its place among the shapes, or behind all that there may be. */
    private int shapeOf(Entry file) throws SourceException {
        Optional<Acl> acl = file.acl();
        for (int i = 0; i < shapes.size(); i++) {
            Attributes shape = shapes.get(i);
            if (shape.mode() == (file.mode() & 07777)
                    && shape.uid() == file.uid()
                    && shape.gid() == file.gid()
                    && Objects.equals(shape.acl(), acl)) {
                return i;
            }
        }
        if (shapes.size() < GrantedDirectories.FILE_SHAPES) {
            shapes.add(new Attributes(file.type(), file.mode() & 07777, file.uid(), file.gid(), acl));
            return shapes.size() - 1;
        }
        return GrantedDirectories.FILE_SHAPES;
    }

    /** Has them remembered; where none is granted now, what was known stays. */
    void tell(GrantedDirectories to, PathBytes directory) {
        if (isTooMuch) {
            to.noFiles(directory);
        } else if (hasFiles) {
            to.files(directory, new GrantedFiles(shapes, isUnknown ? Optional.empty() : Optional.of(set())));
        }
    }

    private FileSet set() {
        int sum = 0;
        for (int i = 0; i < shapes.size(); i++) {
            sum += factors.computeIfAbsent(shapes.get(i), FileSet::factor) * names[i];
        }
        return new FileSet(sum);
    }
}
