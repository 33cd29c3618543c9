package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.ScanRequest;
import docrootaudit.finding.Identity;
import docrootaudit.finding.ShellQuote;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes the command that lists the paths behind a cause again, without touching the history.
 *
 * @param self how this program is called, quoted
 * @param quote how its arguments are quoted
 * @param options what else has to be asked for an identity
 */
public record ListCommand(String self, ShellQuote quote, Function<Identity, List<String>> options)
        implements ScanRequest.ListCommand {
    /** For scans by the configuration alone, which may ask web servers too. */
    public static ListCommand configured(String self, RootRules.Servers servers) {
        List<String> asking = servers == RootRules.Servers.ASKED ? List.of("--server") : List.of();
        return new ListCommand(
                self,
                ShellQuote.UNICODE,
                who -> Stream.concat(Stream.of("--as", who.label()), asking.stream())
                        .toList());
    }

    @Override
    public String of(PathBytes root, Identity identity, String causeId) {
        StringBuilder command = new StringBuilder(self).append(" now ").append(quote.quote(root));
        options.apply(identity).forEach(word -> append(command, word));
        List.of("--no-store", "--cause", causeId, "--each", "-0").forEach(word -> append(command, word));
        return command.toString();
    }

    private void append(StringBuilder command, String word) {
        command.append(' ').append(quote.quote(PathBytes.of(RawArguments.encode(word))));
    }
}
