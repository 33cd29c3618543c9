package docrootaudit.audit;

/** It cannot be settled whose access to judge. The message is one sentence with the remedy. */
public final class IdentityException extends Exception {
    private static final long serialVersionUID = 1L;

    public IdentityException(String sentence) {
        super(sentence);
    }
}
