package docrootaudit.daemon;

import docrootaudit.audit.AuditSettings;

/**
 * Everything that a configuration says.
 *
 * @param audit what is audited and how
 * @param service how the service works
 */
public record Settings(AuditSettings audit, ServiceSettings service) {
    public static final Settings DEFAULT = new Settings(AuditSettings.DEFAULT, ServiceSettings.DEFAULT);

    /** The same with another audit. */
    Settings with(AuditSettings other) {
        return new Settings(other, service);
    }
}
