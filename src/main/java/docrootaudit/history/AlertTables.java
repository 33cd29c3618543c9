package docrootaudit.history;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The tables of alerts, within one transaction.
 *
 * @param events what waits to be told
 * @param subjects of what people hear
 * @param watches how causes stand
 * @param silences what nobody wants to hear of
 * @param recipients what each was told
 * @param messages the outbox
 */
public record AlertTables(
        EventTable events,
        SubjectTable subjects,
        WatchTable watches,
        SilenceTable silences,
        RecipientTable recipients,
        MessageTable messages) {
    static AlertTables of(Connection connection) {
        return new AlertTables(
                new EventTable(connection),
                new SubjectTable(connection),
                new WatchTable(connection),
                new SilenceTable(connection),
                new RecipientTable(connection),
                new MessageTable(connection));
    }

    /** What is done with them. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it; what is thrown undoes it. */
        T on(AlertTables tables) throws SQLException;
    }
}
