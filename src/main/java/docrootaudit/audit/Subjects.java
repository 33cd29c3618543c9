package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.finding.Account;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which scans are comparable. What a scan did not ask, or asked for somebody with other groups, or of other files under
 * the same names, must not look as if it had recovered.
 */
public final class Subjects {
    /** The history has room for 200 characters, and an account can be in hundreds of groups. */
    private static final int TOLD = 100;

    private Subjects() {}

    /**
     * What scans of a root are compared by.
     *
     * @param identity whose access is judged
     * @param rules what is asked there: what they no longer ask has not recovered
     * @param pid the running process whose identity and files are meant, if one is
     */
    public static Subject of(
            Host host,
            PathBytes root,
            Identity identity,
            Question question,
            RootRules rules,
            ScanRequest.Follow follow,
            Optional<Long> pid) {
        Principal who = identity.principal();
        String asked = question.word()
                + (rules.listing() == Listing.ON ? ", listed" : "")
                + some("scripts", rules.scripts())
                + some("handlers", rules.handlers())
                + (follow == ScanRequest.Follow.OUT_OF_ROOT ? ", links followed" : "")
                // a process keeps the groups it was started with: those a reload gives it are to be compared
                + (pid.isPresent() ? ", as a process sees it" : otherGroups(host, who));
        return new Subject(root, who.uid(), asked);
    }

    /**
     * What the rules of a web server are compared by. They stand elsewhere than what they refuse: what a root leaves out
     * by its configuration cannot be told from what has recovered, and makes other scans of them.
     *
     * @param scanned by which permissions are compared
     * @param server as {@link ServerRules#servers} has it
     */
    static Subject ofServer(Subject scanned, RootRules rules, String server) {
        String exclude = some("excluded", rules.exclude());
        return new Subject(scanned.root(), scanned.uid(), scanned.question() + exclude).byRulesOf(server);
    }

    /** Patterns can be long: their hash tells one list from another. */
    private static String some(String what, List<?> patterns) {
        return patterns.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, ", %s #%08x", what, patterns.toString().hashCode());
    }

    private static String otherGroups(Host host, Principal who) {
        Principal account =
                host.account(who.uid()).map(Account::principal).orElseGet(() -> Principal.of(who.uid(), who.uid()));
        if (who.gid() == account.gid() && Arrays.equals(supplementary(who), supplementary(account))) {
            return "";
        }
        String groups = Arrays.stream(supplementary(who))
                .mapToObj(Integer::toUnsignedString)
                .collect(Collectors.joining(" ", Integer.toUnsignedString(who.gid()) + " ", ""))
                .strip();
        return ", groups "
                + (groups.length() <= TOLD ? groups : String.format(Locale.ROOT, "#%08x", groups.hashCode()));
    }

    private static int[] supplementary(Principal who) {
        return Arrays.stream(who.groups().gids()).filter(g -> g != who.gid()).toArray();
    }
}
