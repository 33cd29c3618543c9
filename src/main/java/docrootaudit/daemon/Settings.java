package docrootaudit.daemon;

import docrootaudit.alert.MailSettings;
import docrootaudit.alert.WebhookSettings;
import docrootaudit.audit.AuditSettings;

/**
 * Everything that a configuration says.
 *
 * @param audit what is audited and how
 * @param service how the service works
 * @param mail how mails leave this machine
 * @param webhook where notices go
 */
public record Settings(AuditSettings audit, ServiceSettings service, MailSettings mail, WebhookSettings webhook) {
    public static final Settings DEFAULT =
            new Settings(AuditSettings.DEFAULT, ServiceSettings.DEFAULT, MailSettings.DEFAULT, WebhookSettings.DEFAULT);

    /** The same with another audit. */
    public Settings with(AuditSettings other) {
        return new Settings(other, service, mail, webhook);
    }
}
