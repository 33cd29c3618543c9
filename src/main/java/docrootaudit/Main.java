package docrootaudit;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.HostName;
import docrootaudit.alert.Mail;
import docrootaudit.alert.Postman;
import docrootaudit.alert.Witnesses;
import docrootaudit.alert.Wording;
import docrootaudit.audit.Host;
import docrootaudit.cli.Cli;
import docrootaudit.cli.OwnHistories;
import docrootaudit.cli.RawArguments;
import docrootaudit.cli.Scanning;
import docrootaudit.cli.Services;
import docrootaudit.cli.UsageException;
import docrootaudit.config.ConfigException;
import docrootaudit.config.ConfigFile;
import docrootaudit.config.Directories;
import docrootaudit.daemon.Settings;
import docrootaudit.finding.ShellQuote;
import docrootaudit.history.History;
import docrootaudit.linux.Terminal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** The composition root: what the commands are given, in one readable page. */
public final class Main {
    /** The usual configuration; a package may put it elsewhere. */
    static final Path CONFIGURATION = Path.of(System.getProperty("audit.config", "/etc/docroot-audit/audit.toml"));

    private Main() {}

    public static void main(String[] args) {
        String command = args.length > 0 ? args[0] : "";
        boolean isDaemon = command.equals("daemon");
        prepare(command);
        String[] arguments = RawArguments.of(args);
        Services services = new Services(
                Main::host,
                named -> configuration(named, isDaemon ? Main::perhapsLater : Directories::onDisk),
                Main::composers,
                new OwnHistories(isDaemon ? Main::stay : new BecomeOwner()),
                Scanning::untilSignal,
                new Background(
                        Arrays.stream(arguments).map(RawArguments::encode).toList(), charset(), self()),
                root -> true,
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                charset(),
                System.getenv(),
                Terminal::is,
                Clock.systemUTC(),
                ZoneId::systemDefault,
                self());
        exit(new Cli(services).run(arguments));
    }

    /** What takes its time to load, loaded while the command line is read: another processor has nothing to do yet. */
    private static void prepare(String command) {
        boolean scans = command.equals("now");
        if (scans || command.equals("explain")) {
            Thread thread = new Thread() {
                @Override
                public void run() {
                    host().ownUid();
                    Objects.requireNonNull(Settings.DEFAULT);
                    if (scans) {
                        History.load();
                    }
                }
            };
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The service sees every tree by its own rights, and would lose them with its account. */
    private static void stay(int owner) throws IOException {
        throw new IOException(
                "it belongs to uid " + Integer.toUnsignedString(owner) + ": run the service as that user");
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

    /** A root that is not mounted when the service starts is told of by its scans, and keeps no other from being scanned. */
    private static Directories.State perhapsLater(PathBytes root) {
        return Directories.State.HIDDEN;
    }

    private static Settings configuration(Optional<Path> named, Directories directories) throws UsageException {
        // a dead link, or one that may not be seen, is no absent configuration
        if (named.isEmpty() && Files.notExists(CONFIGURATION, LinkOption.NOFOLLOW_LINKS)) {
            return Settings.DEFAULT;
        }
        try {
            return new ConfigFile(directories, new HostAccounts(host())).read(named.orElse(CONFIGURATION));
        } catch (ConfigException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** How alerts are worded where no logs are followed. */
    static Postman.Composers composers(Settings settings) {
        return composers(settings, Witnesses.NONE);
    }

    /** How alerts are worded. */
    static Postman.Composers composers(Settings settings, Witnesses witnesses) {
        String host = HostName.read();
        Wording wording =
                new Wording(host, ZoneId.systemDefault(), settings.webhook().paths(), witnesses);
        return new Postman.Composers(wording::mail, wording::notice, () -> Mail.newId(host));
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
