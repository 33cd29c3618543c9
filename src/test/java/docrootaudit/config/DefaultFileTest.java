package docrootaudit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import docrootaudit.alert.AlertSettings;
import docrootaudit.alert.MailSettings;
import docrootaudit.alert.Secret;
import docrootaudit.alert.WebhookSettings;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.PaceSettings;
import docrootaudit.audit.RootRules;
import docrootaudit.config.Directories.State;
import docrootaudit.daemon.ScheduleSettings;
import docrootaudit.daemon.ServiceSettings;
import docrootaudit.daemon.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commented file that is installed says the truth about the defaults, and leaves no key out. */
class DefaultFileTest {
    private static final Path FILE = Path.of("conf/audit.toml");
    private static final Pattern KEY = Pattern.compile("#([a-z-]+) = .*");

    /** A commented key: its lines, and what is promised of it. */
    record Key(String name, int from, int to, String promise) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Those before the example of a root. */
    static List<Key> keys() throws IOException {
        List<String> lines = lines();
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < lines.indexOf("#[[root]]"); i++) {
            Matcher key = KEY.matcher(lines.get(i));
            if (key.matches()) {
                int end = i;
                while (lines.get(i).endsWith("[") && !lines.get(end).equals("#]")) {
                    end++;
                }
                keys.add(new Key(key.group(1), i, end + 1, lines.get(i - 1)));
            }
        }
        return keys;
    }

    @Test
    void as_installed_it_is_the_default() throws Exception {
        assertEquals(Settings.DEFAULT, read(lines()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void each_key_uncommented_is_what_it_promises(Key key) throws Exception {
        Settings settings = read(uncommented(key.from(), key.to()));

        switch (key.promise()) {
            case "# default" -> assertEquals(Settings.DEFAULT, settings);
            case "# example" -> assertEquals(Settings.DEFAULT, withoutExamples(settings));
            default -> throw new AssertionError(key + " is neither default nor example");
        }
    }

    @Test
    void the_example_of_a_root_is_one() throws Exception {
        assertEquals(
                1,
                read(uncommented(lines().indexOf("#[[root]]"), lines().size()))
                        .audit()
                        .roots()
                        .size());
    }

    @Test
    void no_key_is_missing() throws IOException {
        TreeSet<String> known = new TreeSet<>();
        known.addAll(expected("zzzzzz = 1\n"));
        known.addAll(expected("[defaults]\nzzzzzz = 1\n"));
        known.addAll(expected("[daemon]\nzzzzzz = 1\n"));
        known.addAll(expected("[mail]\nzzzzzz = 1\n"));
        known.addAll(expected("[webhook]\nzzzzzz = 1\n"));
        known.addAll(expected("[alerts]\nzzzzzz = 1\n"));
        known.addAll(expected("[log]\nzzzzzz = 1\n"));
        known.removeAll(List.of("defaults", "root", "alerts", "daemon", "log", "mail", "webhook"));

        assertEquals(known, new TreeSet<>(keys().stream().map(Key::name).toList()));
    }

    private static Settings withoutExamples(Settings all) {
        AuditSettings audit = all.audit();
        AuditSettings builtIn = AuditSettings.DEFAULT;
        MailSettings mail = all.mail();
        WebhookSettings webhook = all.webhook();
        assertEquals(
                1,
                Stream.of(
                                audit.store(),
                                audit.identity().user(),
                                audit.identity().group(),
                                audit.identity().groups(),
                                audit.threads().stream().boxed().findFirst(),
                                Optional.of(audit.choice()).filter(c -> c == AuditSettings.Choice.AUTO),
                                Optional.of(audit.defaults().servers())
                                        .filter(s -> s == RootRules.Servers.ASKED
                                                && audit.choice() == AuditSettings.Choice.NAMED),
                                all.alerts().reminder(),
                                all.service().defaults().cron(),
                                all.service().defaults().zone(),
                                all.service().pace().rate().stream().boxed().findFirst(),
                                all.service().heartbeatUrl(),
                                all.service().heartbeatFile(),
                                mail.port().stream().boxed().findFirst(),
                                mail.login(),
                                mail.from(),
                                mail.replyTo(),
                                mail.envelopeSender(),
                                mail.authorities(),
                                webhook.url(),
                                webhook.authorities(),
                                Optional.of(webhook.secret()).filter(s -> s instanceof Secret.InFile))
                        .filter(Optional::isPresent)
                        .count());
        return new Settings(
                new AuditSettings(
                        builtIn.identity(),
                        audit.defaults().asking(RootRules.Servers.UNASKED),
                        builtIn.choice(),
                        audit.roots(),
                        builtIn.store(),
                        builtIn.threads(),
                        audit.retention()),
                withoutExamples(all.service()),
                all.alerts().withReminder(AlertSettings.DEFAULT.reminder()),
                new MailSettings(
                        mail.host(),
                        OptionalInt.empty(),
                        mail.security(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        mail.connectTimeout(),
                        mail.readTimeout(),
                        mail.writeTimeout()),
                new WebhookSettings(
                        Optional.empty(),
                        WebhookSettings.DEFAULT.secret(),
                        webhook.paths(),
                        Optional.empty(),
                        webhook.connectTimeout(),
                        webhook.timeout()),
                all.log());
    }

    private static ServiceSettings withoutExamples(ServiceSettings service) {
        ScheduleSettings schedule = service.defaults();
        ScheduleSettings builtIn = ScheduleSettings.DEFAULT;
        return new ServiceSettings(
                new ScheduleSettings(
                        // set times take the place of an interval
                        schedule.cron().isPresent() ? builtIn.every() : schedule.every(),
                        builtIn.cron(),
                        builtIn.zone(),
                        schedule.jitter(),
                        schedule.deadline()),
                service.roots(),
                service.concurrentScans(),
                new PaceSettings(
                        ServiceSettings.DEFAULT.pace().rate(), service.pace().pressure()),
                service.socket(),
                ServiceSettings.DEFAULT.heartbeatUrl(),
                ServiceSettings.DEFAULT.heartbeatFile());
    }

    private static List<String> expected(String file) {
        var refused = assertThrows(ConfigException.class, () -> read(List.of(file)));
        return List.of(
                refused.getMessage().replaceFirst(".*expected one of ", "").split(", "));
    }

    private static List<String> uncommented(int from, int to) throws IOException {
        List<String> lines = new ArrayList<>(lines());
        for (int i = from; i < to; i++) {
            lines.set(i, lines.get(i).replaceFirst("^#", ""));
        }
        return lines;
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(FILE);
    }

    private static Settings read(List<String> lines) throws ConfigException {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return new ConfigFile(path -> State.DIRECTORY, Accounts.ANY).parse(bytes, "audit.toml");
    }
}
