package docrootaudit.daemon;

/** How the service answers a command. */
public sealed interface Answer {
    /**
     * It was run here.
     *
     * @param status its exit status
     */
    record Ended(int status) implements Answer {}

    /**
     * It is nothing for the service: whoever asks has to do it.
     *
     * @param why one sentence
     */
    record Declined(String why) implements Answer {}

    /** There is no service to ask. */
    record Nobody() implements Answer {}
}
