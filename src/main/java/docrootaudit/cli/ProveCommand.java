package docrootaudit.cli;

import docrootaudit.audit.Audit;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.audit.PaceSettings;
import docrootaudit.audit.ScanRequest;
import docrootaudit.daemon.Settings;
import docrootaudit.finding.Proof;
import docrootaudit.report.Format;
import docrootaudit.report.Reports;
import docrootaudit.report.Style;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit prove}: holds a scan's verdicts against the kernel. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Scans, then takes the identity for real and asks the kernel about a sample of the paths. Prints where it"
                    + " disagrees: the process has other groups or mounts than its account and this host, a security"
                    + " module or a file server decides, or this program is wrong. Needs root.",
            "Where a web server's worker runs as the judged user and no groups are named here, the kernel is asked with"
                    + " that worker's identity and mounts.",
            ""
        })
final class ProveCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "ROOT", arity = "0..*", description = "Directories (default: the configured roots).")
    List<String> roots = List.of();

    @Mixin
    IdentityOptions identity = new IdentityOptions();

    @Mixin
    NeedOption need = new NeedOption();

    @Option(
            names = "--sample",
            paramLabel = "N|all",
            defaultValue = "1000",
            description = "How many paths of each root to ask about (default: 1000).")
    String sample;

    @Option(
            names = "--against-pid",
            paramLabel = "PID",
            description = "Ask with the identity and mounts of this running process.")
    Long against;

    /** Taken as everywhere; a proof is not recorded. */
    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    ProveCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        Format format = output.formatWithoutTable();
        identity.check();
        int size = size();
        stores.check();
        Host host = services.host().get();
        Settings read = stores.everything(services);
        AuditSettings settings = (roots.isEmpty() ? AutoRoots.named(host, read, Set.of()) : read).audit();
        List<ScanRequest.Root> requested = RequestedRoots.of(host, settings, roots, identity, Optional.empty());
        Audit audit = new Audit(host, Quoting.of(services.charset()), services.clock());
        ScanRequest request = new ScanRequest(
                requested,
                Optional.ofNullable(identity.pid),
                need.question(),
                ScanRequest.Detail.EVERY_PATH,
                ScanRequest.Follow.NO,
                ScanRequest.Means.SIMULATION,
                Runtime.getRuntime().availableProcessors(),
                PaceSettings.FASTEST,
                List.of(),
                (root, who, id) -> "",
                progress -> {});
        Proof proof;
        try (Interruption interruption = new Interruption(audit)) {
            proof = audit.prove(request, size, against(host, requested));
        } catch (IOException e) {
            throw new FailedException("nothing could be proved: " + Paths.why(e), e);
        }
        print(host, format, proof);
        if (!proof.failures().isEmpty()) {
            return Exit.INCOMPLETE;
        }
        return proof.disagreements().isEmpty() ? Exit.FINE : Exit.REFUSED;
    }

    private int size() throws UsageException {
        if (sample.equals("all")) {
            return Integer.MAX_VALUE;
        }
        if (!sample.matches("[1-9][0-9]{0,8}")) {
            throw new UsageException("--sample " + Words.show(sample) + ": choose a number of paths, or all");
        }
        return Integer.parseInt(sample);
    }

    /** The process to ask as: the one named, else a running worker of the judged user, unless that is to have other groups. */
    private Optional<Long> against(Host host, List<ScanRequest.Root> requested) {
        if (against != null || identity.pid != null || identity.namesGroups()) {
            return Optional.ofNullable(against);
        }
        int uid = requested.get(0).identity().principal().uid();
        return host.webWorkers().stream()
                .filter(w -> w.uid() == uid)
                .map(Host.Worker::pid)
                .findFirst();
    }

    private void print(Host host, Format format, Proof proof) throws IOException {
        Style style = services.style();
        OutputStream out = new BufferedOutputStream(services.out());
        if (!output.quiet
                || !proof.disagreements().isEmpty()
                || !proof.failures().isEmpty()) {
            new Reports(host.names(), style, services.zone()).proof(proof, format, out);
        }
        out.flush();
    }
}
