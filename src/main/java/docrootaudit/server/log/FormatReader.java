package docrootaudit.server.log;

import docrootaudit.server.log.AccessFormat.End;
import docrootaudit.server.log.AccessFormat.Field;
import docrootaudit.server.log.AccessFormat.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the formats that nginx's {@code log_format} (ngx_http_log_module) and Apache's {@code LogFormat}
 * (mod_log_config) are given, as they stand in the configuration, without the quotes around them.
 */
public final class FormatReader {
    private static final Pattern NGINX = Pattern.compile("\\$(?:\\{(?<braced>\\w+)\\}|(?<plain>\\w+))");
    private static final Pattern APACHE = Pattern.compile(
            "%(?:(?<percent>%)|[!0-9,]*(?<which>[<>]?)(?:\\{(?<name>[^}]*)\\})?[<>]?(?<letter>\\^t[io]|[a-zA-Z]))");

    private FormatReader() {}

    /** A format that is none, with what is wrong with it. */
    public static final class FormatException extends Exception {
        private static final long serialVersionUID = 1L;

        FormatException(String problem) {
            super(problem);
        }
    }

    /**
     * Reads a format of either server.
     *
     * @throws FormatException with a clause that says what is missing in it
     */
    public static AccessFormat read(String format) throws FormatException {
        Scanner scanner = NGINX.matcher(format).find()
                ? new Scanner(NGINX, format, (to, found) -> nginx(to, found, format))
                : apache(format);
        Optional<String> problem = scanner.parts().isEmpty()
                ? Optional.of("it names no field, as $status and %>s are")
                : AccessFormat.problem(scanner.parts());
        if (problem.isPresent()) {
            throw new FormatException(problem.get());
        }
        return new AccessFormat("as configured", scanner.before(), scanner.parts(), End.CLOSED);
    }

    /** One of Apache's own, open at its end. */
    static AccessFormat usual(String name, String format) {
        Scanner scanner = apache(format);
        return new AccessFormat(name, scanner.before(), scanner.parts(), End.OPEN);
    }

    private static Scanner apache(String format) {
        // as quoted in a configuration
        String text = format.replace("\\\"", "\"").replace("\\t", "\t").replace("\\\\", "\\");
        return new Scanner(APACHE, text, (to, found) -> apache(to, found, text));
    }

    private static void nginx(Scanner to, Matcher found, String format) {
        String braced = found.group("braced");
        to.add(nginx(braced != null ? braced : found.group("plain"), format));
    }

    private static void apache(Scanner to, Matcher found, String format) {
        String name = found.group("name") == null ? "" : found.group("name");
        if (found.group("percent") != null) {
            to.text("%");
        } else if (found.group("letter").equals("t") && name.isEmpty()) {
            to.text("[");
            to.add(Field.COMMON_TIME);
            to.text("]");
        } else {
            to.add(apacheField(found.group("letter"), name, found.group("which"), format));
        }
    }

    private static Field nginx(String name, String format) {
        return switch (name) {
            case "remote_addr" -> Field.CLIENT;
            // who stands behind a proxy: only where nothing better is logged, for a visitor can write it too
            case "http_x_forwarded_for", "http_x_real_ip", "http_cf_connecting_ip" ->
                format.contains("remote_addr") ? Field.OTHER : Field.CLIENT;
            case "time_local" -> Field.COMMON_TIME;
            case "time_iso8601" -> Field.ISO_TIME;
            case "msec" -> Field.SECONDS;
            case "request" -> Field.REQUEST;
            case "request_uri", "uri", "document_uri" -> Field.TARGET;
            case "status" -> Field.STATUS;
            case "request_method" -> Field.METHOD;
            case "http_user_agent" -> Field.AGENT;
            case "http_referer" -> Field.REFERRER;
            case "server_port" -> Field.PORT;
            case "host", "server_name", "http_host" -> Field.SITE;
            default -> Field.OTHER;
        };
    }

    private static Field apacheField(String letter, String name, String which, String format) {
        return switch (letter) {
            case "h", "a" -> name.isEmpty() ? Field.CLIENT : Field.OTHER;
            case "r" -> Field.REQUEST;
            case "U" -> Field.TARGET;
            // without the sign it is the first status of an internal redirect
            case "s" -> which.equals(">") || !format.contains("%>s") ? Field.STATUS : Field.OTHER;
            case "v", "V" -> Field.SITE;
            case "p" -> Field.PORT;
            case "t" -> time(name.replaceFirst("^(begin|end):", ""));
            case "m" -> Field.METHOD;
            case "i" ->
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "user-agent" -> Field.AGENT;
                    case "referer" -> Field.REFERRER;
                    case "host" -> Field.SITE;
                    default -> Field.OTHER;
                };
            default -> Field.OTHER;
        };
    }

    /** Of what strftime(3) can write, what people have it write. */
    private static Field time(String name) {
        return switch (name.replace("%H:%M:%S", "%T").replace("%Y-%m-%d", "%F")) {
            case "sec", "%s" -> Field.SECONDS;
            case "msec" -> Field.MILLISECONDS;
            case "%d/%b/%Y:%T %z" -> Field.COMMON_TIME;
            case "%FT%T%z" -> Field.ISO_TIME;
            default -> Field.OTHER;
        };
    }

    /** Goes through a format: text and fields by turns. */
    private static final class Scanner {
        private final StringBuilder before = new StringBuilder();
        private final List<Part> parts = new ArrayList<>();

        Scanner(Pattern pattern, String format, BiConsumer<Scanner, Matcher> field) {
            Matcher fields = pattern.matcher(format);
            int at = 0;
            while (fields.find()) {
                text(format.substring(at, fields.start()));
                field.accept(this, fields);
                at = fields.end();
            }
            text(format.substring(at));
        }

        void text(String text) {
            if (parts.isEmpty()) {
                before.append(text);
            } else {
                Part last = parts.remove(parts.size() - 1);
                parts.add(new Part(last.field(), last.behind() + text));
            }
        }

        /**
         * Two fields with nothing between them are one of which nothing is known, unless the first has a known length, or
         * the second can only be the query of the first.
         */
        void add(Field field) {
            int last = parts.size() - 1;
            boolean isBounded = last < 0 || !parts.get(last).behind().isEmpty();
            if (isBounded || parts.get(last).field() == Field.STATUS) {
                parts.add(new Part(field, ""));
            } else if (parts.get(last).field() != Field.TARGET || field != Field.OTHER) {
                parts.set(last, new Part(Field.OTHER, ""));
            }
        }

        List<Part> parts() {
            return parts;
        }

        String before() {
            return before.toString();
        }
    }
}
