package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be told now and what is known afterwards. It is kept as a whole or not at all.
 *
 * @param batches what each recipient is told now
 * @param done the ids of events whose turn has come
 * @param deferred the ids of those that have met a silence
 * @param watches those that changed
 * @param forgotten those of no further use
 * @param unheard roots that are watched no more: should they be again, all there is will be told
 * @param told what recipients know now, where that changed
 * @param surplus what is to be told later, for each recipient for whom that changed
 * @param endedAcks causes that are heard of again
 * @param endedQuiets those that are over
 * @param next when there is something to decide again, if nothing happens before
 */
public record Decision(
        List<Addressed> batches,
        List<Long> done,
        List<Long> deferred,
        List<Watch> watches,
        List<Watch.Key> forgotten,
        List<PathBytes> unheard,
        List<AlertState.Told> told,
        Map<Recipient, List<Event>> surplus,
        List<String> endedAcks,
        List<AlertState.Quiet> endedQuiets,
        Optional<Instant> next) {
    /** A batch and whom it is for. */
    public record Addressed(Recipient recipient, Batch batch) {}

    /** Whether there is nothing to keep. */
    public boolean changesNothing() {
        return batches.isEmpty()
                && done.isEmpty()
                && deferred.isEmpty()
                && watches.isEmpty()
                && forgotten.isEmpty()
                && unheard.isEmpty()
                && told.isEmpty()
                && surplus.isEmpty()
                && endedAcks.isEmpty()
                && endedQuiets.isEmpty();
    }
}
