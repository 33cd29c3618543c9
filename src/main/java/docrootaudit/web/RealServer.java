package docrootaudit.web;

import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks a web server on this machine, with exactly the request line that is wanted: no client library would send every
 * target as it is. Nothing of an answer is used but its status.
 */
final class RealServer {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int LONGEST_STATUS_LINE = 8192;

    /**
     * Whether an address is this machine's.
     *
     * @throws IOException if that cannot be told
     */
    static boolean isHere(Address address) throws IOException {
        return address.isLoopback() || NetworkInterface.getByInetAddress(java(address)) != null;
    }

    private static InetAddress java(Address address) throws IOException {
        return InetAddress.getByAddress(address.bytes());
    }

    /** The address from which one of this machine's is reached. */
    static Address sourceFor(Address to) {
        return to.isLoopback() ? Address.parse(to.isV4() ? "127.0.0.1" : "::1").orElseThrow() : to;
    }

    /**
     * Asks once.
     *
     * @throws IOException if there is no answer
     */
    int ask(Request request, Address to) throws IOException {
        try (Socket plain = new Socket()) {
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.bind(new InetSocketAddress(java(request.from()), 0));
            plain.connect(new InetSocketAddress(java(to), request.port()), PATIENCE_MILLIS);
            Socket socket = request.scheme() == Request.Scheme.HTTPS ? encrypted(plain, request) : plain;
            socket.getOutputStream().write(head(request).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return status(socket.getInputStream());
        }
    }

    private static String head(Request request) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
        request.host().ifPresent(h -> head.append("Host: ").append(h).append("\r\n"));
        request.headers()
                .forEach(h ->
                        head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
        if (request.visitor() instanceof Request.Visitor.Login login) {
            byte[] pair = (login.name() + ":" + login.password()).getBytes(StandardCharsets.ISO_8859_1);
            head.append("Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(pair))
                    .append("\r\n");
        }
        return head + "Connection: close\r\n\r\n";
    }

    private static int status(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n' && line.length() < LONGEST_STATUS_LINE; b = in.read()) {
            line.append((char) b);
        }
        String[] words = line.toString().trim().split(" ", 3);
        if (words.length < 2 || !words[1].matches("\\d{3}")) {
            throw new IOException(
                    "the answer does not begin as one of HTTP does: " + ByteText.visible(line.toString()));
        }
        return Integer.parseInt(words[1]);
    }

    /** Whose certificate it is does not matter: it is this machine that is asked. */
    private static Socket encrypted(Socket plain, Request request) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            String name = request.host().orElse("").replaceAll(":\\d+$", "");
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, request.port(), true);
            if (name.matches("[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*")) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS is not to be had: " + e.getMessage(), e);
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
