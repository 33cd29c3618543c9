package docrootaudit.linux;

import docrootaudit.access.Principal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Runs code in a thread that became another account; threads that it starts are that account's too. Needs root. */
public final class AsUser {
    private AsUser() {}

    /** An account that may not read this checkout can load no class from it: all are loaded before. */
    private static void loadClasses() throws Exception {
        for (Class<?> some : List.of(AsUser.class, Scratch.class)) {
            Path classes = Path.of(
                    some.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (String name : List.of("access", "walk", "linux")) {
                try (Stream<Path> files =
                        Files.list(classes.resolve("docrootaudit").resolve(name))) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(".class")).toList()) {
                        String simple = file.getFileName().toString().replaceFirst("\\.class$", "");
                        if (!simple.equals("package-info")) {
                            Class.forName("docrootaudit." + name + "." + simple);
                        }
                    }
                }
            }
        }
    }

    public static <T> T call(Principal who, Callable<T> code) throws Exception {
        loadClasses();
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
