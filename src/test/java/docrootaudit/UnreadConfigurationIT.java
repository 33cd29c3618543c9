package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.finding.ShellQuote;
import docrootaudit.finding.Unseen;
import docrootaudit.web.SiteRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A configuration that was written and not read by the server yet. Other servers of this machine do not count. */
class UnreadConfigurationIT {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private Path directory;

    @BeforeEach
    void make() throws Exception {
        Root.required();
        directory = Bash.newDirectory("unread");
    }

    @AfterEach
    void remove() throws Exception {
        Bash.remove(directory);
    }

    private static SiteRules rulesIn(Duration later) {
        return SiteRules.running(
                new LinuxHost(), ShellQuote.ASCII, Clock.offset(Clock.systemUTC(), later), AuditSettings.DEFAULT);
    }

    private boolean isAsked(SiteRules rules) {
        return rules.servers().stream().anyMatch(s -> s.contains(directory.toString()));
    }

    private List<String> unseen(SiteRules rules) {
        return rules.unseen().stream()
                .filter(u -> u.path().toString().contains(directory.toString()))
                .map(Unseen::why)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void is_told_after_ten_minutes_and_until_then_the_server_is_left_out(WebServer.Kind kind) throws Exception {
        Path conf = directory.resolve("conf");
        try (WebServer server = new WebServer(kind, directory, PathBytes.of(directory.toString()))) {
            server.connect().close();
            Awaitility.await("it is asked").atMost(WITHIN).until(() -> isAsked(rulesIn(Duration.ZERO)));

            String text = Files.readString(conf);
            Awaitility.await("the file is newer than the server").atMost(WITHIN).until(() -> {
                Files.writeString(conf, text + "\n# written again\n");
                return !isAsked(rulesIn(Duration.ZERO));
            });

            assertEquals(List.of(), unseen(rulesIn(Duration.ofMinutes(5))));
            List<String> why = unseen(rulesIn(Duration.ofMinutes(11)));
            assertEquals(1, why.size(), why::toString);
            assertTrue(why.get(0).startsWith(conf + " was written after "), why::toString);
        }
    }
}
