package docrootaudit.linux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The socket by which a service tells its manager how it is (sd_notify(3)): one datagram a message, to the address in
 * {@code NOTIFY_SOCKET}. Without one nobody wants to know.
 */
public final class Notify {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int CLOCK_MONOTONIC = 1;
    /** Of struct sockaddr_un: the family, then the path. */
    private static final int PATH = 2;

    private static final int LONGEST_PATH = 107;
    private static final int MESSAGE = 256;
    private static final int LONGEST_MESSAGE = 4096;

    private final Optional<byte[]> address;
    private final Optional<Duration> watchdog;

    private Notify(Optional<byte[]> address, Optional<Duration> watchdog) {
        this.address = address;
        this.watchdog = watchdog;
    }

    /** As the environment of a service says. */
    public static Notify of(Map<String, String> environment) {
        return new Notify(address(environment.getOrDefault("NOTIFY_SOCKET", "")), watchdog(environment));
    }

    /** A path, or {@code @} and a name that is no path, which the kernel takes with a NUL in that place (unix(7)). */
    private static Optional<byte[]> address(String socket) {
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        if (path.length < 2 || path.length > LONGEST_PATH || (path[0] != '/' && path[0] != '@')) {
            return Optional.empty();
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        return Optional.of(path);
    }

    /** Meant for this process, if it names one (sd_watchdog_enabled(3)). */
    private static Optional<Duration> watchdog(Map<String, String> environment) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        boolean ours = pid.isEmpty()
                || pid.equals(Long.toString(ProcessHandle.current().pid()));
        return ours && micros.matches("[1-9][0-9]{0,17}")
                ? Optional.of(
                        Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros) % 1_000_000_000_000_000L, 1000)))
                : Optional.empty();
    }

    /** How often the manager wants {@code WATCHDOG=1}; empty: never. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /** Sends a message, its variables on lines of their own. What cannot be sent is lost: there is nobody to tell. */
    public void send(String message) {
        if (address.isEmpty()) {
            return;
        }
        byte[] to = address.get();
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, LONGEST_MESSAGE - 1);
        Scratch scratch = new Scratch(MESSAGE + LONGEST_MESSAGE);
        scratch.bytes.putShort(0, (short) AF_UNIX);
        scratch.bytes.put(PATH, to);
        scratch.bytes.put(MESSAGE, text, 0, length);
        int fd = Libc.socket(AF_UNIX, SOCK_DGRAM | Libc.O_CLOEXEC, 0);
        if (fd >= 0) {
            Libc.sendto(fd, scratch.address + MESSAGE, length, MSG_NOSIGNAL, scratch.address, PATH + to.length);
            Libc.close(fd);
        }
    }

    /** The time of CLOCK_MONOTONIC in microseconds. */
    public static long monotonicMicros() {
        Scratch scratch = new Scratch(16);
        if (Libc.clock_gettime(CLOCK_MONOTONIC, scratch.address) != 0) {
            throw new IllegalStateException("there is no monotonic clock: " + Libc.sentence(Libc.errno()));
        }
        return scratch.bytes.getLong(0) * 1_000_000 + scratch.bytes.getLong(8) / 1000;
    }
}
