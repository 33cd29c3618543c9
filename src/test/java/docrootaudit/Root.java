package docrootaudit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tests act as other users and give files away: without root nothing is shown, and that must not pass. */
public final class Root {
    private Root() {}

    /** Fails a test that is not run by root. */
    public static void required() throws IOException {
        if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
            throw new AssertionError("this test has to run as root");
        }
    }
}
