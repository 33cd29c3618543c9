package docrootaudit.finding;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a web server's configuration and the files, as they are now, have it answer to a request that a log has; nothing
 * of the visitor is in it.
 *
 * @param status what is answered; empty where whoever the request is passed to decides
 * @param causes why, the decisive cause first; empty if nothing refuses
 * @param remedies what mends it
 * @param intended whether it is refused on purpose
 * @param uncertain what could make the answer another one
 */
public record Forecast(
        OptionalInt status, List<UrlCause> causes, Remedies remedies, boolean intended, List<String> uncertain) {
    public Forecast {
        causes = List.copyOf(causes);
        uncertain = List.copyOf(uncertain);
    }

    /** Why a request got this status; empty if it ought to have got another. */
    public Optional<UrlCause> causeOf(int answered) {
        boolean agrees = status.isEmpty() || status.getAsInt() == answered;
        return agrees ? causes.stream().findFirst() : Optional.empty();
    }
}
