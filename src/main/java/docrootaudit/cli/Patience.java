package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.web.WebException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what is asked of file systems, and not for ever: a dead mount may never answer. */
final class Patience {
    private static final int SECONDS = 30;

    private Patience() {}

    /**
     * What {@code work} says of a path.
     *
     * @param pid the process as which the files are seen, for messages
     * @throws UsageException if the question is none for a web server
     * @throws FailedException if there is no answer, or the files cannot be had
     */
    static <T> T about(PathBytes path, Optional<Long> pid, Callable<T> work)
            throws UsageException, FailedException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "explain");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new FailedException(
                    path + " cannot be explained: a file system on the way did not answer for " + SECONDS + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebException wrong) {
                throw new UsageException(wrong.getMessage());
            } else if (e.getCause() instanceof IOException cause) {
                throw Paths.unseen(pid, cause);
            }
            throw new IllegalStateException("explaining failed", e.getCause());
        }
    }
}
