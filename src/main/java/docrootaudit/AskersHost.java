package docrootaudit;

import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.audit.Host;
import docrootaudit.finding.Account;
import docrootaudit.walk.EntrySource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine for somebody who has the service do something: relative paths start where he is, and commands are for root
 * to run, whoever the service is.
 *
 * @param host the machine itself
 * @param directory where he is; empty if that is gone
 */
record AskersHost(Host host, PathBytes directory) implements Host {
    /** For what the service does by itself. */
    static AskersHost root() {
        return new AskersHost(new LinuxHost(), PathBytes.ROOT);
    }

    @Override
    public int ownUid() {
        return 0;
    }

    @Override
    public PathBytes workingDirectory() throws IOException {
        if (!directory.isAbsolute()) {
            throw new IOException("there is none");
        }
        return directory;
    }

    @Override
    public Names names() {
        return host.names();
    }

    @Override
    public Optional<Account> account(String name) {
        return host.account(name);
    }

    @Override
    public Optional<Account> account(int uid) {
        return host.account(uid);
    }

    @Override
    public Optional<Integer> group(String name) {
        return host.group(name);
    }

    @Override
    public List<Account> accounts() {
        return host.accounts();
    }

    @Override
    public List<Worker> webWorkers() {
        return host.webWorkers();
    }

    @Override
    public List<Master> masters() {
        return host.masters();
    }

    @Override
    public Map<String, String> environment(long pid) {
        return host.environment(pid);
    }

    @Override
    public Principal identityOf(long pid) throws IOException {
        return host.identityOf(pid);
    }

    @Override
    public String program(long pid) {
        return host.program(pid);
    }

    @Override
    public boolean protectedSymlinks() {
        return host.protectedSymlinks();
    }

    @Override
    public List<Duration> waited() {
        return host.waited();
    }

    @Override
    public List<String> confinement(List<Long> pids) {
        return host.confinement(pids);
    }

    @Override
    public RegularFile regularFile(PathBytes file) throws IOException {
        return host.regularFile(file);
    }

    @Override
    public EntrySource tree() throws IOException {
        return host.tree();
    }

    @Override
    public EntrySource treeOf(long pid) throws IOException {
        return host.treeOf(pid);
    }

    @Override
    public Kernel kernel(Principal who, Optional<Long> pid) throws IOException {
        return host.kernel(who, pid);
    }
}
