package docrootaudit.daemon;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertSettings;
import docrootaudit.alert.MailSettings;
import docrootaudit.alert.WebhookSettings;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.LogSettings;

/**
 * Everything that a configuration says.
 *
 * @param audit what is audited and how
 * @param service how the service works
 * @param alerts who is told of what, and when
 * @param mail how mails leave this machine
 * @param webhook where notices go
 * @param log which logs are followed
 */
public record Settings(
        AuditSettings audit,
        ServiceSettings service,
        AlertSettings alerts,
        MailSettings mail,
        WebhookSettings webhook,
        LogSettings log) {
    public static final Settings DEFAULT = new Settings(
            AuditSettings.DEFAULT,
            ServiceSettings.DEFAULT,
            AlertSettings.DEFAULT,
            MailSettings.DEFAULT,
            WebhookSettings.DEFAULT,
            LogSettings.DEFAULT);

    /** The same with another audit. */
    public Settings with(AuditSettings other) {
        return new Settings(other, service, alerts, mail, webhook, log);
    }

    /** Whether somebody is told of a root: one that is configured, where any are. */
    public boolean tells(PathBytes root) {
        boolean meant = (audit.roots().isEmpty() && audit.choice() == AuditSettings.Choice.NAMED)
                || audit.roots().stream().anyMatch(r -> r.path().equals(root));
        return meant && (!alerts.addresses(root).isEmpty() || webhook.url().isPresent());
    }
}
