package docrootaudit.server.log;

import java.util.Locale;
import java.util.Optional;

/** What kind of log a file is: by its lines, whatever its name. */
public enum LogKind {
    NGINX_ERROR("nginx error log"),
    APACHE_ERROR("Apache error log"),
    MODSECURITY("ModSecurity audit log"),
    MODSECURITY_JSON("ModSecurity audit log (JSON)"),
    KERNEL("kernel audit log"),
    ACCESS("access log");

    private final String title;

    LogKind(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** For documents: {@code nginx-error}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What a file turned out to be.
     *
     * @param kind of log
     * @param format of an access log
     */
    public record Recognised(LogKind kind, Optional<AccessFormat> format) {
        /** For people. */
        public String title() {
            return kind.title() + format.map(f -> " (" + f.name() + ")").orElse("");
        }

        /** What reads such a file. */
        public LogParser parser(LogReading reading) {
            return switch (kind) {
                case NGINX_ERROR -> new NginxErrorLog(reading.zone());
                case APACHE_ERROR -> new ApacheErrorLog(reading.zone(), reading.errorFormats());
                case MODSECURITY -> new ModSecurityLog();
                case MODSECURITY_JSON -> new ModSecurityJson(reading.zone());
                case KERNEL -> new KernelLog();
                case ACCESS -> new AccessLog(format.orElseThrow(), reading.formats());
            };
        }
    }
}
