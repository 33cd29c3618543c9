package docrootaudit.daemon;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.PaceSettings;
import docrootaudit.audit.Requests;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.Identity;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.ShellQuote;
import docrootaudit.linux.Accounts;
import docrootaudit.linux.LinuxSource;
import docrootaudit.walk.EntrySource;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans on a machine that lets them begin when the test wants it, by a clock that the test turns. */
class ScansTest {
    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Scans scans = new Scans(new Turns(1), new ScanLog(), nanos::get, () -> {});

    @AfterEach
    void let_all_go() {
        answer.countDown();
    }

    private Host host() {
        return (Host) Proxy.newProxyInstance(
                Host.class.getClassLoader(),
                new Class<?>[] {Host.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "tree" -> tree();
                    case "names" -> new Accounts();
                    case "ownUid" -> 0;
                    case "protectedSymlinks" -> true;
                    case "account" -> Optional.empty();
                    case "webWorkers", "confinement", "accounts" -> List.of();
                    default -> null;
                });
    }

    private EntrySource tree() throws Exception {
        asked.countDown();
        answer.await();
        return LinuxSource.ofThisProcess();
    }

    private CompletableFuture<ScanReport> scan(Duration deadline) {
        CompletableFuture<ScanReport> report = new CompletableFuture<>();
        PathBytes path = PathBytes.of(directory.toString());
        ScanRequest.Root root = new ScanRequest.Root(
                path,
                path,
                AuditSettings.DEFAULT.governing(path),
                new Identity(Optional.empty(), Principal.of(33, 33), "named"),
                Map.of());
        ScanRequest request = new Requests(host(), AuditSettings.DEFAULT)
                .usual(List.of(root), PaceSettings.FASTEST, (r, identity, cause) -> "");
        Thread thread = new Thread(() -> {
            try {
                report.complete(scans.run(
                        new Audit(host(), ShellQuote.UNICODE, Clock.systemUTC()),
                        request,
                        Optional.empty(),
                        deadline,
                        () -> true));
            } catch (Exception e) {
                report.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return report;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        scans.watch();
    }

    @Test
    void one_that_misses_its_deadline_is_stopped() throws Exception {
        CompletableFuture<ScanReport> report = scan(Duration.ofMinutes(1));
        asked.await();
        pass(Duration.ofSeconds(61));
        answer.countDown();

        assertEquals(
                List.of("the scan took longer than it may and was interrupted"),
                report.get().failures());
        assertFalse(report.get().complete());
    }

    @Test
    void one_that_keeps_it_is_not() throws Exception {
        CompletableFuture<ScanReport> report = scan(Duration.ofMinutes(1));
        asked.await();
        pass(Duration.ofSeconds(59));
        answer.countDown();

        assertFalse(report.get().failures().contains("the scan was interrupted"));
    }

    @Test
    void one_that_does_not_even_end_then_is_given_up() throws Exception {
        CompletableFuture<ScanReport> report = scan(Duration.ofMinutes(1));
        asked.await();
        pass(Duration.ofSeconds(61));
        assertEquals(0, scans.abandoned());
        pass(Duration.ofSeconds(30));

        assertEquals(1, scans.abandoned());
        assertFalse(report.isDone());
    }

    @Test
    void what_runs_is_told() throws Exception {
        assertEquals(Optional.empty(), scans.words());
        CompletableFuture<ScanReport> report = scan(Duration.ofMinutes(1));
        asked.await();
        assertEquals(Optional.of("scanning " + directory), scans.words());
        scans.end();
        answer.countDown();
        report.get();

        await().until(() -> scans.words().isEmpty());
    }

    @Test
    void the_end_of_the_service_ends_them_all_and_none_begins() throws Exception {
        CompletableFuture<ScanReport> report = scan(Duration.ofMinutes(1));
        asked.await();
        scans.end();
        answer.countDown();

        assertTrue(report.get().failures().contains("the scan was interrupted"));
        assertThrows(ExecutionException.class, () -> scan(Duration.ofMinutes(1)).get());
    }
}
