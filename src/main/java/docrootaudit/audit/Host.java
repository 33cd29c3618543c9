package docrootaudit.audit;

import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.finding.Account;
import docrootaudit.walk.EntrySource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an audit needs to know of the machine it runs on, beside its files. */
public interface Host {
    /** Names for numbers. */
    Names names();

    /** The account of that name. */
    Optional<Account> account(String name);

    /** The account of that uid (unsigned). */
    Optional<Account> account(int uid);

    /** The number of the group of that name. */
    Optional<Integer> group(String name);

    /** Every account that the name service lists. */
    List<Account> accounts();

    /** The workers of web servers that run now and are not root. */
    List<Worker> webWorkers();

    /** The web servers and PHP-FPM that run now, the oldest first. */
    List<Master> masters();

    /** The variables that a process was started with; none if they are hidden from us. */
    Map<String, String> environment(long pid);

    /**
     * Whom the kernel takes a running process for.
     *
     * @throws IOException if there is no such process
     */
    Principal identityOf(long pid) throws IOException;

    /** The uid that this process runs as (unsigned). */
    int ownUid();

    /** The name of the program that a process runs; empty if there is none. */
    String program(long pid);

    /** Whether {@code fs.protected_symlinks} is on. */
    boolean protectedSymlinks();

    /**
     * How long, since the machine started, some process has had to wait for a processor and for a disk; empty where
     * nobody knows.
     */
    List<Duration> waited();

    /** Which security modules may refuse what modes and ACLs grant, to anybody or to these processes. */
    List<String> confinement(List<Long> pids);

    /**
     * The files as this process sees them.
     *
     * @throws IOException if they cannot be had
     */
    EntrySource tree() throws IOException;

    /**
     * Opens a regular file to be read, through links as they are; never waits for whoever writes to a FIFO.
     *
     * @throws IOException with a clause that says what is wrong with it, if it is none or may not be read
     */
    RegularFile regularFile(PathBytes file) throws IOException;

    /**
     * An open file.
     *
     * @param identity equal to that of the same file, by whatever name, and of no other while it is open
     */
    record RegularFile(FileChannel channel, Object identity) {}

    /**
     * The directory that relative paths start from, canonical.
     *
     * @throws IOException if there is none any more
     */
    PathBytes workingDirectory() throws IOException;

    /**
     * The files as another process sees them.
     *
     * @throws IOException if there is no such process, or it may not be looked at
     */
    EntrySource treeOf(long pid) throws IOException;

    /**
     * The kernel's own answers for a principal.
     *
     * @param pid the process whose mounts and root directory are meant; empty: this one's
     * @throws IOException if this process may not take the identity, which needs root
     */
    Kernel kernel(Principal who, Optional<Long> pid) throws IOException;

    /** Asks the kernel instead of simulating it. */
    interface Kernel extends AutoCloseable {
        /**
         * Whether access to an absolute path is granted.
         *
         * @return 0, or the error number
         */
        int ask(PathBytes path, Need need);

        @Override
        void close();
    }

    /**
     * A server that runs: the process that reads the configuration, and those that answer.
     *
     * @param program nginx, apache2, httpd or php-fpm
     * @param arguments its command line; nginx and PHP-FPM have written a title over it
     * @param directory its working directory; empty if that is hidden from us
     * @param workers the youngest first
     * @param unit the systemd unit that it belongs to
     */
    record Master(
            long pid,
            String program,
            List<PathBytes> arguments,
            Optional<PathBytes> directory,
            List<Child> workers,
            Optional<String> unit,
            Instant started) {}

    /**
     * A process that a master has started to answer for it.
     *
     * @param title what it calls itself
     */
    record Child(long pid, String title, Instant started) {}

    /**
     * A worker of a web server.
     *
     * @param pid its process id
     * @param program nginx, apache2 or httpd
     * @param uid whom it runs as (unsigned)
     */
    record Worker(long pid, String program, int uid) {}
}
