package docrootaudit.linux;

import docrootaudit.access.Principal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs code in a thread that became another account; threads that it starts are that account's too. Needs root. */
public final class AsUser {
    private AsUser() {}

    public static <T> T call(Principal who, Callable<T> code) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            int errno = KernelAnswers.become(who, new Scratch(1 << 12));
            if (errno != 0) {
                throw new IllegalStateException("these tests need root: " + Libc.sentence(errno));
            }
            return code.call();
        });
        Thread thread = new Thread(task);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw (Error) e.getCause();
        }
    }
}
