package docrootaudit.daemon;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Supplier;

/** The caller's end of the control socket. */
public final class ControlClient {
    private ControlClient() {}

    /**
     * Asks, if somebody is there, and passes on what the command prints until it ends.
     *
     * @throws AccessDeniedException if this user may not ask
     * @throws IOException if the service goes away meanwhile, or the output cannot be written
     */
    public static Answer ask(Path socket, Supplier<Request> request, OutputStream out, OutputStream err)
            throws IOException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (ConnectException | IllegalArgumentException e) {
            // a file that a service left behind, or a path that no socket can have
            return new Answer.Nobody();
        } catch (IOException e) {
            return explain(socket, e);
        }
        try (channel) {
            byte[] body = request.get().bytes();
            ByteBuffer bytes = ByteBuffer.allocate(8 + body.length);
            bytes.putInt(Request.FORM).putInt(body.length).put(body).flip();
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException refused) {
                // the reason may be there to read
            }
            return read(new DataInputStream(Channels.newInputStream(channel)), out, err);
        }
    }

    /** The system's words are in the system's language: what is on disk tells why. */
    private static Answer explain(Path socket, IOException e) throws IOException {
        try {
            Files.readAttributes(socket, BasicFileAttributes.class);
        } catch (NoSuchFileException absent) {
            return new Answer.Nobody();
        } catch (AccessDeniedException hidden) {
            throw hidden;
        }
        if (!Files.isWritable(socket)) {
            throw new AccessDeniedException(socket.toString());
        }
        throw e;
    }

    private static Answer read(DataInputStream in, OutputStream out, OutputStream err) throws IOException {
        while (true) {
            Frame frame;
            byte[] bytes;
            try {
                frame = Frame.of(in.readByte());
                int length = in.readInt();
                if (length < 0 || length > Frame.LARGEST) {
                    throw new IOException("the service sends what this version does not understand");
                }
                bytes = in.readNBytes(length);
            } catch (EOFException | SocketException e) {
                throw new EOFException("the service has ended the connection: it is stopping, or too busy");
            }
            switch (frame) {
                case OUT -> write(out, bytes);
                case ERR -> write(err, bytes);
                case END -> {
                    return new Answer.Ended(ByteBuffer.wrap(bytes).getInt());
                }
                case DECLINED -> {
                    return new Answer.Declined(new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static void write(OutputStream to, byte[] bytes) throws IOException {
        to.write(bytes);
        to.flush();
    }
}
