package docrootaudit.server;

import static docrootaudit.server.Passwords.Answer.RIGHT;
import static docrootaudit.server.Passwords.Answer.UNKNOWN;
import static docrootaudit.server.Passwords.Answer.WRONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.server.Passwords.Dialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final String FORTY_THREE = "...........................................";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/",
                "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
                "abNANd1rDfiNc",
                "$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1",
                "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA",
                "$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1",
                "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a"
            })
    void both_servers_know_these(String stored) {
        for (Dialect dialect : Dialect.values()) {
            assertEquals(RIGHT, Passwords.check(dialect, "secret", stored));
            assertEquals(WRONG, Passwords.check(dialect, "Secret", stored));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{PLAIN}secret", "{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0"})
    void only_nginx_knows_these(String stored) {
        assertEquals(RIGHT, Passwords.check(Dialect.NGINX, "secret", stored));
        assertEquals(WRONG, Passwords.check(Dialect.NGINX, "x", stored));
        assertEquals(WRONG, Passwords.check(Dialect.APACHE, "secret", stored));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "", "{SSHA}x", "{SSHA}", "$apr1$", "{SHA}", "*", "!", "$1$", "$5$", "$6$"})
    void what_is_no_hash_is_never_right(String stored) {
        assertEquals(WRONG, Passwords.check(Dialect.NGINX, "secret", stored));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$y$j9T$x$y",
                "$7$x",
                "$gy$x",
                "$6$rounds=999999999$a$" + FORTY_THREE + FORTY_THREE,
                "$2y$31$" + FORTY_THREE + "..........",
                "$1$\u00e9$......................",
                "_J9..rasmBYk8r9AiWNc"
            })
    void what_is_not_computed_here_is_not_known(String stored) {
        assertEquals(UNKNOWN, Passwords.check(Dialect.NGINX, "secret", stored));
    }
}
