package docrootaudit.cli;

import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import java.nio.file.Path;

/** Opens histories; whoever is given one closes it. */
public interface Histories {
    /**
     * For reading and recording.
     *
     * @param beforeLosingRights run first if the process has to become another account for it
     */
    History open(Path directory, Runnable beforeLosingRights) throws StoreException;

    /** For reading only. */
    History openForReading(Path directory) throws StoreException;

    /** For reading, if it is free and this process may: for what can be done without. */
    History glance(Path directory) throws StoreException;
}
