package docrootaudit.cli;

import docrootaudit.access.Need;
import docrootaudit.audit.Question;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What an inode is needed for. */
final class NeedOption {
    @Option(
            names = "--need",
            paramLabel = "NEED",
            description = "read, search, list, execute or write (default: a file is read, a directory searched).")
    String need;

    Question question() throws UsageException {
        if (need == null) {
            return Question.DEFAULT;
        }
        Optional<Need> known = Need.of(need);
        if (known.isEmpty()) {
            throw new UsageException(
                    "--need " + Words.show(need) + ": choose one of read, search, list," + " execute and write");
        }
        return new Question(known);
    }
}
