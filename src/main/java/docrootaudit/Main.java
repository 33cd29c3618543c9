package docrootaudit;

import docrootaudit.alert.Batch;
import docrootaudit.alert.Mail;
import docrootaudit.alert.Notice;
import docrootaudit.alert.Postman;
import docrootaudit.audit.Host;
import docrootaudit.cli.Cli;
import docrootaudit.cli.RawArguments;
import docrootaudit.cli.Services;
import docrootaudit.cli.UsageException;
import docrootaudit.config.ConfigException;
import docrootaudit.config.ConfigFile;
import docrootaudit.config.Directories;
import docrootaudit.daemon.Settings;
import docrootaudit.finding.ShellQuote;
import docrootaudit.linux.Terminal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Collectors;

/** The composition root: what the commands are given, in one readable page. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Services services = new Services(
                Main::host,
                Main::configuration,
                Main::composers,
                new BecomeOwner(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                charset(),
                System.getenv(),
                Terminal::is,
                Clock.systemUTC(),
                self());
        exit(new Cli(services).run(RawArguments.of(args)));
    }

    /** While a signal is ending the process, a hook waits for the report and System.exit would wait for the hook. */
    private static void exit(int status) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
        } catch (IllegalStateException ending) {
            Runtime.getRuntime().halt(status);
        }
        System.exit(status);
    }

    private static Host host() {
        return new LinuxHost();
    }

    private static Settings configuration(Path file) throws UsageException {
        try {
            return new ConfigFile(Directories::onDisk, new HostAccounts(host())).read(file);
        } catch (ConfigException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static Postman.Composers composers(Settings settings) {
        return new Postman.Composers(
                Main::mail,
                batch -> new Notice(batch.id(), batch.date(), "{}"),
                () -> "<" + UUID.randomUUID() + "@localhost>");
    }

    private static Mail mail(Batch batch) {
        String text = batch.events().stream()
                .map(event -> event.kind() + " " + event.blamed() + " (" + event.cause() + ")\n")
                .collect(Collectors.joining());
        return new Mail(
                batch.id(),
                batch.inReplyTo(),
                batch.references(),
                batch.to(),
                batch.date(),
                batch.events().size() + " alerts",
                text,
                text);
    }

    /** What the locale wants, whatever {@code file.encoding} is. */
    private static Charset charset() {
        String name = System.getProperty("native.encoding", "US-ASCII");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
    }

    /** The launcher says how it is called; without one it is this Java and this jar. */
    private static String self() {
        String launcher = System.getProperty("audit.command", "");
        if (!launcher.isEmpty()) {
            return launcher;
        }
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return "java -jar " + ShellQuote.ASCII.quote(jar.toString());
        } catch (URISyntaxException e) {
            return "audit";
        }
    }
}
