package docrootaudit;

import docrootaudit.cli.Histories;
import docrootaudit.daemon.Inside;
import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import java.nio.file.Path;

/** The history that the service has open, whichever a command would have opened. */
record OpenHistory(Inside inside) implements Histories {
    @Override
    public History open(Path directory, Runnable beforeLosingRights) throws StoreException {
        return inside.history();
    }

    @Override
    public History openForReading(Path directory) throws StoreException {
        return inside.history();
    }

    @Override
    public History glance(Path directory) throws StoreException {
        return inside.history();
    }
}
