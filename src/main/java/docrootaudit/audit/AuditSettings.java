package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an administrator wants of every audit.
 *
 * @param identity whose access is judged where a root does not say
 * @param defaults what is asked of a root that is not configured
 * @param choice who says which roots there are
 * @param roots in the order in which they were written
 * @param store where the history is; empty: the place that goes with the account
 * @param threads how many walk; empty: one for each processor
 * @param retention how long a scan is remembered
 */
public record AuditSettings(
        IdentitySettings identity,
        RootRules defaults,
        Choice choice,
        List<RootSettings> roots,
        Optional<Path> store,
        OptionalInt threads,
        Duration retention) {
    /** Who says which roots there are. */
    public enum Choice {
        /** Who wrote them down. */
        NAMED,
        /** The web servers' configurations too, as they are from time to time. */
        AUTO
    }

    public static final AuditSettings DEFAULT = new AuditSettings(
            IdentitySettings.DEFAULT,
            RootRules.DEFAULT,
            Choice.NAMED,
            List.of(),
            Optional.empty(),
            OptionalInt.empty(),
            Duration.ofDays(400));

    public AuditSettings {
        roots = List.copyOf(roots);
    }

    /** The same with other roots, and no more than these. */
    public AuditSettings with(List<RootSettings> others) {
        return new AuditSettings(identity, defaults, Choice.NAMED, others, store, threads, retention);
    }

    /**
     * The settings by which a root is judged: those of the innermost configured root that it is or lies below, else
     * the defaults with the path itself as root.
     */
    public RootSettings governing(PathBytes path) {
        return configured(path).orElseGet(() -> new RootSettings(path, identity, defaults));
    }

    /**
     * The settings by which a single path is judged: as {@link #governing}, but where no root is configured, patterns
     * are asked of every name on it. A secret is one whatever root it lies below.
     */
    public RootSettings judging(PathBytes path) {
        return configured(path).orElseGet(() -> new RootSettings(PathBytes.ROOT, identity, defaults));
    }

    private Optional<RootSettings> configured(PathBytes path) {
        return roots.stream()
                .filter(root -> path.withoutDots().startsWith(root.path()))
                .max(Comparator.comparingInt(root -> root.path().names().size()));
    }
}
