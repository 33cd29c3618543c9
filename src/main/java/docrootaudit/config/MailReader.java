package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.alert.MailSettings;
import docrootaudit.alert.MailSettings.Login;
import docrootaudit.alert.MailSettings.Security;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads {@code [mail]}. */
final class MailReader {
    private static final String LOGIN = "{user = \"…\", password-file = \"/…\"}";
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]+");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|::1");

    private MailReader() {}

    static MailSettings read(Section section) {
        MailSettings builtIn = MailSettings.DEFAULT;
        String host = section.text("host").filter(text -> isHost(section, text)).orElse(builtIn.host());
        OptionalInt port = section.number("port", 1, 65_535);
        Security security = section.choice("security", List.of(Security.values()), Security::word)
                .orElse(builtIn.security());
        Optional<Login> login = section.section("login").flatMap(MailReader::login);
        boolean readable = security == Security.NONE && !LOOPBACK.matcher(host).matches();
        if (login.isPresent() && readable) {
            section.problem(
                    "login",
                    "\"login\" would show the password to the network on the way to " + quote(host)
                            + "; expected security = \"starttls\" or \"tls\" with it");
        }
        MailSettings settings = new MailSettings(
                host,
                port,
                security,
                login,
                address(section, "from"),
                address(section, "reply-to"),
                address(section, "envelope-sender"),
                section.path("ca-file").map(NativePath::of),
                timeout(section, "connect-timeout").orElse(builtIn.connectTimeout()),
                timeout(section, "read-timeout").orElse(builtIn.readTimeout()),
                timeout(section, "write-timeout").orElse(builtIn.writeTimeout()));
        SecretReader.refuse(section, "password", "login = " + LOGIN);
        section.rejectOthers();
        return settings;
    }

    private static Optional<Login> login(Section section) {
        Optional<String> user = section.text("user");
        if (!section.has("user")) {
            section.problem("\"user\" is missing in the login; expected " + LOGIN);
        }
        var password = SecretReader.read(section, "password");
        if (password.isEmpty() && !section.has("password-file") && !section.has("password-credential")) {
            section.problem("\"password-file\" or \"password-credential\" is missing in the login; expected " + LOGIN);
        }
        SecretReader.refuse(section, "password", "password-file = \"/…\" or password-credential = \"…\"");
        section.rejectOthers();
        return user.flatMap(name -> password.map(secret -> new Login(name, secret)));
    }

    private static boolean isHost(Section section, String text) {
        boolean host = HOST.matcher(text).matches();
        if (!host) {
            section.problem(
                    "host",
                    "\"host\" is no name of a host: " + quote(text) + "; expected one such as"
                            + " \"mail.example.org\"");
        }
        return host;
    }

    private static Optional<String> address(Section section, String key) {
        Optional<String> text = section.text(key);
        if (text.isPresent() && !MailSettings.isAddress(text.get())) {
            section.problem(
                    key,
                    '"' + key + "\" is no address: " + quote(text.get())
                            + "; expected one such as \"audit@example.org\", without a name");
            return Optional.empty();
        }
        return text;
    }

    private static Optional<Duration> timeout(Section section, String key) {
        return section.duration(key, Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
