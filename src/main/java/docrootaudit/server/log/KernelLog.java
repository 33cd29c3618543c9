package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What SELinux and AppArmor denied a web server: {@code AVC} records of {@code audit.log}, of {@code kern.log} and of the
 * system's log ({@code security/lsm_audit.c}). Names that a user chose are hexadecimal there
 * (audit_log_untrustedstring), so no record can be forged by one.
 */
final class KernelLog implements LogParser {
    private static final Set<String> PROGRAMS = Set.of("nginx", "apache2", "httpd");
    private static final Set<String> DOMAINS = Set.of("httpd_t", "nginx_t", "httpd_sys_script_t", "httpd_php_t");

    /** Whether a line is an audit record. */
    static boolean begins(String line) {
        return line.contains(" audit: type=") || (line.startsWith("type=") && line.contains(" msg=audit("));
    }

    @Override
    public void line(String line, Consumer<LogEvent> to) {
        int stamp = line.indexOf("audit(");
        if (stamp < 0) {
            return;
        }
        boolean selinux = line.indexOf("avc:  denied ", stamp) > 0
                && !value(line, "permissive").equals("1");
        boolean apparmor = line.indexOf("apparmor=\"DENIED\"", stamp) > 0;
        if ((selinux || apparmor) && isWebServer(line)) {
            int colon = line.indexOf(':', stamp);
            OptionalLong second = colon < 0
                    ? OptionalLong.empty()
                    : LogTimes.seconds(line.substring(stamp + "audit(".length(), colon));
            to.accept(new LogEvent.Refused(
                    second,
                    LogEvent.Visitor.UNKNOWN,
                    "",
                    Optional.empty(),
                    new LogEvent.What(
                            Symptom.LSM,
                            selinux ? "SELinux" : "AppArmor",
                            selinux ? selinuxText(line) : apparmorText(line),
                            name(line),
                            OptionalInt.empty()),
                    LogEvent.Certainty.REFUSED));
        }
    }

    private static boolean isWebServer(String line) {
        String program = string(line, "comm");
        String[] context = value(line, "scontext").split(":", 4);
        return PROGRAMS.contains(program)
                || program.startsWith("php-fpm")
                || (context.length > 2 && DOMAINS.contains(context[2]));
    }

    private static String selinuxText(String line) {
        int open = line.indexOf("{ ");
        int close = line.indexOf(" }", open);
        String what = open > 0 && close >= open + 2 ? line.substring(open + 2, close) : "access";
        return what + " of " + value(line, "tcontext") + " (" + value(line, "tclass") + ") denied to "
                + value(line, "scontext");
    }

    private static String apparmorText(String line) {
        return "operation " + string(line, "operation") + " denied by the profile " + string(line, "profile");
    }

    private static Optional<PathBytes> name(String line) {
        String path = string(line, "path");
        String name = path.isEmpty() ? string(line, "name") : path;
        return name.isEmpty() ? Optional.empty() : Optional.of(ByteText.path(name));
    }

    /** A field in quotes, or in hexadecimal digits without. */
    private static String string(String line, String key) {
        String value = value(line, key);
        if (value.startsWith("\"")) {
            int end = value.indexOf('"', 1);
            return end < 0 ? "" : value.substring(1, end);
        }
        try {
            return new String(HexFormat.of().parseHex(value), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** What stands behind {@code key=}, up to a blank outside of quotes. */
    private static String value(String line, String key) {
        int found = line.indexOf(" " + key + "=");
        if (found < 0) {
            return "";
        }
        int start = found + key.length() + 2;
        int from = start < line.length() && line.charAt(start) == '"' ? line.indexOf('"', start + 1) : start;
        int end = from < 0 ? -1 : line.indexOf(' ', from);
        return line.substring(start, end < 0 ? line.length() : end);
    }
}
