package docrootaudit.alert;

import java.time.Instant;

/** Something composed once and tried until it is delivered or cannot be. */
public sealed interface Message permits Mail, Notice {
    /** The same at each try, and of no other message. */
    String id();

    /** When it was composed. */
    Instant date();
}
