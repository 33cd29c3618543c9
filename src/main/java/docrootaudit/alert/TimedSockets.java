package docrootaudit.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * The sockets of one delivery, closed when it has taken too long. The timeout of a socket is one for each read: a server
 * that sends a byte now and then would hold a delivery for ever. Closing alone ends that, for a thread that reads from a
 * socket cannot be interrupted.
 *
 * <p>With TLS it is the socket below that is closed: closing that one never waits for the other side.
 */
final class TimedSockets implements AutoCloseable {
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean late;

    /** @param deadline how long the delivery may take */
    TimedSockets(Duration deadline) {
        var unused = end.completeOnTimeout(null, deadline.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(this::endLate);
    }

    private void endLate() {
        late = true;
        sockets.forEach(TimedSockets::shut);
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more, closed or not
        }
    }

    private Socket timed(Socket socket) {
        sockets.add(socket);
        if (late) {
            shut(socket);
        }
        return socket;
    }

    /** Whether the delivery had to be ended. */
    boolean areLate() {
        return late;
    }

    /** The delivery is over: what the library left open is closed. */
    @Override
    public void close() {
        end.cancel(false);
        sockets.forEach(TimedSockets::shut);
    }

    /** Makes sockets without TLS. */
    SocketFactory plain() {
        return new SocketFactory() {
            @Override
            public Socket createSocket() {
                return timed(new Socket());
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                throw connected();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                throw connected();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                throw connected();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                    throws IOException {
                throw connected();
            }
        };
    }

    /** Lays TLS over sockets that are connected. */
    SSLSocketFactory over(SSLSocketFactory tls) {
        return new SSLSocketFactory() {
            @Override
            public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
                return tls.createSocket(timed(plain), host, port, autoClose);
            }

            @Override
            public String[] getDefaultCipherSuites() {
                return tls.getDefaultCipherSuites();
            }

            @Override
            public String[] getSupportedCipherSuites() {
                return tls.getSupportedCipherSuites();
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                throw connected();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                throw connected();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                throw connected();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                    throws IOException {
                throw connected();
            }
        };
    }

    /** The mail library connects by itself, with its own timeout. */
    private static IOException connected() {
        return new IOException("the mail library connects otherwise than it used to");
    }
}
