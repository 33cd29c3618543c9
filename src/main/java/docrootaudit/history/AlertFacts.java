package docrootaudit.history;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.function.Predicate;

/**
 * The condition of the alerts.
 *
 * @param waiting how many events have not been told yet
 * @param pending how many messages are to be delivered
 * @param late the oldest of those that were tried in vain
 * @param undeliverable the oldest of those given up
 * @param acks causes that are silenced
 * @param quiets roots that are being worked on
 * @param blind what the last scans could not see
 */
public record AlertFacts(
        long waiting,
        long pending,
        List<MessageTable.Row> late,
        List<MessageTable.Row> undeliverable,
        List<SilenceTable.Ack> acks,
        List<SilenceTable.Quiet> quiets,
        List<Blind> blind) {
    public static final AlertFacts NONE = new AlertFacts(0, 0, List.of(), List.of(), List.of(), List.of(), List.of());

    /** The same, of roots and what cannot be seen of them only some. */
    public AlertFacts only(Predicate<PathBytes> roots) {
        return new AlertFacts(
                waiting,
                pending,
                late,
                undeliverable,
                acks,
                quiets.stream().filter(q -> roots.test(q.root())).toList(),
                blind.stream().filter(b -> roots.test(b.root())).toList());
    }
}
