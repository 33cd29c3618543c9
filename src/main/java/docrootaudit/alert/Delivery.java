package docrootaudit.alert;

/** How one try to deliver a message ended. */
public sealed interface Delivery {
    /** What the other side said, or what went wrong: one line. */
    String answer();

    /** The other side has taken it. */
    record Taken(String answer) implements Delivery {}

    /** Not now: a server that is down, slow or busy (SMTP 4xx, HTTP 5xx). Worth another try. */
    record Later(String answer) implements Delivery {}

    /** Never: refused for good (SMTP 5xx, HTTP 4xx). */
    record Never(String answer) implements Delivery {}
}
