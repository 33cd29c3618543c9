package docrootaudit.alert;

/** The outbox cannot be used now. The message is one sentence for a person. */
public final class OutboxException extends Exception {
    public OutboxException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
