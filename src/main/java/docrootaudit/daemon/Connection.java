package docrootaudit.daemon;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One caller at the control socket. A caller who sends nothing, or does not take what is sent, is cut off: somebody else
 * has to look at {@link #isStalled} now and then, for a thread that waits for the other side cannot.
 */
final class Connection implements AutoCloseable {
    /** A request is sent at once by whoever means it. */
    private static final Duration PATIENCE_TO_READ = Duration.ofSeconds(5);
    /** Somebody may look at the first page for a while. */
    private static final Duration PATIENCE_TO_WRITE = Duration.ofMinutes(2);

    private static final long PING_NANOS = Duration.ofSeconds(1).toNanos();

    private final SocketChannel channel;
    private final LongSupplier nanos;
    private volatile long deadline = Long.MAX_VALUE;
    private volatile boolean gone;
    private long pinged;

    Connection(SocketChannel channel, LongSupplier nanos) {
        this.channel = channel;
        this.nanos = nanos;
        pinged = nanos.getAsLong();
        // from the moment it connected: it may have to wait for a thread
        waits(PATIENCE_TO_READ.multipliedBy(6));
    }

    private void waits(Duration patience) {
        deadline = nanos.getAsLong() + patience.toNanos();
    }

    /** Whether it has kept us waiting for too long. */
    boolean isStalled() {
        long until = deadline;
        return until != Long.MAX_VALUE && nanos.getAsLong() - until > 0;
    }

    /** The request that it sends. */
    Request request() throws IOException {
        waits(PATIENCE_TO_READ);
        try {
            ByteBuffer head = read(8);
            if (head.getInt() != Request.FORM) {
                throw new MalformedException("it does not begin as a request of this version does");
            }
            int length = head.getInt();
            if (length < 0 || length > Request.LARGEST) {
                throw new MalformedException("it is larger than " + Request.LARGEST + " bytes");
            }
            byte[] bytes = read(length).array();
            try {
                return Request.of(bytes);
            } catch (IOException e) {
                throw new MalformedException("its parts do not fit together");
            }
        } finally {
            deadline = Long.MAX_VALUE;
        }
    }

    /** What came is no request. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedException(String why) {
            super(why);
        }
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    /** A stream whose bytes the caller gets as that. */
    OutputStream stream(Frame frame) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                for (int at = from; at < from + length; at += Frame.LARGEST) {
                    send(frame, bytes, at, Math.min(Frame.LARGEST, from + length - at));
                }
            }
        };
    }

    void end(Answer answer) throws IOException {
        if (answer instanceof Answer.Ended ended) {
            byte[] status = ByteBuffer.allocate(4).putInt(ended.status()).array();
            send(Frame.END, status, 0, status.length);
        } else if (answer instanceof Answer.Declined declined) {
            byte[] why = declined.why().getBytes(StandardCharsets.UTF_8);
            send(Frame.DECLINED, why, 0, Math.min(why.length, Frame.LARGEST));
        }
    }

    /** Whether somebody is still there; finds out not more than once a second. */
    synchronized boolean isThere() {
        if (!gone && nanos.getAsLong() - pinged > PING_NANOS) {
            pinged = nanos.getAsLong();
            try {
                send(Frame.ERR, new byte[0], 0, 0);
            } catch (IOException e) {
                gone = true;
            }
        }
        return !gone;
    }

    private synchronized void send(Frame frame, byte[] bytes, int from, int length) throws IOException {
        ByteBuffer whole = ByteBuffer.allocate(Frame.HEAD + length);
        whole.put(frame.letter).putInt(length).put(bytes, from, length).flip();
        try {
            while (whole.hasRemaining()) {
                waits(PATIENCE_TO_WRITE);
                channel.write(whole);
            }
        } catch (IOException e) {
            gone = true;
            throw e;
        } finally {
            deadline = Long.MAX_VALUE;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
