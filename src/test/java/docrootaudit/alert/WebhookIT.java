package docrootaudit.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import docrootaudit.DrippingServer;
import docrootaudit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notices as a real HTTPS server gets them. */
class WebhookIT {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Notice NOTICE = new Notice("<one@web1>", NOW, "{\"kind\":\"alert\",\"größe\":1}");

    @TempDir
    static Path temp;

    private static TestAuthority authority;

    private HttpsServer server;
    private final List<HttpExchange> got = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();

    @BeforeAll
    static void certificates() throws Exception {
        authority = new TestAuthority(temp.resolve("authority"));
        authority.issue("good", "localhost");
        authority.issue("other", "hooks.example.org");
        authority.issueExpired("expired", "localhost");
        secret("topsecret\n", "rw-------");
    }

    @BeforeEach
    void start() throws Exception {
        server = serving("good");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_notice_arrives_signed_with_the_time_of_the_try() throws Exception {
        answering(204);

        Delivery delivery = webhook(server).deliver(NOTICE);

        assertEquals(new Delivery.Taken("https://localhost:" + port(server) + ": HTTP 204"), delivery);
        HttpExchange exchange = got.get(0);
        assertEquals("POST", exchange.getRequestMethod());
        assertEquals("/hook", exchange.getRequestURI().getPath());
        assertEquals("application/json", exchange.getRequestHeaders().getFirst("Content-Type"));
        assertEquals("<one@web1>", exchange.getRequestHeaders().getFirst("webhook-id"));
        assertEquals("1795608000", exchange.getRequestHeaders().getFirst("webhook-timestamp"));
        assertEquals(NOTICE.json(), bodies.get(0));
        assertEquals(
                "v1," + hmac("topsecret".getBytes(UTF_8), "<one@web1>.1795608000." + NOTICE.json()),
                exchange.getRequestHeaders().getFirst("webhook-signature"));
    }

    @Test
    void a_secret_in_the_form_of_Standard_Webhooks_is_decoded() throws Exception {
        answering(200);
        secret("whsec_" + Base64.getEncoder().encodeToString("key".getBytes(UTF_8)) + "\n", "rw-------");

        webhook(server).deliver(NOTICE);

        secret("topsecret\n", "rw-------");
        assertEquals(
                "v1," + hmac("key".getBytes(UTF_8), "<one@web1>.1795608000." + NOTICE.json()),
                got.get(0).getRequestHeaders().getFirst("webhook-signature"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, Never",
        "401, Never",
        "404, Never",
        "410, Never",
        "413, Never",
        "408, Later",
        "425, Later",
        "429, Later",
        "500, Later",
        "503, Later"
    })
    void a_status_that_is_no_success(int status, String kind) {
        answering(status);

        Delivery delivery = webhook(server).deliver(NOTICE);

        assertEquals(kind, delivery.getClass().getSimpleName());
        assertEquals("https://localhost:" + port(server) + ": HTTP " + status, delivery.answer());
    }

    @Test
    void a_redirect_is_not_followed() {
        server.createContext("/hook", exchange -> {
            got.add(exchange);
            exchange.getResponseHeaders().add("Location", "https://localhost:" + port(server) + "/other");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.createContext("/other", exchange -> got.add(exchange));

        Delivery delivery = webhook(server).deliver(NOTICE);

        assertTrue(later(delivery).endsWith("HTTP 307, a redirect, which is not followed"), delivery.answer());
        assertEquals(1, got.size());
    }

    @Test
    void an_answer_without_an_end_holds_nobody_up() {
        CountDownLatch done = new CountDownLatch(1);
        server.createContext("/hook", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });

        assertInstanceOf(Delivery.Taken.class, webhook(server).deliver(NOTICE));
        done.countDown();
    }

    @Test
    void a_server_that_says_nothing_is_left_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            WebhookSettings settings = new WebhookSettings(
                    Optional.of(URI.create("http://localhost:" + silent.getLocalPort() + "/hook")),
                    new Secret.InFile(temp.resolve("secret")),
                    WebhookSettings.Paths.NONE,
                    Optional.empty(),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(300));

            assertEquals(
                    "http://localhost:" + silent.getLocalPort() + ": no answer in time",
                    later(new Webhook(settings, Map.of(), clock()).deliver(NOTICE)));
        }
    }

    @Test
    void a_server_that_says_a_little_now_and_then_is_left_in_time() throws Exception {
        Map<String, DrippingServer.Beginning> beginnings =
                Map.of("http", DrippingServer.saying("HTTP/1.1 200 OK\r\nX: "), "https", DrippingServer::tls);
        for (Map.Entry<String, DrippingServer.Beginning> each : beginnings.entrySet()) {
            try (DrippingServer dripping = new DrippingServer(each.getValue())) {
                String place = each.getKey() + "://localhost:" + dripping.port();
                WebhookSettings settings = new WebhookSettings(
                        Optional.of(URI.create(place + "/hook")),
                        new Secret.InFile(temp.resolve("secret")),
                        WebhookSettings.Paths.NONE,
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1));

                assertEquals(
                        place + ": no answer in time", later(new Webhook(settings, Map.of(), clock()).deliver(NOTICE)));
                dripping.left();
            }
        }
    }

    @Test
    void a_server_that_is_down_is_tried_again() {
        server.stop(0);

        assertTrue(later(webhook(server).deliver(NOTICE)).startsWith("https://localhost:" + port(server) + ": "));
    }

    @Test
    void a_bad_certificate_gets_no_notice_and_is_told_with_its_host() throws Exception {
        HttpsServer other = serving("other");
        HttpsServer expired = serving("expired");
        try {
            assertEquals(
                    "https://localhost:" + port(other)
                            + ": its certificate is for another name (No subject alternative DNS name matching localhost"
                            + " found.)",
                    later(webhook(other).deliver(NOTICE)));
            String answer = later(webhook(expired).deliver(NOTICE));
            assertTrue(answer.contains(": its certificate has expired (NotAfter: "), answer);
            assertEquals(
                    "https://localhost:" + port(server)
                            + ": its certificate is signed by no authority that is trusted here (ca-file can name one)",
                    later(new Webhook(settings(server, Optional.empty()), Map.of(), clock()).deliver(NOTICE)));
        } finally {
            other.stop(0);
            expired.stop(0);
        }
    }

    @Test
    void a_secret_that_others_can_read_signs_nothing() throws Exception {
        answering(200);
        Path file = secret("topsecret\n", "rw-r--r--");

        String answer = later(webhook(server).deliver(NOTICE));

        secret("topsecret\n", "rw-------");
        assertTrue(answer.startsWith(file + " is rw-r--r--"), answer);
        assertEquals(List.of(), got);
    }

    private void answering(int status) {
        server.createContext("/hook", exchange -> {
            got.add(exchange);
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private static HttpsServer serving(String certificate) throws Exception {
        HttpsServer serving = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serving.setHttpsConfigurator(new HttpsConfigurator(authority.server(certificate)));
        serving.start();
        return serving;
    }

    private static Webhook webhook(HttpServer server) {
        return new Webhook(settings(server, Optional.of(authority.pem())), Map.of(), clock());
    }

    private static WebhookSettings settings(HttpServer server, Optional<Path> trust) {
        return new WebhookSettings(
                Optional.of(URI.create("https://localhost:" + port(server) + "/hook?token=1")),
                new Secret.InFile(temp.resolve("secret")),
                WebhookSettings.Paths.NONE,
                trust,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }

    private static Path secret(String text, String permissions) throws IOException {
        Path file = Files.writeString(temp.resolve("secret"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    }

    private static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    private static String later(Delivery delivery) {
        return assertInstanceOf(Delivery.Later.class, delivery).answer();
    }
}
