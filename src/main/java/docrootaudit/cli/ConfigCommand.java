package docrootaudit.cli;

import docrootaudit.audit.AuditSettings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit config}: about the configuration. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = {"Looks at the configuration.", ""},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ConfigCommand.Check.class)
final class ConfigCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do with it: check");
    }

    /** {@code audit config check}: reads it and says everything that is wrong with it. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {"Reads the configuration and tells all mistakes in it, each with file and line.", ""})
    static final class Check implements Callable<Integer> {
        private final Services services;

        @Mixin
        StoreOptions stores = new StoreOptions();

        @Mixin
        OutputOptions output = new OutputOptions();

        @Spec
        CommandSpec spec;

        Check(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() throws UsageException {
            AuditSettings settings = stores.settings(services);
            PrintWriter out = spec.commandLine().getOut();
            if (!output.quiet) {
                int roots = settings.roots().size();
                out.println(String.format(
                        Locale.ROOT, "the configuration is good: %d root%s", roots, roots == 1 ? "" : "s"));
            }
            return Exit.FINE;
        }
    }
}
