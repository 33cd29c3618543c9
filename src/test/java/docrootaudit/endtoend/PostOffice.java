package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A mail server in the test's own process: it keeps what it takes, and refuses, dawdles or is gone when it is told to.
 * How real servers answer is tried with a real one; here it is about when they do.
 */
final class PostOffice implements AutoCloseable {
    private final List<LetterTaken> taken = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile ServerSocket socket;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile Duration pause = Duration.ZERO;
    private final AtomicInteger dawdling = new AtomicInteger();

    PostOffice() throws IOException {
        socket = open(0);
        port = socket.getLocalPort();
    }

    /** The words of a configuration that send mails here, to one recipient, as soon as may be. */
    String configuration() {
        return "[alerts]\nto = [\"ops@example.org\"]\nhold = \"1 s\"\nlimit = 1000\n[mail]\nhost = \"127.0.0.1\"\nport = "
                + port + "\nfrom = \"audit@example.org\"\n";
    }

    private ServerSocket open(int wanted) throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        Thread door = new Thread(() -> receive(opened));
        door.setDaemon(true);
        door.start();
        return opened;
    }

    private void receive(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                Thread counter = new Thread(() -> serve(client));
                counter.setDaemon(true);
                counter.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            OutputStream out = client.getOutputStream();
            answer(out, "220 post office");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("RCPT") && refusal.isPresent()) {
                    answer(out, refusal.get());
                } else if (line.startsWith("DATA")) {
                    answer(out, "354 go on");
                    byte[] mail = data(in);
                    dawdle();
                    taken.add(LetterTaken.of(mail));
                    // it has the mail, and whoever sent it does not know
                    dawdle();
                    answer(out, "250 2.0.0 taken");
                } else {
                    answer(out, line.startsWith("QUIT") ? "221 bye" : "250 ok");
                }
            }
        } catch (IOException e) {
            // the client went away, as it may
        }
    }

    /** A server that is slow: the slowness is what is tested, there is nothing to wait for. */
    private void dawdle() {
        dawdling.incrementAndGet();
        LockSupport.parkNanos(pause.toNanos());
        dawdling.decrementAndGet();
    }

    private static byte[] data(BufferedReader in) throws IOException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        while (true) {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the client went away in the middle of a mail");
            } else if (line.equals(".")) {
                return mail.toByteArray();
            }
            mail.write((line.startsWith(".") ? line.substring(1) : line).getBytes(ISO_8859_1));
            mail.write("\r\n".getBytes(ISO_8859_1));
        }
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(ISO_8859_1));
        out.flush();
    }

    /** Answers every recipient with this from now on. */
    void refuse(String answer) {
        refusal = Optional.of(answer);
    }

    /** Takes mails again. */
    void welcome() {
        refusal = Optional.empty();
    }

    /** Waits so long before it keeps a mail, and again before it says so. */
    void dawdle(Duration each) {
        pause = each;
    }

    /** How many mails it has and does not take yet. */
    int dawdling() {
        return dawdling.get();
    }

    /** Nobody listens any more. */
    void shut() throws IOException {
        socket.close();
    }

    /** Listens again, at the same port. */
    void reopen() throws IOException {
        socket = open(port);
    }

    /** Each mail as often as it was taken, oldest first. */
    List<LetterTaken> taken() {
        return List.copyOf(taken);
    }

    /** What all mails tell, in the order of their coming; a mail that came twice tells it once. */
    List<String> told() {
        return taken.stream().distinct().flatMap(mail -> mail.tells().stream()).toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
