package docrootaudit.audit;

import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is asked of each entry.
 *
 * @param overrides the needs that replace the default of the types they fit: read and execute of regular files, search
 *     and list of directories; none leaves the default
 */
public record Question(List<Need> overrides) {
    public static final Question DEFAULT = new Question(List.of());

    private static final List<Need> READ = List.of(Need.READ);
    private static final List<Need> READ_AND_EXECUTE = List.of(Need.READ, Need.EXECUTE);
    private static final List<Need> SEARCH = List.of(Need.SEARCH);
    private static final List<Need> SEARCH_AND_LIST = List.of(Need.SEARCH, Need.LIST);

    public Question {
        overrides = List.copyOf(overrides);
    }

    /** One need in place of the default, or the default. */
    public Question(Optional<Need> override) {
        this(override.stream().toList());
    }

    /** What a scan needs of an entry of this type. */
    List<Need> ofFile(FileKind kind) {
        if (isOverridden() && overrides.stream().noneMatch(Need::wantsDirectory)) {
            return overrides;
        }
        return kind == FileKind.SCRIPT ? READ_AND_EXECUTE : READ;
    }

    List<Need> ofDirectory(Listing listing) {
        if (isOverridden() && overrides.stream().allMatch(Need::wantsDirectory)) {
            return overrides;
        }
        return listing == Listing.ON ? SEARCH_AND_LIST : SEARCH;
    }

    /** What {@code explain} asks of a path that ends at this type. */
    List<Need> ofTarget(FileType type, FileKind kind, Listing listing) {
        if (isOverridden()) {
            return overrides;
        }
        return type == FileType.DIRECTORY ? ofDirectory(listing) : ofFile(kind);
    }

    /** The word by which scans that asked the same are told from others. */
    public String word() {
        return isOverridden() ? overrides.stream().map(Need::word).collect(Collectors.joining(",")) : "default";
    }

    private boolean isOverridden() {
        return !overrides.isEmpty();
    }

    /** What a regular file is to the web server. */
    enum FileKind {
        CONTENT,
        SCRIPT
    }
}
