package docrootaudit.web;

/** What was asked for cannot be answered as it was asked: one sentence, with its remedy. */
public final class WebException extends Exception {
    private static final long serialVersionUID = 1L;

    public WebException(String sentence) {
        super(sentence);
    }

    WebException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
