package docrootaudit.cli;

import docrootaudit.audit.Host;
import docrootaudit.finding.Discovery;
import docrootaudit.report.Format;
import docrootaudit.report.Reports;
import docrootaudit.web.Discoverer;
import docrootaudit.web.WebException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code audit discover}: what the web servers' configurations name. */
@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what the configurations of this machine's web servers name: sites with their names and addresses,"
                    + " document roots and aliases, whom the workers run as, index names, listings, links, handlers and"
                    + " password files, PHP-FPM's pools, and what was not understood.",
            ""
        })
final class DiscoverCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    ServerOptions server = new ServerOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    DiscoverCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        Format format = output.formatWithoutTable();
        Host host = services.host().get();
        Discovery discovery;
        try {
            discovery = new Discoverer(host).discover(server.which(host));
        } catch (WebException e) {
            throw new UsageException(e.getMessage());
        } catch (IOException e) {
            throw Paths.unseen(Optional.empty(), e);
        }
        OutputStream out = new BufferedOutputStream(services.out());
        new Reports(host.names(), services.style(), services.zone()).discovery(discovery, format, out);
        out.flush();
        return Exit.FINE;
    }
}
