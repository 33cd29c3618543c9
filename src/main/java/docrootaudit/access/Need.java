package docrootaudit.access;

import java.util.Locale;
import java.util.Optional;

/** What the web server wants of the inode at the end of a path. */
public enum Need {
    /** Open for reading; of a directory, list it. */
    READ(Permissions.READ),
    /** Look names up in a directory. */
    SEARCH(Permissions.EXECUTE),
    /** Read the names in a directory, as a listing does. */
    LIST(Permissions.READ),
    /** Execute a regular file, as CGI does. */
    EXECUTE(Permissions.EXECUTE),
    /** Write to a file, or connect to a socket (unix(7)). */
    WRITE(Permissions.WRITE);

    private final Permissions permissions;

    Need(Permissions permissions) {
        this.permissions = permissions;
    }

    public Permissions permissions() {
        return permissions;
    }

    /** Whether only a directory can satisfy the need. */
    public boolean wantsDirectory() {
        return this == SEARCH || this == LIST;
    }

    /** The word of the command line and of the JSON documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Need> of(String word) {
        for (Need need : values()) {
            if (need.word().equals(word)) {
                return Optional.of(need);
            }
        }
        return Optional.empty();
    }
}
