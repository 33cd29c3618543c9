package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertSettings;
import docrootaudit.alert.MailSettings;
import docrootaudit.alert.WebhookSettings;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.audit.LogSettings;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.RootSettings;
import docrootaudit.daemon.ScheduleSettings;
import docrootaudit.daemon.ServiceSettings;
import docrootaudit.daemon.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the file's top level, and each root with what it inherits. */
final class SettingsReader {
    private static final String EXAMPLE = "[[root]] with path = \"/srv/www\"";
    private static final String AUTO = "auto";
    private static final String TOP = "above [defaults] and every [[root]]";

    private final Directories directories;
    private final Accounts accounts;
    private final Problems problems;
    private final RulesReader rules;
    private final AlertReader alerts;

    SettingsReader(Directories directories, Accounts accounts, Problems problems) {
        this.directories = directories;
        this.accounts = accounts;
        this.problems = problems;
        this.rules = new RulesReader(accounts, problems);
        this.alerts = new AlertReader(problems);
    }

    Settings read(Section top) {
        AuditSettings builtIn = AuditSettings.DEFAULT;
        IdentitySettings identity = identity(top);
        Optional<Path> store = store(top);
        OptionalInt threads = top.number("threads", 1, 256);
        Duration retention = top.duration("retention", Duration.ofDays(1), Duration.ofDays(36_500))
                .orElse(builtIn.retention());
        AuditSettings.Choice choice = choice(top);
        Optional<Section> inherited = top.section("defaults");
        RootRules usual = choice == AuditSettings.Choice.AUTO
                ? builtIn.defaults().asking(RootRules.Servers.ASKED)
                : builtIn.defaults();
        RootRules defaults =
                inherited.map(section -> rules.read(section, usual)).orElse(usual);
        ScheduleSettings schedule = inherited
                .map(section -> ScheduleReader.read(section, ScheduleSettings.DEFAULT))
                .orElse(ScheduleSettings.DEFAULT);
        List<String> told = inherited.map(alerts::defaults).orElse(List.of());
        inherited.ifPresent(section -> section.rejectOthers(top.asked(), TOP));
        Map<PathBytes, ScheduleSettings> schedules = new HashMap<>();
        List<RootSettings> roots = roots(top, identity, defaults, schedule, schedules, told);
        AlertSettings alerted = alerts.read(top);
        MailSettings mail = top.section("mail").map(MailReader::read).orElse(MailSettings.DEFAULT);
        WebhookSettings webhook =
                top.section("webhook").map(WebhookReader::read).orElse(WebhookSettings.DEFAULT);
        LogSettings log = top.section("log").map(LogReader::read).orElse(LogSettings.DEFAULT);
        Set<String> shared = new HashSet<>(rules.keys());
        shared.addAll(ScheduleReader.keys());
        ServiceSettings service =
                DaemonReader.read(top.section("daemon"), schedule, schedules, shared, "in [defaults] or in a [[root]]");
        top.rejectOthers(shared, "in [defaults] or in a [[root]]");
        return new Settings(
                new AuditSettings(identity, defaults, choice, roots, store, threads, retention),
                service,
                alerted,
                mail,
                webhook,
                log);
    }

    /** Those that are named stand in tables of their own. */
    private static AuditSettings.Choice choice(Section top) {
        if (top.says("roots", AUTO)) {
            return AuditSettings.Choice.AUTO;
        }
        if (top.has("roots")) {
            top.problem("roots", "\"roots\" is not \"auto\"; expected that, or " + EXAMPLE);
        }
        return AuditSettings.Choice.NAMED;
    }

    private List<RootSettings> roots(
            Section top,
            IdentitySettings general,
            RootRules defaults,
            ScheduleSettings schedule,
            Map<PathBytes, ScheduleSettings> schedules,
            List<String> told) {
        List<RootSettings> roots = new ArrayList<>();
        Map<List<PathBytes>, Integer> seen = new HashMap<>();
        for (Section section : top.sections("root", EXAMPLE)) {
            Optional<PathBytes> path = section.path("path");
            if (!section.has("path")) {
                problems.addMissing(section.line(), "\"path\" is missing in a root; expected " + EXAMPLE);
            }
            path.ifPresent(p -> check(p, section, seen));
            IdentitySettings identity = identity(section).or(general);
            RootRules own = rules.read(section, defaults);
            ScheduleSettings ownSchedule = ScheduleReader.read(section, schedule);
            alerts.owner(section, path, told);
            path.ifPresent(p -> {
                RootSettings root = new RootSettings(p, identity, own);
                roots.add(root);
                schedules.put(root.path(), ownSchedule);
            });
            section.rejectOthers(top.asked(), TOP);
        }
        return roots;
    }

    private void check(PathBytes path, Section section, Map<List<PathBytes>, Integer> seen) {
        int line = section.line("path");
        String quoted = quote(path.utf8().orElseThrow());
        Integer before = seen.putIfAbsent(path.names(), line);
        if (before != null) {
            problems.add(line, "root " + quoted + " is the one of line " + before + "; expected each root once");
            return;
        }
        switch (directories.of(path)) {
            case MISSING -> problems.add(line, "root " + quoted + " does not exist; expected a directory");
            case NOT_A_DIRECTORY -> problems.add(line, "root " + quoted + " is no directory; expected one");
            case DIRECTORY, HIDDEN -> {}
        }
    }

    private Optional<Path> store(Section top) {
        Optional<PathBytes> store = top.path("store");
        if (store.isPresent() && store.get().utf8().orElseThrow().indexOf(';') >= 0) {
            top.problem(
                    "store",
                    "\"store\" holds a semicolon, which the database would read as options;"
                            + " expected a path without");
            return Optional.empty();
        }
        return store.map(NativePath::of);
    }

    private IdentitySettings identity(Section section) {
        IdentitySettings identity =
                new IdentitySettings(section.account("user"), section.account("group"), section.accounts("groups"));
        accounts.check(section, "user", identity.user());
        accounts.checkGroups(section, "group", identity.group().stream().toList());
        accounts.checkGroups(section, "groups", identity.groups().orElse(List.of()));
        return identity;
    }
}
