package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.util.Locale;

/**
 * What scans are compared by: only scans of the same root, for the same identity, asking the same, are comparable.
 *
 * @param root absolute, as given
 * @param uid of the identity (unsigned)
 * @param question what was asked, such as {@code default} or {@code list}
 */
public record Subject(PathBytes root, int uid, String question) {
    /** Ends the question of what another account than the web server's reads. */
    public static final String FOR_A_HANDLER = " for a handler";

    /** The history has room for 200 characters of a question. */
    private static final int TOLD = 60;

    private static final String BY_RULES_OF = ", by the rules of ";

    /** The same asked for an account that a handler names. */
    public Subject forHandler() {
        return new Subject(root, uid, question + FOR_A_HANDLER);
    }

    public boolean isForHandler() {
        return question.endsWith(FOR_A_HANDLER);
    }

    /**
     * What a web server's rules refuse of the same, beside permissions: it has a history of its own, so that what nobody
     * asked of a server has not recovered.
     *
     * @param server which, as {@link #server} tells
     */
    public Subject byRulesOf(String server) {
        String asked =
                question.length() <= TOLD ? question : String.format(Locale.ROOT, "asked #%08x", question.hashCode());
        return new Subject(root, uid, asked + BY_RULES_OF + server);
    }

    /** The web server whose rules are meant; empty where permissions are. */
    public String server() {
        int at = question.indexOf(BY_RULES_OF);
        return at < 0 ? "" : question.substring(at + BY_RULES_OF.length());
    }
}
