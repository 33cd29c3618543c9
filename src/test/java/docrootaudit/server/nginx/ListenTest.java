package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.server.Answer.Outcome;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server takes a connection. */
class ListenTest {
    private static final String SERVERS = """
            http {
            server { listen 80; server_name a; return 410; }
            server { listen 10.0.0.1:80; server_name a; return 411; }
            server { listen [::]:80; return 412; }
            server { listen [2001:db8::1]:80 default_server; return 413; }
            server { listen [::]:81 ipv6only=off; return 414; }
            server { listen 8000-8002; return 415; }
            server { listen 10.0.0.2; return 416; }
            server { listen localhost:82; return 417; }
            server { listen unix:/run/x.sock; return 418; }
            server { listen some.host.example:83; return 419; }
            }
            """;

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,    80,   411",
        "10.0.0.2,    80,   416",
        "10.0.0.3,    80,   410",
        "2001:db8::1, 80,   413",
        "2001:db8::2, 80,   412",
        "10.0.0.1,    81,   414",
        "::1,         81,   414",
        "10.0.0.1,    8001, 415",
        "10.0.0.1,    8003, 0",
        "127.0.0.1,   82,   417",
        "10.0.0.1,    82,   0",
        "10.0.0.1,    83,   419"
    })
    void the_address_decides_first(String to, int port, int status) {
        var request = Asked.of("GET / | to " + to, "x").request(port);

        var answer = MapFiles.of(SERVERS).nginx().answer(request, new DrawnTree("/x"), Set.of());

        assertEquals(new Outcome.Status(status), answer.outcome());
    }
}
