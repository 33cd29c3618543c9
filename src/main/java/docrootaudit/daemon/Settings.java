package docrootaudit.daemon;

import docrootaudit.audit.AuditSettings;

/**
 * Everything that a configuration says.
 *
 * @param audit what is audited and how
 */
public record Settings(AuditSettings audit) {
    public static final Settings DEFAULT = new Settings(AuditSettings.DEFAULT);
}
