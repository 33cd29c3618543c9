package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertSettings;
import docrootaudit.audit.AuditSettings;

/**
 * Everything that a configuration says.
 *
 * @param audit what is audited and how
 * @param alerts who is told of what, and when
 */
public record Settings(AuditSettings audit, AlertSettings alerts) {
    /** Whether somebody is told of a root: one that is configured, where any are. */
    public boolean tells(PathBytes root) {
        boolean meant = audit.roots().isEmpty()
                || audit.roots().stream().anyMatch(r -> r.path().equals(root));
        return meant && !alerts.addresses(root).isEmpty();
    }

    public static final Settings DEFAULT = new Settings(AuditSettings.DEFAULT, AlertSettings.DEFAULT);
}
