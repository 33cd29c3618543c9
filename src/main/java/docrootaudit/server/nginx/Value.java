package docrootaudit.server.nginx;

import docrootaudit.server.Answer.Doubt;
import java.util.Optional;

/**
 * What a text with variables came out as.
 *
 * @param text bytes as characters; the best guess where there is a doubt
 * @param doubt why it may be another
 */
record Value(String text, Optional<Doubt> doubt) {
    static final Value EMPTY = new Value("", Optional.empty());

    static Value of(String text) {
        return new Value(text, Optional.empty());
    }

    /** Empty as far as anybody can tell. */
    static Value unknown(Doubt doubt) {
        return new Value("", Optional.of(doubt));
    }
}
