package docrootaudit.alert;

/** Takes messages where they are to go; SMTP for mails, HTTPS for notices. */
public interface Transport {
    /** Tries once, within the timeouts of its settings. Does not throw: what goes wrong is an answer too. */
    Delivery deliver(Message message);
}
