package docrootaudit.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups that the workers of a scan found for one reader. Thousands are held as objects; whenever more have come
 * together they go to a {@link GroupFile}, or stay, if there is no room for that. Safe for several threads.
 */
final class FileGroups {
    private static final Logger LOG = LoggerFactory.getLogger(FileGroups.class);

    /** So many are held: some hundred bytes each, … */
    static final int HELD = 1 << 13;

    /** … and their names so long together. */
    private static final int HELD_BYTES = 2 << 20;

    private final Opening opening;
    private final List<List<FileGroup>> written = new ArrayList<>();
    private List<FileGroup> held = new ArrayList<>();
    private long heldBytes;
    /** Null until something is written. */
    private GroupFile file;

    private boolean isFileBroken;

    /** Makes the file. */
    interface Opening {
        GroupFile open() throws IOException;
    }

    FileGroups() {
        this(GroupFile::create);
    }

    FileGroups(Opening opening) {
        this.opening = opening;
    }

    synchronized void add(FileGroup group) {
        held.add(group);
        heldBytes += group.names().length();
        if (held.size() >= HELD || heldBytes >= HELD_BYTES) {
            write();
        }
    }

    private void write() {
        held.sort(FileGroup.IN_ORDER);
        written.add(inFile().orElse(held));
        held = new ArrayList<>();
        heldBytes = 0;
    }

    private Optional<List<FileGroup>> inFile() {
        if (!isFileBroken) {
            try {
                if (file == null) {
                    file = opening.open();
                }
                return Optional.of(file.write(held));
            } catch (IOException e) {
                LOG.debug("holding what is refused in memory", e);
                isFileBroken = true;
            }
        }
        return Optional.empty();
    }

    /** All there are, in several lists, each {@link FileGroup#IN_ORDER}; to be asked when the walk is over. */
    synchronized List<List<FileGroup>> lists() {
        held.sort(FileGroup.IN_ORDER);
        List<List<FileGroup>> all = new ArrayList<>(written);
        if (!held.isEmpty()) {
            all.add(Collections.unmodifiableList(held));
        }
        return all;
    }
}
