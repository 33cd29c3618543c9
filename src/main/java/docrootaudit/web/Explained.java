package docrootaudit.web;

import docrootaudit.access.Need;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.UrlCause;
import docrootaudit.finding.UrlExplanation;
import java.util.List;
import java.util.Set;

/**
 * One refusal in the product's words.
 *
 * @param causes the cause, and for a path what would refuse on it next
 * @param way the steps of the path
 * @param opens what has to be granted for the path to be free
 * @param remedies what mends a path
 * @param intended whether it is refused on purpose
 * @param need what the path is needed for
 */
record Explained(
        List<UrlCause> causes,
        List<UrlExplanation.Step> way,
        Set<Mended.Opened> opens,
        Remedies remedies,
        boolean intended,
        Need need) {}
