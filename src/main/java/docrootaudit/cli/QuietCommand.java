package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Durations;
import docrootaudit.daemon.Answer;
import docrootaudit.history.SilenceTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit quiet}: marks a deploy. */
@Command(
        name = "quiet",
        mixinStandardHelpOptions = true,
        description = {
            "Silences the alerts about a root, and those below it, while it is being worked on. What is still refused at"
                    + " the end is told then.",
            ""
        })
final class QuietCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Services services;

    @Parameters(paramLabel = "ROOT", description = "A configured root, or a directory above some.")
    String root;

    @Option(names = "--for", paramLabel = "TIME", description = "How long, such as 30min or 2h, at most 30 days.")
    String time;

    @Option(names = "--end", description = "End it now: what is still refused is told.")
    boolean end;

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    CommandSpec spec;

    QuietCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws UsageException, FailedException, IOException {
        stores.check();
        if (end == (time != null)) {
            throw new UsageException("say either how long, such as --for 2h, or --end");
        }
        if (root.isEmpty()) {
            throw new UsageException("an empty ROOT names no directory");
        }
        if (Delegation.ask(services, stores) instanceof Answer.Ended ended) {
            return ended.status();
        }
        AuditSettings settings = stores.settings(services);
        PathBytes path = Paths.named(services.host().get(), RawArguments.path(root));
        boolean known = settings.roots().isEmpty()
                || settings.roots().stream().anyMatch(r -> r.path().startsWith(path));
        if (!known && !end) {
            throw new UsageException(path + " is no configured root, nor is one below it: name one of [[root]]");
        }
        StoreWriting store = new StoreWriting(services, stores, settings);
        PrintWriter out = spec.commandLine().getOut();
        if (end) {
            boolean was = store.alerts(tables -> tables.silences().removeQuiet(path));
            say(out, was ? "alerts about " + path + " are told again" : "no alerts about " + path + " are silenced");
            return Exit.FINE;
        }
        Instant now = services.clock().instant();
        Instant until = now.plus(duration());
        store.alerts(tables -> {
            tables.silences().add(new SilenceTable.Quiet(path, now, until));
            return path;
        });
        say(
                out,
                "alerts about " + path + " are silenced until "
                        + Times.local(until, services.zone().get()));
        return Exit.FINE;
    }

    private Duration duration() throws UsageException {
        Duration duration = Durations.parse(time)
                .orElseThrow(() -> new UsageException(
                        "--for " + Words.show(time) + " is no time; expected one " + Durations.EXAMPLES));
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new UsageException("--for " + Words.show(time) + " is out of range: expected up to 30 days");
        }
        return duration;
    }

    private void say(PrintWriter out, String sentence) {
        if (!output.quiet) {
            out.println(sentence);
        }
    }
}
