package docrootaudit.finding;

import docrootaudit.access.PathVerdict;
import java.util.List;

/**
 * Everything {@code explain} has to say of one path, for any format.
 *
 * @param identity whose access was judged
 * @param verdict every step with its verdict
 * @param answer the whole; differs from the verdict's own where a security module may refuse what is granted
 * @param causes the cause, and behind it what would refuse next
 * @param remedies what mends all of them
 * @param intended whether the path is refused on purpose
 * @param uncertain what nobody but the machine can tell
 */
public record Explanation(
        Identity identity,
        PathVerdict verdict,
        PathVerdict.Answer answer,
        List<Cause> causes,
        Remedies remedies,
        boolean intended,
        List<String> uncertain) {}
