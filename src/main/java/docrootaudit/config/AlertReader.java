package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.access.PathBytes;
import docrootaudit.alert.AlertSettings;
import docrootaudit.alert.AlertSettings.Damping;
import docrootaudit.alert.AlertSettings.Recovered;
import docrootaudit.alert.Watch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code [alerts]}, and who is told of which root. */
final class AlertReader {
    /** What a mail server can be asked to take, and a header can hold, without quoting. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(@[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?)?");

    private static final Duration DAY = Duration.ofDays(1);

    private final Problems problems;
    private final Map<PathBytes, List<String>> owners = new HashMap<>();

    AlertReader(Problems problems) {
        this.problems = problems;
    }

    /** Who is told of roots that do not say. */
    List<String> defaults(Section defaults) {
        return addresses(defaults, "to").orElse(List.of());
    }

    /** Who is told of one root. */
    void owner(Section root, Optional<PathBytes> path, List<String> inherited) {
        List<String> to = addresses(root, "to").orElse(inherited);
        if (!to.isEmpty()) {
            path.ifPresent(p -> owners.put(p.withoutDots(), to));
        }
    }

    AlertSettings read(Section top) {
        AlertSettings builtIn = AlertSettings.DEFAULT;
        Optional<Section> section = top.section("alerts");
        AlertSettings settings = section.map(s -> read(s, builtIn)).orElse(builtIn);
        section.ifPresent(s -> s.rejectOthers(top.asked(), "at the top of the file"));
        return settings.withOwners(owners);
    }

    private AlertSettings read(Section section, AlertSettings builtIn) {
        Damping damping = builtIn.damping();
        int changes = section.number("flapping-changes", 2, Watch.CHANGES).orElse(damping.changes());
        int scans = section.number("flapping-scans", 2, Watch.CHANGES).orElse(damping.scans());
        int calm = section.number("flapping-calm", 1, Watch.CHANGES).orElse(damping.calm());
        if (changes > scans) {
            section.problem(
                    section.has("flapping-changes") ? "flapping-changes" : "flapping-scans",
                    "\"flapping-changes\" is " + changes + " and \"flapping-scans\" " + scans
                            + ": a scan sees one change at most; expected no more changes than scans");
        }
        return new AlertSettings(
                addresses(section, "to").orElse(builtIn.to()),
                Map.of(),
                section.duration("hold", Duration.ZERO, DAY).orElse(builtIn.hold()),
                section.flag("recovered")
                        .map(on -> on ? Recovered.TOLD : Recovered.UNTOLD)
                        .orElse(builtIn.recovered()),
                section.duration("reminder", Duration.ofHours(1), Duration.ofDays(365)),
                new Damping(changes, scans, calm),
                section.number("limit", 1, 1000).orElse(builtIn.limit()),
                section.duration("give-up", Duration.ofHours(1), Duration.ofDays(365))
                        .orElse(builtIn.patience()));
    }

    private Optional<List<String>> addresses(Section section, String key) {
        Optional<List<String>> addresses = section.list(key, "mail addresses", (value, line) -> {
            if (!(value instanceof String text) || !ADDRESS.matcher(text).matches()) {
                String what = value instanceof String text ? quote(text) : Kinds.of(value);
                problems.add(
                        line,
                        "\"" + key + "\" holds no mail address: " + what
                                + "; expected one such as \"web@example.org\" or \"root\"");
                return Optional.empty();
            }
            return Optional.of(text);
        });
        return addresses;
    }
}
