package docrootaudit.audit;

import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of each entry.
 *
 * @param override the need that replaces the default of the types it fits: read and execute of regular files, search
 *     and list of directories
 */
public record Question(Optional<Need> override) {
    public static final Question DEFAULT = new Question(Optional.empty());

    private static final List<Need> READ = List.of(Need.READ);
    private static final List<Need> READ_AND_EXECUTE = List.of(Need.READ, Need.EXECUTE);
    private static final List<Need> SEARCH = List.of(Need.SEARCH);
    private static final List<Need> SEARCH_AND_LIST = List.of(Need.SEARCH, Need.LIST);

    /** What a scan needs of an entry of this type. */
    List<Need> ofFile(FileKind kind) {
        if (override.isPresent() && !override.get().wantsDirectory()) {
            return List.of(override.get());
        }
        return kind == FileKind.SCRIPT ? READ_AND_EXECUTE : READ;
    }

    List<Need> ofDirectory(Listing listing) {
        if (override.isPresent() && override.get().wantsDirectory()) {
            return List.of(override.get());
        }
        return listing == Listing.ON ? SEARCH_AND_LIST : SEARCH;
    }

    /** What {@code explain} asks of a path that ends at this type. */
    List<Need> ofTarget(FileType type, FileKind kind, Listing listing) {
        if (override.isPresent()) {
            return List.of(override.get());
        }
        return type == FileType.DIRECTORY ? ofDirectory(listing) : ofFile(kind);
    }

    /** The word by which scans that asked the same are told from others. */
    public String word() {
        return override.map(Need::word).orElse("default");
    }

    /** What a regular file is to the web server. */
    enum FileKind {
        CONTENT,
        SCRIPT
    }
}
