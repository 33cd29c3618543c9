package docrootaudit.cli;

import docrootaudit.audit.Host;
import docrootaudit.audit.Identities;
import docrootaudit.audit.IdentityException;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.finding.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose access is meant. */
final class IdentityOptions {
    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "The web server's user, by name or number (default: the configured one, else that of running"
                    + " nginx, apache2 or httpd workers, else the first of www-data, nginx, apache, http).")
    String user;

    @Option(names = "--group", paramLabel = "GROUP", description = "Its group instead of the account's own.")
    String group;

    @Option(
            names = "--groups",
            paramLabel = "GROUP",
            splitSynopsisLabel = ",",
            split = ",",
            description = "Its supplementary groups instead of the account's own.")
    List<String> groups;

    @Option(
            names = "--as-pid",
            paramLabel = "PID",
            description = "The identity of a running process as the kernel has it, and the files as it sees them.")
    Long pid;

    void check() throws UsageException {
        if (pid != null && (user != null || namesGroups())) {
            throw new UsageException(
                    "--as-pid takes the whole identity from the process: leave out --as, --group and" + " --groups");
        }
    }

    /** Whether the command line itself names somebody. */
    boolean isGiven() {
        return user != null || pid != null;
    }

    /** Whether the command line names groups in the place of somebody's own. */
    boolean namesGroups() {
        return group != null || groups != null;
    }

    /** The identity for a place whose configuration names {@code configured}. */
    Identity choose(Host host, IdentitySettings configured) throws UsageException {
        Identities identities = new Identities(host);
        try {
            if (pid != null) {
                return identities.ofProcess(pid);
            }
            IdentitySettings given = new IdentitySettings(
                    Optional.ofNullable(user),
                    Optional.ofNullable(group),
                    Optional.ofNullable(groups).map(this::named));
            IdentitySettings chosen =
                    user != null ? given : given.or(configured).user().isPresent() ? over(configured) : given;
            return identities.choose(chosen, user != null ? "--as" : "the configuration");
        } catch (IdentityException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** The configured identity, with the groups of the command line where it has some. */
    private IdentitySettings over(IdentitySettings configured) {
        return new IdentitySettings(
                configured.user(),
                Optional.ofNullable(group).or(configured::group),
                Optional.ofNullable(groups).map(this::named).or(configured::groups));
    }

    private List<String> named(List<String> some) {
        List<String> named = new ArrayList<>(some);
        named.removeIf(String::isEmpty);
        return named;
    }

    /** The options that say the same again, for a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (pid != null) {
            words.addAll(List.of("--as-pid", pid.toString()));
        }
        if (group != null) {
            words.addAll(List.of("--group", group));
        }
        if (groups != null) {
            words.addAll(List.of("--groups", String.join(",", groups)));
        }
        return words;
    }
}
