package docrootaudit.host;

import static org.awaitility.Awaitility.await;

import docrootaudit.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Debian with systemd as its init, booted for a test from a fresh copy of {@link DebianTree}. It is called web1, and
 * its network is its own loopback.
 */
final class DebianHost implements AutoCloseable {
    private final Path place;
    private final Process container;

    private DebianHost(Path place, Process container) {
        this.place = place;
        this.container = container;
    }

    static DebianHost boot() throws IOException, InterruptedException {
        Root.required();
        Path tree = DebianTree.made();
        Path place = Files.createTempDirectory(Path.of("/var/tmp"), "audit-host");
        Ran.of(List.of(
                        "sh",
                        "-ec",
                        "cd " + place + "; mkdir changes work root; mount -t overlay overlay root -o lowerdir=" + tree
                                + ",upperdir=" + place + "/changes,workdir=" + place + "/work"))
                .fine();
        Process container = new ProcessBuilder(
                        "systemd-nspawn",
                        "--directory=" + place.resolve("root"),
                        "--boot",
                        "--register=no",
                        "--keep-unit",
                        "--private-network",
                        "--link-journal=no")
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("console").toFile())
                .start();
        DebianHost host = new DebianHost(place, container);
        try {
            host.awaitBoot();
        } catch (RuntimeException | Error e) {
            e.addSuppressed(new AssertionError(host.console()));
            host.close();
            throw e;
        }
        return host;
    }

    private void awaitBoot() {
        await("the host is up")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .failFast("the container runs", () -> !container.isAlive())
                .until(() ->
                        init().isPresent() && run("systemctl is-system-running").status() == 0);
    }

    /** Its process 1, as this machine numbers it. */
    private Optional<Long> init() throws IOException {
        for (ProcessHandle child : container.children().toList()) {
            if (Files.readString(Path.of("/proc", Long.toString(child.pid()), "comm"))
                    .equals("systemd\n")) {
                return Optional.of(child.pid());
            }
        }
        return Optional.empty();
    }

    /** Runs a script in it, as root. */
    Ran run(String script) throws IOException, InterruptedException {
        long init = init().orElseThrow(() -> new AssertionError("the host is down"));
        List<String> command =
                new ArrayList<>(List.of("nsenter", "-t", Long.toString(init), "-m", "-u", "-i", "-n", "-p"));
        command.addAll(List.of("-C", "env", "-i", "HOME=/root", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"));
        command.addAll(List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "sh", "-c", script));
        return Ran.of(command);
    }

    /** Runs a script that must end well, and returns what it printed. */
    String sh(String script) throws IOException, InterruptedException {
        return run("set -e; cd /; " + script).fine();
    }

    /** A path in it, as this machine has it. */
    Path path(String absolute) {
        return place.resolve("root").resolve(absolute.substring(1));
    }

    /** Installs a package, or upgrades to it, as an administrator does. */
    void install(Path deb) throws IOException, InterruptedException {
        Files.copy(deb, path("/root/" + deb.getFileName()));
        sh("apt-get install -y --no-install-recommends /root/" + deb.getFileName());
    }

    private String console() throws IOException {
        return Files.readString(place.resolve("console"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        container.destroy();
        if (!container.waitFor(30, TimeUnit.SECONDS)) {
            container.destroyForcibly().waitFor();
        }
        Ran.of(List.of("sh", "-ec", "umount -l " + place + "/root; rm -rf --one-file-system " + place))
                .fine();
    }
}
