package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A request as a test writes it: {@code METHOD TARGET | from ADDRESS | to ADDRESS | user NAME:PASSWORD | host HOST |
 * header NAME: VALUE}; {@code host -} for none, as HTTP/1.0 has it.
 */
record Asked(
        String method,
        String target,
        String from,
        String to,
        Optional<String> host,
        List<Request.Header> headers,
        Optional<String> user) {
    static Asked of(String line, String host) {
        String[] parts = line.strip()
                .replace("@LONG@", "a".repeat(8192))
                .replace("@NEARLY@", "a".repeat(8150))
                .replace("@NAME@", "n".repeat(256))
                .replace("@PATH@", "p/".repeat(2100))
                .split(" \\| ");
        String[] words = parts[0].split(" ", 2);
        String from = "127.0.0.1";
        String to = "127.0.0.1";
        Optional<String> name = Optional.of(host);
        List<Request.Header> headers = new ArrayList<>();
        Optional<String> user = Optional.empty();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split(" ", 2);
            switch (pair[0]) {
                case "from" -> from = pair[1];
                case "to" -> to = pair[1];
                case "host" -> name = pair[1].equals("-") ? Optional.empty() : Optional.of(pair[1]);
                case "user" -> user = Optional.of(pair[1]);
                case "header" -> headers.add(new Request.Header(pair[1].split(": ", 2)[0], pair[1].split(": ", 2)[1]));
                default -> throw new AssertionError(line);
            }
        }
        return new Asked(words[0], words[1], from, to, name, headers, user);
    }

    Request request(int port) {
        Request.Visitor visitor = user.<Request.Visitor>map(u -> u.contains(":")
                        ? new Request.Visitor.Login(u.split(":", 2)[0], u.split(":", 2)[1])
                        : new Request.Visitor.Named(u))
                .orElse(new Request.Visitor.Anonymous());
        return new Request(
                Request.Scheme.HTTP,
                Address.parse(to),
                port,
                Address.parse(from).orElseThrow(),
                method,
                target,
                host,
                headers,
                visitor);
    }

    String wire() {
        StringBuilder text = new StringBuilder(method + " " + target + (host.isPresent() ? " HTTP/1.1" : " HTTP/1.0"));
        text.append("\r\n");
        host.ifPresent(h -> text.append("Host: ").append(h).append("\r\n"));
        headers.forEach(
                h -> text.append(h.name()).append(": ").append(h.value()).append("\r\n"));
        user.ifPresent(u -> text.append("Authorization: Basic ")
                .append(Base64.getEncoder().encodeToString(u.getBytes(StandardCharsets.UTF_8)))
                .append("\r\n"));
        boolean bare = headers.stream().noneMatch(h -> h.name().matches("(?i)Content-Length|Transfer-Encoding"));
        if (method.equals("PUT") && bare) {
            text.append("Content-Length: 0\r\n");
        }
        return text.append("Connection: close\r\n\r\n").toString();
    }
}
