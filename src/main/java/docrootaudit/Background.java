package docrootaudit;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.HostName;
import docrootaudit.alert.Recipient;
import docrootaudit.alert.Smtp;
import docrootaudit.alert.Transport;
import docrootaudit.alert.Webhook;
import docrootaudit.audit.RootSettings;
import docrootaudit.cli.Cli;
import docrootaudit.cli.ListCommand;
import docrootaudit.cli.Permission;
import docrootaudit.cli.RawArguments;
import docrootaudit.cli.Service;
import docrootaudit.cli.Services;
import docrootaudit.daemon.Answer;
import docrootaudit.daemon.BadConfigurationException;
import docrootaudit.daemon.Configuration;
import docrootaudit.daemon.ControlClient;
import docrootaudit.daemon.Daemon;
import docrootaudit.daemon.Inside;
import docrootaudit.daemon.Journal;
import docrootaudit.daemon.Request;
import docrootaudit.daemon.Settings;
import docrootaudit.daemon.Ways;
import docrootaudit.finding.LogCounts;
import docrootaudit.history.StoreException;
import docrootaudit.linux.Terminal;
import docrootaudit.web.ServerLogs;
import docrootaudit.web.SiteRules;
import docrootaudit.web.WhichServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service, put together: what a process sends to it, and how it runs what it is sent, by the very commands that the
 * process would have run.
 *
 * @param arguments of this process
 * @param charset of this process
 * @param self how this program is called from a shell, quoted
 */
record Background(List<byte[]> arguments, Charset charset, String self) implements Service {
    @Override
    public Answer ask(Path socket) throws IOException {
        return ControlClient.ask(
                socket,
                this::request,
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
    }

    private Request request() {
        Map<String, String> environment = new HashMap<>();
        for (String name : Request.VARIABLES) {
            Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value));
        }
        return new Request(
                arguments,
                directory(),
                charset.name(),
                ZoneId.systemDefault().getId(),
                Terminal.is(1),
                Terminal.is(2),
                environment);
    }

    @Override
    public Optional<String> doing() {
        return Optional.empty();
    }

    /** The working directory, byte by byte; empty if it is gone. Without native code, which takes its time to load. */
    private static PathBytes directory() {
        try {
            Path here = Files.readSymbolicLink(Path.of("/proc/self/cwd"));
            String spelled = Files.isDirectory(here) ? here.toUri().getRawPath() : "";
            // in ISO 8859-1 each byte is a character
            return PathBytes.of(URLDecoder.decode(spelled.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                            .getBytes(StandardCharsets.ISO_8859_1))
                    .withoutDots();
        } catch (IOException e) {
            return PathBytes.of("");
        }
    }

    @Override
    public Optional<LogCounts> logs() {
        return Optional.empty();
    }

    @Override
    public void run(Optional<Path> file, Configuration configuration, Daemon.Opening opening)
            throws BadConfigurationException, StoreException, IOException, InterruptedException {
        Journal.take(new FileOutputStream(FileDescriptor.err), System.getenv());
        Path in = file.orElse(Main.CONFIGURATION).toAbsolutePath();
        new Daemon(
                        configuration,
                        AskersHost::root,
                        (host, quote, audited) -> SiteRules.running(host, quote, Clock.systemUTC(), audited),
                        servers -> ListCommand.configured(self, servers),
                        (request, inside, out, err) -> answer(request, inside, in, out, err),
                        new Ways(Main::composers, Background::transports),
                        new Systemd(System.getenv()),
                        () -> ServerLogs.of(AskersHost.root(), WhichServer.ANY),
                        Clock.systemUTC())
                .run(opening);
    }

    /** A way is open when somebody is at its end. */
    private static Map<Recipient.Channel, Transport> transports(Settings settings) {
        Map<Recipient.Channel, Transport> transports = new EnumMap<>(Recipient.Channel.class);
        if (!settings.alerts().addresses().isEmpty()) {
            transports.put(Recipient.Channel.MAIL, new Smtp(settings.mail(), HostName.read(), System.getenv()));
        }
        if (settings.webhook().url().isPresent()) {
            transports.put(
                    Recipient.Channel.WEBHOOK, new Webhook(settings.webhook(), System.getenv(), Clock.systemUTC()));
        }
        return transports;
    }

    private Answer answer(Request request, Inside inside, Path file, OutputStream out, OutputStream err) {
        Services services = services(request, inside, out, err);
        String[] arguments =
                request.arguments().stream().map(RawArguments::decode).toArray(String[]::new);
        Permission.Ruling ruling = new Permission(services, inside).of(arguments, file);
        if (ruling instanceof Permission.Ruling.Decline decline) {
            return new Answer.Declined(decline.why());
        }
        Cli cli = new Cli(services);
        return new Answer.Ended(
                ruling instanceof Permission.Ruling.Refuse refuse ? cli.refuse(refuse.sentence()) : cli.run(arguments));
    }

    /** The program is called as the service calls it: what root is told to run must not come from whoever asks. */
    private Services services(Request request, Inside inside, OutputStream out, OutputStream err) {
        // progress is written while a scan has its turn, and whoever takes it byte by byte would keep the turn
        boolean isRoot = inside.rights() == Inside.Rights.ROOT;
        return new Services(
                () -> new AskersHost(new LinuxHost(), request.directory()),
                named -> inside.settings(),
                Main::composers,
                new OpenHistory(inside),
                inside::scan,
                Service.itself(inside),
                root -> isRoot || isConfigured(inside, root),
                InputStream.nullInputStream(),
                out,
                err,
                charset(request.charset()),
                request.environment(),
                fd -> fd == 1 ? request.outIsTerminal() : fd == 2 && request.errIsTerminal() && isRoot,
                Clock.systemUTC(),
                () -> zone(request.zone()),
                self);
    }

    private static boolean isConfigured(Inside inside, PathBytes root) {
        List<RootSettings> roots = inside.settings().audit().roots();
        return roots.stream().anyMatch(r -> r.path().equals(root));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.US_ASCII;
        }
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
