package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One scan.
 *
 * @param roots what to scan
 * @param pid the running process whose identity and files are meant, if one is
 * @param question what is asked of each entry
 * @param detail whether every refused path is wanted
 * @param follow whether links out of a root are walked
 * @param means how access is decided
 * @param threads how many walk
 * @param pace how fast
 * @param notes what limits every verdict, such as a security module
 * @param listing makes the command that prints the paths behind a cause, each with a NUL behind it
 * @param progress told how far the scan is
 */
public record ScanRequest(
        List<Root> roots,
        Optional<Long> pid,
        Question question,
        Detail detail,
        Follow follow,
        Means means,
        int threads,
        PaceSettings pace,
        List<String> notes,
        ListCommand listing,
        Consumer<ScanProgress> progress) {
    /** The same request, with somebody more who is told how far it is. */
    public ScanRequest telling(Consumer<ScanProgress> also) {
        return new ScanRequest(
                roots, pid, question, detail, follow, means, threads, pace, notes, listing, progress.andThen(also));
    }

    /**
     * A root.
     *
     * @param given as the user wrote it, which is how refused paths are listed
     * @param path the same, absolute
     * @param settings what is asked there
     * @param identity whose access is judged there
     * @param handlers the identities that its handlers name
     * @param server the rules that web servers have for it, if they are to be asked
     */
    public record Root(
            PathBytes given,
            PathBytes path,
            RootSettings settings,
            Identity identity,
            Map<Handler, Identity> handlers,
            Optional<ServerRules> server) {
        /** One of which permissions alone are asked. */
        public Root(
                PathBytes given,
                PathBytes path,
                RootSettings settings,
                Identity identity,
                Map<Handler, Identity> handlers) {
            this(given, path, settings, identity, handlers, Optional.empty());
        }

        /** The same, of which web servers are asked too. */
        public Root asking(ServerRules rules) {
            return new Root(given, path, settings, identity, handlers, Optional.of(rules));
        }
    }

    /** How much of a scan is kept for the report. */
    public enum Detail {
        /** Causes; remedies for those that are asked about. */
        CAUSES,
        /** Causes that people will read: remedies for the worst. */
        WORST_CAUSES,
        /** Every cause with its remedies. */
        ALL_CAUSES,
        /** Every cause, and every refused path. */
        EVERY_PATH
    }

    /** How access to files is decided. */
    public enum Means {
        /** The kernel is asked as the identity, where this process may take it; what it refuses is explained. */
        KERNEL,
        /** From attributes alone, by the kernel's rules. */
        SIMULATION
    }

    /** Whether links that lead out of a root are walked. */
    public enum Follow {
        NO,
        OUT_OF_ROOT
    }

    /** Writes a command line. */
    @FunctionalInterface
    public interface ListCommand {
        /** The command that lists the paths behind a cause or a group of causes. */
        String of(PathBytes root, Identity identity, String causeId);
    }
}
