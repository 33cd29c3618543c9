package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that cannot be, and readers that go away. */
class BadOptionsIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no-such-command",
                "now --no-store",
                "now /etc --no-store --bogus",
                "now /etc --no-store --format xml",
                "now /etc --no-store --need write",
                "now /etc --no-store --threads 0",
                "now /etc --no-store --threads many",
                "now /etc --no-store --only-new",
                "now /etc --no-store --store /var/tmp/s",
                "now /etc --no-store --each -0 --format csv",
                "prove /etc --as 33 --format csv",
                "now /etc --no-store --as-pid x",
                "now '' --no-store",
                "explain",
                "explain / /",
                "explain ''",
                "explain http:///x --as 33",
                "explain http://localhost/ --server lighttpd",
                "explain http://localhost/ --from nowhere",
                "explain http://localhost/ --server-config /nowhere",
                "explain http://localhost/ --password-file /nowhere",
                "probe",
                "probe --all http://localhost/",
                "probe /etc",
                "discover --server-pid 1",
                "history --at 2026-01-01",
                "history / --at yesterday --store /nowhere",
                "history ''",
                "history --no-store",
                "status --no-store",
                "config",
            })
    void is_one_sentence_and_status_2(String words) throws Exception {
        Answer answer = Jar.audit().run(words(words)).ended(2);

        assertEquals("", answer.text());
        answer.sentence();
    }

    private static String[] words(String words) {
        return words.isEmpty()
                ? new String[0]
                : words.replace("''", "\u0000").replace("\u0000", "").split(" ", -1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--each -0", "--each", "--each --format json", "--each --format csv"})
    void a_reader_that_goes_away_ends_it(String options) throws Exception {
        try (Ground ground = Ground.make()) {
            ground.bash("seq -f name-of-a-file-that-fills-a-pipe-%05g 5000 | xargs touch; chmod 600 .");
            String audit = Jar.audit()
                    .command(java.util.stream.Stream.of(
                                    ("now " + ground.www() + " --as 33 --no-store " + options).split(" "))
                            .map(w -> w.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .toList());

            Answer answer = Shell.run("(" + audit + ") | head -c 10 >/dev/null; exit ${PIPESTATUS[0]}");

            assertTrue(answer.clean().status() == 4 || answer.status() == 1, answer::toString);
            assertTrue(answer.err().lines().count() <= 1, answer::toString);
        }
    }

    @Test
    void a_full_disk_is_one_sentence() throws Exception {
        try (Ground ground = Ground.make()) {
            Answer answer = Shell.run("("
                    + Jar.audit()
                            .command(java.util.stream.Stream.of("now", ground.www(), "--as", "33", "--no-store")
                                    .map(w -> w.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                    .toList())
                    + ") > /dev/full");

            assertTrue(answer.ended(4).sentence().contains("could not be written"));
        }
    }
}
