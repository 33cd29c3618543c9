package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.audit.Audit;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.audit.PaceSettings;
import docrootaudit.audit.Question;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.RootSettings;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.Identity;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.ShellQuote;
import docrootaudit.history.Blind;
import docrootaudit.history.History;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan that does not come to its end. */
class LateScanIT {
    private static final IdentitySettings BY_NUMBER =
            new IdentitySettings(Optional.of("33"), Optional.empty(), Optional.empty());

    @TempDir
    private Path temporary;

    private History history;

    @BeforeEach
    void open() throws Exception {
        Root.required();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(temporary.resolve("www"));
        history = History.open(temporary.resolve("store"), uid -> {}, Duration.ZERO);
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void what_takes_longer_than_it_may_is_told_once_and_when_it_is_seen_again() throws Exception {
        for (int i = 0; i < 2; i++) {
            Audit late = audit();
            late.stopLate();
            assertEquals(
                    List.of("the scan took longer than it may and was interrupted"),
                    scan(late).failures());
        }
        assertEquals(1, history.alertFacts(9).waiting());
        assertEquals(
                List.of(PathBytes.of(temporary + "/www")),
                history.alertFacts(9).blind().stream().map(Blind::path).toList());

        scan(audit());

        assertEquals(2, history.alertFacts(9).waiting());
        assertEquals(List.of(), history.alertFacts(9).blind());
    }

    @Test
    void whoever_interrupts_a_scan_is_not_told_of_it() throws Exception {
        Audit interrupted = audit();
        interrupted.stop();
        scan(interrupted);

        assertEquals(0, history.alertFacts(9).waiting());
        assertEquals(List.of(), history.alertFacts(9).blind());
    }

    private static Audit audit() {
        return new Audit(new LinuxHost(), ShellQuote.ASCII, Clock.systemUTC());
    }

    private ScanReport scan(Audit audit) throws Exception {
        PathBytes path = PathBytes.of(temporary + "/www");
        Identity web = new Identity(Optional.of("www-data"), Principal.of(33, 33), "the test");
        ScanRequest.Root root =
                new ScanRequest.Root(path, path, new RootSettings(path, BY_NUMBER, RootRules.DEFAULT), web, Map.of());
        ScanRequest request = new ScanRequest(
                List.of(root),
                Optional.empty(),
                Question.DEFAULT,
                ScanRequest.Detail.ALL_CAUSES,
                ScanRequest.Follow.NO,
                ScanRequest.Means.SIMULATION,
                1,
                PaceSettings.FASTEST,
                List.of(),
                (given, identity, cause) -> "audit now --cause " + cause,
                progress -> {});
        return audit.scan(
                request, Optional.of(new Audit.Memory(before -> history, Duration.ofDays(400), given -> true)));
    }
}
