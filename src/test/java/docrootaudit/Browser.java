package docrootaudit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import docrootaudit.access.PathBytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;

/** Asks one server for one path after another over a kept connection; any byte of a name is sent, encoded. */
final class Browser implements AutoCloseable {
    private final WebServer server;
    private Socket socket;
    private InputStream in;

    Browser(WebServer server) throws IOException {
        this.server = server;
        connect();
    }

    private void connect() throws IOException {
        socket = server.connect();
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The status of a GET. */
    int get(PathBytes below) throws IOException {
        String request = "GET " + url(below) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = -1;
        boolean kept = true;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String[] parts = header.toLowerCase(Locale.ROOT).split(": ", 2);
            length = parts[0].equals("content-length") ? Integer.parseInt(parts[1]) : length;
            kept &= !header.equalsIgnoreCase("connection: close");
        }
        if (length >= 0) {
            in.skipNBytes(length);
        }
        if (!kept || length < 0) {
            socket.close();
            connect();
        }
        return status;
    }

    static String url(PathBytes below) {
        StringBuilder url = new StringBuilder();
        for (PathBytes name : below.names()) {
            url.append('/');
            for (byte b : name.bytes()) {
                boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
                url.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return url.toString();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
