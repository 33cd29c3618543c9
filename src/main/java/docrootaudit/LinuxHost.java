package docrootaudit;

import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.audit.Host;
import docrootaudit.finding.Account;
import docrootaudit.linux.Accounts;
import docrootaudit.linux.Credentials;
import docrootaudit.linux.KernelAnswers;
import docrootaudit.linux.LinuxSource;
import docrootaudit.linux.OpenFile;
import docrootaudit.linux.Pressure;
import docrootaudit.linux.Processes;
import docrootaudit.linux.ServerProcesses;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This machine, by its system calls, its name service and {@code /proc}. */
final class LinuxHost implements Host {
    private final Accounts accounts = new Accounts();
    private final Processes processes = new Processes();
    private final ServerProcesses servers = new ServerProcesses();

    @Override
    public Names names() {
        return accounts;
    }

    @Override
    public Optional<Account> account(String name) {
        return accounts.byName(name).map(this::account);
    }

    @Override
    public Optional<Account> account(int uid) {
        return accounts.byUid(uid).map(this::account);
    }

    private Account account(Accounts.User user) {
        return new Account(user.name(), accounts.principal(user));
    }

    @Override
    public Optional<Integer> group(String name) {
        return accounts.gid(name);
    }

    @Override
    public List<Account> accounts() {
        return accounts.all().stream()
                .map(a -> new Account(a.getKey(), a.getValue()))
                .toList();
    }

    @Override
    public List<Worker> webWorkers() {
        return processes.webWorkers().stream()
                .map(w -> new Worker(w.pid(), w.program(), w.uid()))
                .toList();
    }

    @Override
    public List<Master> masters() {
        return servers.masters().stream()
                .map(m -> new Master(
                        m.pid(),
                        m.program(),
                        m.arguments(),
                        m.directory(),
                        m.workers().stream()
                                .map(w -> new Child(w.pid(), w.title(), w.started()))
                                .toList(),
                        m.unit(),
                        m.started()))
                .toList();
    }

    @Override
    public Map<String, String> environment(long pid) {
        return servers.environment(pid);
    }

    @Override
    public Principal identityOf(long pid) throws IOException {
        return processes.identity(pid);
    }

    @Override
    public int ownUid() {
        return Credentials.uid();
    }

    @Override
    public String program(long pid) {
        return processes.program(pid);
    }

    @Override
    public boolean protectedSymlinks() {
        return processes.protectedSymlinks();
    }

    @Override
    public List<Duration> waited() {
        return Pressure.waited();
    }

    @Override
    public List<String> confinement(List<Long> pids) {
        return processes.confinement(pids);
    }

    @Override
    public RegularFile regularFile(PathBytes file) throws IOException {
        OpenFile open = OpenFile.of(file);
        return new RegularFile(open.channel(), open.identity());
    }

    @Override
    public EntrySource tree() throws IOException {
        return LinuxSource.ofThisProcess();
    }

    @Override
    public Kernel kernel(Principal who, Optional<Long> pid) throws IOException {
        KernelAnswers answers = pid.isPresent() ? new KernelAnswers(who, pid.get()) : new KernelAnswers(who);
        return new Kernel() {
            @Override
            public int ask(PathBytes path, Need need) {
                return answers.ask(path, need.permissions());
            }

            @Override
            public void close() {
                answers.close();
            }
        };
    }

    @Override
    public PathBytes workingDirectory() throws IOException {
        try {
            return LinuxSource.ofThisProcess().workingDirectoryPath();
        } catch (SourceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public EntrySource treeOf(long pid) throws IOException {
        return LinuxSource.ofProcess(pid);
    }
}
