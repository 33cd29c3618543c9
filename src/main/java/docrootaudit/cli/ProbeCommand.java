package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Host;
import docrootaudit.finding.UrlProof;
import docrootaudit.report.Format;
import docrootaudit.report.Reports;
import docrootaudit.web.Prober;
import docrootaudit.web.UrlQuestion;
import docrootaudit.web.WebException;
import docrootaudit.web.WhichServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit probe}: holds predictions against the running web server. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = {
            "Asks the web server that runs on this machine for a URL, or with --all for what lies below its roots, and"
                    + " shows where it answers something else than was predicted: a security module, a firewall or a"
                    + " module that is not understood decides, or this program is wrong.",
            "Asks no other machine, not more than 20 times a second, and follows no redirect.",
            ""
        })
final class ProbeCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "URL", arity = "0..1", description = "A URL (http://host[:port]/…).")
    String target;

    @Option(names = "--all", description = "Ask for what lies below every root.")
    boolean all;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "100",
            description = "With --all: for how many URLs of each root (default: 100).")
    int sample;

    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    VisitorOptions visitor = new VisitorOptions();

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    ProbeCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        Format format = output.formatWithoutTable();
        if ((target == null) != all) {
            throw new UsageException("name one URL, or --all");
        } else if (sample < 1) {
            throw new UsageException("--sample " + sample + ": expected a number from 1");
        }
        AuditSettings settings = stores.settings(services);
        Host host = services.host().get();
        UrlProof proof;
        try {
            proof = proof(host, new Prober(host, Quoting.of(services.charset()), services.clock(), settings));
        } catch (WebException e) {
            throw new UsageException(e.getMessage());
        } catch (IOException e) {
            throw Paths.unseen(Optional.empty(), e);
        }
        int status = !proof.failures().isEmpty()
                ? Exit.INCOMPLETE
                : proof.disagreements().isEmpty() ? Exit.FINE : Exit.REFUSED;
        if (!output.quiet || status != Exit.FINE) {
            OutputStream out = new BufferedOutputStream(services.out());
            new Reports(host.names(), services.style(), services.zone()).proof(proof, format, out);
            out.flush();
        }
        return status;
    }

    private UrlProof proof(Host host, Prober prober)
            throws WebException, UsageException, IOException, InterruptedException {
        WhichServer which = server.which(host);
        if (all) {
            return prober.probeAll(which, sample);
        }
        PathBytes url = RawArguments.path(target);
        if (!UrlQuestion.isUrl(url)) {
            throw new UsageException(url + " is no URL: write it with http:// or https://");
        }
        return prober.probe(visitor.question(url, services.in()), which);
    }
}
