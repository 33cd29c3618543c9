package docrootaudit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that says something to whoever connects, and then a little now and then, without an end. */
public final class DrippingServer implements AutoCloseable {
    private final ServerSocket server;
    private final Thread thread;

    /** What comes before it drips. */
    @FunctionalInterface
    public interface Beginning {
        void with(Socket client) throws IOException;
    }

    public DrippingServer(Beginning beginning) throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread = new Thread(() -> serve(beginning));
        thread.start();
    }

    /** Says this at once. */
    public static Beginning saying(String text) {
        return client -> client.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** The head of a TLS record of 16 KiB (RFC 8446, 5.1), whose rest is late. */
    public static void tls(Socket client) throws IOException {
        client.getOutputStream().write(new byte[] {22, 3, 3, 64, 0});
    }

    public int port() {
        return server.getLocalPort();
    }

    private void serve(Beginning beginning) {
        try (Socket client = server.accept()) {
            beginning.with(client);
            while (true) {
                client.getOutputStream().write('x');
                Thread.sleep(20); // this is the drip itself: there is nothing to wait for
            }
        } catch (IOException gone) {
            // that is how it ends
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until its caller has left it. */
    public void left() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
    }
}
