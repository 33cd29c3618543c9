package docrootaudit.cli;

import docrootaudit.daemon.Answer;
import docrootaudit.history.SilenceTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit ack}: silences one cause. */
@Command(
        name = "ack",
        mixinStandardHelpOptions = true,
        description = {
            "Silences the alerts about one cause: until it is over, or with --until until then; what is left of it is"
                    + " told at that time.",
            ""
        })
final class AckCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "CAUSE", description = "The id of a cause, as reports and mails give it.")
    String cause;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Tell it again then: 2026-11-25T13:00:00Z, or local as \"2026-11-25 13:00\".")
    String until;

    @Option(names = "--undo", description = "Tell it again from now on.")
    boolean undo;

    @Mixin
    StoreOptions stores = new StoreOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    CommandSpec spec;

    AckCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws UsageException, FailedException, IOException {
        stores.check();
        if (!cause.matches("[0-9a-f]{16}")) {
            throw new UsageException("CAUSE " + Words.show(cause)
                    + " is no id of a cause; expected sixteen digits and letters such as 2dbb4c17ad1a8da2");
        }
        if (undo && until != null) {
            throw new UsageException("--undo ends a silence and --until sets one: leave out one of them");
        }
        Instant now = services.clock().instant();
        Optional<Instant> end = until == null
                ? Optional.empty()
                : Optional.of(Times.parse("--until", until, services.zone().get()));
        if (end.filter(e -> !e.isAfter(now)).isPresent()) {
            throw new UsageException("--until " + Words.show(until) + " is past: name a time to come");
        }
        if (Delegation.ask(services, stores) instanceof Answer.Ended ended) {
            return ended.status();
        }
        StoreWriting store = new StoreWriting(services, stores, stores.settings(services));
        PrintWriter out = spec.commandLine().getOut();
        if (undo) {
            boolean was = store.alerts(tables -> tables.silences().removeAck(cause));
            say(out, was ? "alerts about " + cause + " are told again" : "no alerts about " + cause + " are silenced");
            return Exit.FINE;
        }
        store.alerts(tables -> {
            tables.silences().add(new SilenceTable.Ack(cause, now, end));
            return cause;
        });
        say(
                out,
                "alerts about " + cause + " are silenced until "
                        + end.map(e -> Times.local(e, services.zone().get())).orElse("it is over"));
        return Exit.FINE;
    }

    private void say(PrintWriter out, String sentence) {
        if (!output.quiet) {
            out.println(sentence);
        }
    }
}
