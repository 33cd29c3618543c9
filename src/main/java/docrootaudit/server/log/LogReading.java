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
 */
public record LogReading(ZoneId zone, List<AccessFormat> formats) {
    public LogReading {
        formats = List.copyOf(formats);
    }

    /** With the servers' own formats behind those that are given. */
    public static LogReading with(ZoneId zone, List<AccessFormat> configured) {
        List<AccessFormat> formats = new ArrayList<>(configured);
        formats.addAll(AccessFormat.usual());
        return new LogReading(zone, formats);
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
        return formats.stream()
                .filter(f -> f.read(line).isPresent())
                .findFirst()
                .map(f -> new Recognised(LogKind.ACCESS, Optional.of(f)));
    }

    private static Optional<Recognised> kind(LogKind kind) {
        return Optional.of(new Recognised(kind, Optional.empty()));
    }
}
