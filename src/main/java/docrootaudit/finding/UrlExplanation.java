package docrootaudit.finding;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything {@code explain} has to say of one URL, for any format.
 *
 * @param target as given
 * @param request what is sent, in words: method, host, from where to where
 * @param server which web server answers, and how that was settled
 * @param identity whose access to files was judged
 * @param need what the file is needed for
 * @param answer the whole
 * @param status what is answered; empty where an upstream decides
 * @param passedTo the upstream
 * @param causes the cause, also one that the server hid behind another answer; behind it what would refuse next
 * @param chain what the server asks, in its order, and behind it what the kernel asks for the blamed file
 * @param file what the request ends at
 * @param remedies what mends all of them
 * @param intended whether the request is refused on purpose
 * @param uncertain what could make the answer another one
 * @param notes what else there is to know
 */
public record UrlExplanation(
        PathBytes target,
        String request,
        String server,
        Identity identity,
        Need need,
        PathVerdict.Answer answer,
        OptionalInt status,
        Optional<String> passedTo,
        List<UrlCause> causes,
        List<Step> chain,
        Optional<PathBytes> file,
        Remedies remedies,
        boolean intended,
        List<String> uncertain,
        List<String> notes) {
    /**
     * One step.
     *
     * @param what the kind of step: server, location, access, index, search …
     * @param source the line that rules it
     * @param path the file it is about
     * @param rule the directive or entry as written; may be empty
     * @param result what came out of it, in words
     * @param refuses whether the request would end here
     */
    public record Step(
            String what,
            Optional<UrlCause.Blame.Line> source,
            Optional<PathBytes> path,
            String rule,
            String result,
            boolean refuses) {}

    public UrlExplanation {
        causes = List.copyOf(causes);
        chain = List.copyOf(chain);
        uncertain = List.copyOf(uncertain);
        notes = List.copyOf(notes);
    }
}
