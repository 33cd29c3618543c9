package docrootaudit.server.log;

import docrootaudit.server.log.LogKind.Recognised;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of logs beside their lines.
 *
 * @param zone of the times that have none: the server's
 * @param formats of access logs, those that are tried first first
 * @param errorFormats of Apache's error logs, beside the usual one
 */
public record LogReading(ZoneId zone, List<AccessFormat> formats, List<ErrorFormat> errorFormats) {
    public LogReading {
        formats = List.copyOf(formats);
        errorFormats = List.copyOf(errorFormats);
    }

    /** By the servers' own formats alone. */
    public static LogReading usual(ZoneId zone) {
        return new LogReading(zone, AccessFormat.usual(), List.of());
    }

    /** With formats that are tried before these. */
    public LogReading trying(List<AccessFormat> first, List<ErrorFormat> errors) {
        List<AccessFormat> all = new ArrayList<>(first);
        all.addAll(formats);
        List<ErrorFormat> allErrors = new ArrayList<>(errors);
        allErrors.addAll(errorFormats);
        return new LogReading(zone, all, allErrors);
    }

    /** What most of these lines are; empty if no line is known. */
    public Optional<Recognised> recognise(List<String> lines) {
        Map<Recognised, Integer> votes = new LinkedHashMap<>();
        for (String line : lines) {
            recognise(line).ifPresent(r -> votes.merge(r, 1, Integer::sum));
        }
        if (votes.isEmpty()) {
            // an Apache error log in a format of its own; others may hold such words of a visitor's
            return lines.stream().anyMatch(l -> ApacheErrorLog.number(l) >= 0)
                    ? kind(LogKind.APACHE_ERROR)
                    : Optional.empty();
        }
        return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private Optional<Recognised> recognise(String line) {
        if (NginxErrorLog.begins(line)) {
            return kind(LogKind.NGINX_ERROR);
        } else if (ApacheErrorLog.begins(line)) {
            return kind(LogKind.APACHE_ERROR);
        } else if (ModSecurityLog.begins(line)) {
            return kind(LogKind.MODSECURITY);
        } else if (ModSecurityJson.begins(line)) {
            return kind(LogKind.MODSECURITY_JSON);
        } else if (KernelLog.begins(line)) {
            return kind(LogKind.KERNEL);
        }
        if (errorFormats.stream().anyMatch(f -> f.line(line, zone).isPresent())) {
            return kind(LogKind.APACHE_ERROR);
        }
        return formats.stream()
                .filter(f -> f.read(line).isPresent())
                .findFirst()
                .map(f -> new Recognised(LogKind.ACCESS, Optional.of(f)));
    }

    private static Optional<Recognised> kind(LogKind kind) {
        return Optional.of(new Recognised(kind, Optional.empty()));
    }
}
