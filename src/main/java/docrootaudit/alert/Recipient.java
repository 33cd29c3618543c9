package docrootaudit.alert;

/**
 * Who is told.
 *
 * @param channel by which way
 * @param address where: a mail address, or a name for the one webhook
 */
public record Recipient(Channel channel, String address) {
    /** The receiver of notices. */
    public static final Recipient WEBHOOK = new Recipient(Channel.WEBHOOK, "");

    /** A way on which messages go out. */
    public enum Channel {
        MAIL,
        WEBHOOK
    }

    public static Recipient mail(String address) {
        return new Recipient(Channel.MAIL, address);
    }

    /** The recipient that {@link #toString} wrote. */
    public static Recipient of(String text) {
        return text.startsWith("mailto:") ? mail(text.substring("mailto:".length())) : WEBHOOK;
    }

    /** In one word, for people and the store. */
    @Override
    public String toString() {
        return channel == Channel.MAIL ? "mailto:" + address : "webhook";
    }
}
