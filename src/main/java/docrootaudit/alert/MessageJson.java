package docrootaudit.alert;

import java.util.Optional;

/** Messages as the outbox keeps them; a repeat is the same to the letter. */
public final class MessageJson {
    private MessageJson() {}

    public static String write(Message message) {
        return message instanceof Mail mail ? mail(mail) : notice((Notice) message);
    }

    private static String mail(Mail mail) {
        return Json.object(json -> {
            json.writeStringField("id", mail.id());
            Json.optional(json, "in_reply_to", mail.inReplyTo());
            Json.strings(json, "references", mail.references());
            json.writeStringField("to", mail.to());
            json.writeStringField("date", mail.date().toString());
            json.writeStringField("subject", mail.subject());
            json.writeStringField("text", mail.text());
            json.writeStringField("html", mail.html());
        });
    }

    private static String notice(Notice notice) {
        return Json.object(json -> {
            json.writeStringField("id", notice.id());
            json.writeStringField("date", notice.date().toString());
            json.writeStringField("json", notice.json());
        });
    }

    /** What {@link #write} wrote. */
    public static Message read(String text) {
        Json.Read json = Json.read(text);
        if (json.has("json")) {
            return new Notice(json.text("id"), json.time("date"), json.text("json"));
        }
        Optional<String> inReplyTo = json.optional("in_reply_to");
        return new Mail(
                json.text("id"),
                inReplyTo,
                json.strings("references"),
                json.text("to"),
                json.time("date"),
                json.text("subject"),
                json.text("text"),
                json.text("html"));
    }
}
