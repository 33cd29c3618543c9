package docrootaudit.cli;

import docrootaudit.audit.Audit;

/**
 * While it is open, a signal that ends the process ends the scan first: what was seen is recorded and reported as
 * interrupted, then the process goes.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 5000;

    private final Thread hook;

    Interruption(Audit audit) {
        Thread main = Thread.currentThread();
        hook = new Thread(() -> {
            audit.stop();
            try {
                main.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook waits for the report
        }
    }
}
