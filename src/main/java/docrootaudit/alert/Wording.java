package docrootaudit.alert;

import docrootaudit.report.LocalTimes;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Words what is told, as a mail or for a webhook.
 *
 * @param host the name of this machine
 * @param zone of the times in mails
 * @param paths what webhooks are told of paths
 * @param witnesses by whom mails tell whom a cause met
 */
public record Wording(String host, ZoneId zone, WebhookSettings.Paths paths, Witnesses witnesses) {
    /** Where nobody knows whom a cause met. */
    public Wording(String host, ZoneId zone, WebhookSettings.Paths paths) {
        this(host, zone, paths, Witnesses.NONE);
    }

    /** A mail that tells a whole batch. */
    public Mail mail(Batch batch) {
        return mail(
                batch.id(),
                batch.inReplyTo(),
                batch.references(),
                batch.to(),
                batch.date(),
                letters().of(batch));
    }

    /** A mail that shows that mails arrive. */
    public Mail test(String id, String to, Instant date) {
        return mail(id, Optional.empty(), List.of(), to, date, letters().test());
    }

    /** A notice that tells a whole batch. */
    public Notice notice(Batch batch) {
        return new Notice(batch.id(), batch.date(), new NoticeJson(host, paths).of(batch));
    }

    private Letters letters() {
        return new Letters(host, new LocalTimes(zone), witnesses);
    }

    private static Mail mail(
            String id, Optional<String> inReplyTo, List<String> references, String to, Instant date, Letter letter) {
        StringOutput html = new StringOutput();
        JteletterGenerated.render(new OwaspHtmlTemplateOutput(html), null, letter);
        return new Mail(id, inReplyTo, references, to, date, letter.subject(), PlainText.of(letter), html.toString());
    }
}
