package docrootaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.Postman;
import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.ScanRequest;
import docrootaudit.cli.Permission.Ruling;
import docrootaudit.daemon.Inside;
import docrootaudit.daemon.Settings;
import docrootaudit.finding.LogCounts;
import docrootaudit.finding.ScanReport;
import docrootaudit.history.History;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** One root is configured, /srv/www; whoever asks is in /srv. */
class PermissionTest {
    private static final Path FILE = Path.of("/etc/docroot-audit/audit.toml");

    private static Ruling ask(Inside.Rights rights, String line) {
        return new Permission(services(), new Asked(rights)).of(line.isEmpty() ? new String[0] : line.split(" "), FILE);
    }

    private static Services services() {
        Host host = (Host) Proxy.newProxyInstance(
                Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, arguments) -> {
                    assertEquals("workingDirectory", method.getName());
                    return PathBytes.of("/srv");
                });
        return new Services(
                () -> host,
                file -> Settings.DEFAULT,
                settings -> new Postman.Composers(batch -> null, batch -> null, () -> ""),
                new OwnHistories(uid -> {}),
                Scanning::untilSignal,
                Service.itself(new Asked(Inside.Rights.MEMBER)),
                root -> true,
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                StandardCharsets.UTF_8,
                Map.of(),
                fd -> false,
                Clock.systemUTC(),
                () -> ZoneOffset.UTC,
                "audit");
    }

    @Test
    void what_logs_tell_of_all_sites_is_for_root_alone() {
        assertTrue(Service.itself(new Asked(Inside.Rights.ROOT)).logs().isPresent());
        assertTrue(Service.itself(new Asked(Inside.Rights.MEMBER)).logs().isEmpty());
    }

    private record Asked(Inside.Rights rights) implements Inside {
        @Override
        public Settings settings() {
            AuditSettings audit = AuditSettings.DEFAULT;
            return Settings.DEFAULT.with(audit.with(List.of(audit.governing(PathBytes.of("/srv/www")))));
        }

        @Override
        public Optional<LogCounts> logs() {
            return Optional.of(new LogCounts(Instant.EPOCH, List.of(), 0, 0, 0, List.of()));
        }

        @Override
        public String doing() {
            return "idle";
        }

        @Override
        public History history() {
            throw new AssertionError("nobody may have it to rule");
        }

        @Override
        public ScanReport scan(Audit audit, ScanRequest request, Optional<Audit.Memory> memory) {
            throw new AssertionError("nothing is scanned to rule");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --format json --quiet",
                "history",
                "history --format jsonl",
                "history /srv/www",
                "history www --at 2026-11-25",
                "now",
                "now /srv/www",
                "now /srv/./www/ www",
                "now --each -0",
                "now --only-new --cause 2dbb4c17ad1a8da2 --format csv /srv/www"
            })
    void a_member_may_look_at_configured_roots(String line) {
        assertInstanceOf(Ruling.Run.class, ask(Inside.Rights.MEMBER, line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now /root",
                "now /srv",
                "now /srv/www/private",
                "now /srv/www /root",
                "now /srv/www/../../root",
                "now @/etc/shadow",
                "now /srv/www @/etc/shadow",
                "history /root",
                "history /srv/www/x",
                "history @/etc/shadow",
                "explain /srv/www",
                "explain -",
                "prove",
                "config check",
                "daemon",
                "--version",
                "--help",
                "now --help",
                "now -- --as"
            })
    void a_member_may_name_nothing_else(String line) {
        assertInstanceOf(Ruling.Refuse.class, ask(Inside.Rights.MEMBER, line));
    }

    /** Every option that there is, whoever adds one. */
    static Stream<String> optionsOfNoMember() {
        CommandLine line = new CommandLine(new AuditCommand(), new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                var constructor = type.getDeclaredConstructors()[0];
                return constructor.getParameterCount() == 1
                        ? type.cast(constructor.newInstance(services()))
                        : CommandLine.defaultFactory().create(type);
            }
        });
        List<String> allowed = List.of("--format", "--quiet", "--at", "--each", "--print0", "--only-new", "--cause");
        return Stream.of("now", "status", "history")
                .flatMap(name -> line.getSubcommands().get(name).getCommandSpec().options().stream()
                        .filter(o -> !allowed.contains(o.longestName()))
                        .map(o -> name + " " + o.longestName() + value(o)));
    }

    private static String value(OptionSpec option) {
        return option.arity().max() == 0 ? "" : " 1";
    }

    @ParameterizedTest
    @MethodSource("optionsOfNoMember")
    void a_member_may_give_no_option_that_is_not_listed(String line) {
        Ruling ruling = ask(Inside.Rights.MEMBER, line);

        assertInstanceOf(Ruling.Refuse.class, ruling);
        assertTrue(((Ruling.Refuse) ruling).sentence().contains(line.split(" ")[1]), ruling::toString);
    }

    @Test
    void no_option_is_overlooked_by_that() {
        List<String> options = optionsOfNoMember().toList();

        assertTrue(
                options.containsAll(List.of(
                        "now --as 1",
                        "now --as-pid 1",
                        "now --config 1",
                        "now --store 1",
                        "now --follow",
                        "now --debug")),
                options::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now /root --as kim --each --follow --debug",
                "history /root",
                "status --config /etc/docroot-audit/audit.toml",
                "status --config ../etc/docroot-audit/audit.toml"
            })
    void root_may_ask_for_what_the_service_can_do(String line) {
        assertInstanceOf(Ruling.Run.class, ask(Inside.Rights.ROOT, line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now --as-pid 1",
                "now --server nginx --user kim --password-file -",
                "now --config /root/audit.toml",
                "status --store /root/store",
                "now --no-store",
                "explain /root",
                "prove"
            })
    void what_it_cannot_do_is_left_to_roots_own_process(String line) {
        assertInstanceOf(Ruling.Decline.class, ask(Inside.Rights.ROOT, line));
    }
}
