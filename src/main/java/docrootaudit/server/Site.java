package docrootaudit.server;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A virtual server.
 *
 * @param names as configured, the first one first; empty for none
 * @param listens the addresses it listens on
 * @param roots the directories it serves from
 * @param account whom it runs as, where that is its own (suEXEC, AssignUserID)
 * @param source where it begins
 */
public record Site(
        List<String> names, List<Listen> listens, List<Root> roots, Optional<Account> account, Source source) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

    /**
     * An address it listens on.
     *
     * @param address empty for all
     * @param scheme plain or encrypted
     */
    public record Listen(Optional<Address> address, int port, Request.Scheme scheme) {}

    /**
     * A directory that URLs lead into.
     *
     * @param prefix the beginning of the URL's path that it stands for; as written where it is a pattern
     * @param directory absolute
     * @param index the names tried for a directory
     * @param listing whether a directory without index is listed
     * @param links what is said of symbolic links, as written; empty for the server's default
     * @param handlers what runs or is passed scripts, as written
     * @param passwords password files that guard it
     * @param source the root or alias
     */
    public record Root(
            String prefix,
            PathBytes directory,
            List<String> index,
            Listing listing,
            String links,
            List<String> handlers,
            List<PathBytes> passwords,
            Source source) {}

    /** Whether directories are listed. */
    public enum Listing {
        ON,
        OFF
    }

    /**
     * A user and group as the configuration names them.
     *
     * @param group empty where the user's own is meant
     */
    public record Account(String user, Optional<String> group, Optional<Source> source) {}

    /** The first of its names that a visitor may send as it is; empty if it has none but patterns. */
    public Optional<String> plainName() {
        return names.stream().filter(n -> PLAIN.matcher(n).matches()).findFirst();
    }

    public Site {
        names = List.copyOf(names);
        listens = List.copyOf(listens);
        roots = List.copyOf(roots);
    }
}
