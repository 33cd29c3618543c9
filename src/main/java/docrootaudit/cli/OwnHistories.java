package docrootaudit.cli;

import docrootaudit.history.History;
import docrootaudit.history.StoreException;
import docrootaudit.history.StoreOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Histories that this process opens itself. */
public final class OwnHistories implements Histories {
    private static final Duration PATIENCE_TO_WRITE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_TO_READ = Duration.ofSeconds(10);

    private final StoreOwner owner;

    /** @param owner turns the process into the account that owns a store */
    public OwnHistories(StoreOwner owner) {
        this.owner = owner;
    }

    @Override
    public History open(Path directory, Runnable beforeLosingRights) throws StoreException {
        return History.open(
                directory,
                uid -> {
                    beforeLosingRights.run();
                    owner.become(uid);
                },
                PATIENCE_TO_WRITE);
    }

    @Override
    public History openForReading(Path directory) throws StoreException {
        return History.openForReading(directory, owner, PATIENCE_TO_READ);
    }

    @Override
    public History glance(Path directory) throws StoreException {
        StoreOwner nobody = uid -> {
            throw new IOException("only for a glance");
        };
        return History.openForReading(directory, nobody, Duration.ZERO);
    }
}
