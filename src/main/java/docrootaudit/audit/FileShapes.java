package docrootaudit.audit;

import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the granted files of the directory at hand are like. Most directories have files of one or two kinds: to remember
 * these tells nearly as much as to remember each file, and costs next to nothing.
 */
final class FileShapes {
    private final List<Attributes> shapes = new ArrayList<>();
    private boolean hasFiles;
    private boolean isTooMuch;

    void clear() {
        shapes.clear();
        hasFiles = false;
        isTooMuch = false;
    }

    /** A file of which nothing is known but that it is there. */
    void other() {
        hasFiles = true;
    }

    /** A file that is granted. */
    void granted(Entry file) throws SourceException {
        hasFiles = true;
        if (isTooMuch || isKnown(file)) {
            return;
        }
        isTooMuch = shapes.size() == GrantedDirectories.FILE_SHAPES;
        if (!isTooMuch) {
            shapes.add(new Attributes(file.type(), file.mode() & 07777, file.uid(), file.gid(), file.acl()));
        }
    }

    private boolean isKnown(Entry file) throws SourceException {
        Optional<Acl> acl = file.acl();
        for (Attributes shape : shapes) {
            if (shape.mode() == (file.mode() & 07777)
                    && shape.uid() == file.uid()
                    && shape.gid() == file.gid()
                    && Objects.equals(shape.acl(), acl)) {
                return true;
            }
        }
        return false;
    }

    /** Has them remembered; where none is granted now, what was known stays. */
    void tell(GrantedDirectories to, PathBytes directory) {
        if (hasFiles && !isTooMuch) {
            to.files(directory, shapes);
        }
    }
}
