package docrootaudit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Exim with a configuration, a spool and ports of its own. It delivers every mail to one maildir, except that it refuses
 * {@code later@example.org} with 451 and {@code never@example.org} with 550.
 */
public final class MailServer implements AutoCloseable {
    private static final String CONFIGURATION = """
            SHOWN = ${if eq{$received_port}{@EXPIRED@}{expired}{${if eq{$received_port}{@OTHER@}{other}{good}}}}
            primary_hostname = localhost
            spool_directory = @RUN@/spool
            log_file_path = @RUN@/spool/%slog
            pid_file_path = @RUN@/spool/pid
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = @PLAIN@ : @STARTTLS@ : @TLS@ : @EXPIRED@ : @OTHER@
            tls_on_connect_ports = @TLS@ : @EXPIRED@
            tls_advertise_hosts = ${if eq{$received_port}{@PLAIN@}{}{*}}
            tls_certificate = @RUN@/certificates/SHOWN/crt.pem
            tls_privatekey = @RUN@/certificates/SHOWN/key.pem
            recipient_unqualified_hosts = 127.0.0.1
            sender_unqualified_hosts = 127.0.0.1
            acl_smtp_rcpt = rcpt
            deliver_drop_privilege = true
            keep_environment =
            host_lookup =
            begin acl
            rcpt:
              defer message = 4.7.1 Come again later
                    recipients = later@example.org
              deny message = 5.1.1 Nobody of that name
                    recipients = never@example.org
              accept
            begin routers
            all:
              driver = accept
              transport = box
            begin transports
            box:
              driver = appendfile
              directory = @RUN@/box
              maildir_format
              return_path_add
            begin authenticators
            plain:
              driver = plaintext
              public_name = PLAIN
              server_prompts = :
              server_condition = ${if and{{eq{$auth2}{audit}}{eq{$auth3}{right}}}}
              server_advertise_condition = ${if def:tls_in_cipher}
            """;

    private final Process process;
    private final Path run;
    private final TestAuthority authority;
    private final int[] ports;

    /** Starts one, in a directory of its own. */
    public MailServer() throws Exception {
        Root.required();
        this.run = Files.createTempDirectory(Path.of("/var/tmp"), "mail-it");
        this.authority = new TestAuthority(run.resolve("certificates"));
        authority.issue("good", "localhost");
        authority.issueExpired("expired", "localhost");
        authority.issue("other", "mail.example.org");
        this.ports = new int[] {freePort(), freePort(), freePort(), freePort(), freePort()};
        Files.createDirectory(run.resolve("spool"));
        Files.createDirectory(run.resolve("box"));
        Path file = Files.writeString(
                run.resolve("conf"),
                CONFIGURATION
                        .replace("@RUN@", run.toString())
                        .replace("@PLAIN@", Integer.toString(plain()))
                        .replace("@STARTTLS@", Integer.toString(startTls()))
                        .replace("@TLS@", Integer.toString(tls()))
                        .replace("@EXPIRED@", Integer.toString(withExpired()))
                        .replace("@OTHER@", Integer.toString(withOther())));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx--x--x"));
        giveToExim();
        process = new ProcessBuilder("exim4", "-C", file.toString(), "-bdf")
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("output").toFile())
                .start();
        Awaitility.await("Exim listens")
                .atMost(Duration.ofSeconds(30))
                .failFast("Exim runs", () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("Exim ended: " + Files.readString(run.resolve("output")));
                    }
                })
                .ignoreExceptions()
                .until(() -> {
                    for (int port : ports) {
                        new Socket(InetAddress.getLoopbackAddress(), port).close();
                    }
                    return true;
                });
    }

    /** It reads keys and writes mails as its own account, but takes no configuration from it. */
    private void giveToExim() throws IOException {
        UserPrincipal exim = run.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("Debian-exim");
        for (String name : List.of("spool", "box", "certificates")) {
            try (Stream<Path> files = Files.walk(run.resolve(name))) {
                for (Path each : files.toList()) {
                    Files.setOwner(each, exim);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    /** Without TLS and login. */
    public int plain() {
        return ports[0];
    }

    /** STARTTLS first, then a login as {@code audit} with {@code right}, if one likes. */
    public int startTls() {
        return ports[1];
    }

    /** TLS from the start. */
    public int tls() {
        return ports[2];
    }

    /** TLS from the start, with a certificate that was good. */
    public int withExpired() {
        return ports[3];
    }

    /** STARTTLS, with a certificate that is for mail.example.org. */
    public int withOther() {
        return ports[4];
    }

    /** The authority that made its certificates. */
    public Path authority() {
        return authority.pem();
    }

    /** The mail, once it is delivered; it is taken out of the box. */
    public byte[] delivered() throws IOException {
        Path mail = Awaitility.await("a mail is delivered")
                .atMost(Duration.ofSeconds(30))
                .until(this::box, mails -> !mails.isEmpty())
                .get(0);
        byte[] bytes = Files.readAllBytes(mail);
        Files.delete(mail);
        return bytes;
    }

    private List<Path> box() throws IOException {
        Path box = run.resolve("box/new");
        if (!Files.exists(box)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(box)) {
            return files.sorted().toList();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        // a process of its own may still be noting a delivery in its log
        Awaitility.await("Exim's directory is deleted")
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    delete();
                    return !Files.exists(run);
                });
    }

    private void delete() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(run)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
