package docrootaudit.daemon;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where commands ask the service: a Unix domain socket that only root and its group may connect to. The kernel says who
 * connects (SO_PEERCRED in unix(7)). Root has threads and a queue of its own, so that nobody else can keep it out.
 */
final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final String GROUP = "docroot-audit";
    /** Of a mode, the bits that say what it is, and those of a socket (inode(7)). */
    private static final int TYPE = 0170000;

    private static final int SOCKET = 0140000;
    private static final int THREADS = 8;
    private static final int QUEUE = 128;

    /** Serves one caller. */
    @FunctionalInterface
    interface Service {
        void serve(Connection connection, Inside.Rights rights) throws IOException;
    }

    private final Path path;
    private final ServerSocketChannel server;
    private final Service service;
    private final LongSupplier nanos;
    private final UserPrincipal root;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor forRoot = pool("control-root");
    private final ThreadPoolExecutor forMembers = pool("control");

    private ControlSocket(Path path, ServerSocketChannel server, Service service, LongSupplier nanos)
            throws IOException {
        this.path = path;
        this.server = server;
        this.service = service;
        this.nanos = nanos;
        // principals are equal by their numbers, whatever the accounts are called
        root = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("0");
        Thread thread = Daemon.named("control-accept").newThread(this::accept);
        thread.start();
    }

    private static ThreadPoolExecutor pool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(QUEUE), Daemon.named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Opens it; a file that a service left behind is taken away.
     *
     * @throws IOException if another service answers there, or the place cannot be used; the message is a sentence
     */
    static ControlSocket open(Path path, Service service, LongSupplier nanos) throws IOException {
        try {
            Files.createDirectories(path.getParent());
            ServerSocketChannel server = bind(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
            giveToGroup(path);
            return new ControlSocket(path, server, service, nanos);
        } catch (IOException e) {
            throw new IOException("the control socket " + Told.path(path) + " cannot be opened: " + Told.why(e), e);
        }
    }

    private static ServerSocketChannel bind(Path path) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            try {
                return server.bind(address, QUEUE);
            } catch (BindException e) {
                if (!isSocket(path)) {
                    throw new IOException("there is something else of that name", e);
                }
                if (isAnswered(address)) {
                    throw new IOException("another service answers there", e);
                }
                Files.delete(path);
                return server.bind(address, QUEUE);
            }
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & TYPE) == SOCKET;
    }

    private static boolean isAnswered(UnixDomainSocketAddress address) {
        try (SocketChannel other = SocketChannel.open(address)) {
            return other.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The service's own group is that already; root, who starts it by hand, has another. */
    private static void giveToGroup(Path path) {
        try {
            var group = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setGroup(group);
        } catch (IOException e) {
            LOG.debug("the control socket keeps its group", e);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                take(server.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("nobody can connect to the control socket: {}", Told.why(e));
                pause();
            }
        }
    }

    /** Too many open files, for instance, will not pass in no time. */
    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(SocketChannel channel) throws IOException {
        Connection connection = new Connection(channel, nanos);
        connections.add(connection);
        try {
            UserPrincipal caller =
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            boolean isRoot = caller.equals(root);
            Inside.Rights rights = isRoot ? Inside.Rights.ROOT : Inside.Rights.MEMBER;
            (isRoot ? forRoot : forMembers).execute(() -> serve(connection, rights));
        } catch (RejectedExecutionException e) {
            drop(connection);
        } catch (IOException e) {
            drop(connection);
            LOG.debug("a caller is gone before it was known", e);
        }
    }

    private void serve(Connection connection, Inside.Rights rights) {
        try {
            service.serve(connection, rights);
        } catch (Connection.MalformedException e) {
            refuse(connection, "the request cannot be understood: " + e.getMessage());
        } catch (IOException e) {
            LOG.debug("a caller is gone", e);
        } catch (RuntimeException | Error e) {
            LOG.error("a fault of this program at the control socket", e);
        } finally {
            drop(connection);
        }
    }

    private static void refuse(Connection connection, String sentence) {
        try {
            byte[] line = ("audit: " + sentence + "\n").getBytes(StandardCharsets.US_ASCII);
            connection.stream(Frame.ERR).write(line);
            connection.end(new Answer.Ended(2));
        } catch (IOException e) {
            LOG.debug("a caller is gone", e);
        }
    }

    private void drop(Connection connection) {
        connections.remove(connection);
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("closing a connection", e);
        }
    }

    /** Cuts off those who keep it waiting; to be called about once a second. */
    void watch() {
        connections.stream().filter(Connection::isStalled).forEach(this::drop);
    }

    /** Lets nobody connect any more, and waits so long for those who are answered. */
    void end(long millis) throws InterruptedException, IOException {
        server.close();
        Files.deleteIfExists(path);
        forRoot.shutdown();
        forMembers.shutdown();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        forRoot.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        forMembers.awaitTermination(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach(this::drop);
    }
}
