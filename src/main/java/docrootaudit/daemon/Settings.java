package docrootaudit.daemon;

import docrootaudit.alert.MailSettings;
import docrootaudit.alert.WebhookSettings;
import docrootaudit.audit.AuditSettings;

/**
 * Everything that a configuration says.
 *
 * @param audit what is audited and how
 * @param mail how mails leave this machine
 * @param webhook where notices go
 */
public record Settings(AuditSettings audit, MailSettings mail, WebhookSettings webhook) {
    public static final Settings DEFAULT =
            new Settings(AuditSettings.DEFAULT, MailSettings.DEFAULT, WebhookSettings.DEFAULT);
}
