package docrootaudit.alert;

/** Something that a delivery needs, such as a password, cannot be had. */
final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param sentence what it is and what to do about it */
    UnusableException(String sentence) {
        super(sentence);
    }
}
