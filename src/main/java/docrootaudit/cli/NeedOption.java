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
            description = "read, search, list or execute (default: a file is read, a directory searched).")
    String need;

    Question question() throws UsageException {
        if (need == null) {
            return Question.DEFAULT;
        }
        // nobody is helped to write what a web server sends
        Optional<Need> known = Need.of(need).filter(n -> n != Need.WRITE);
        if (known.isEmpty()) {
            throw new UsageException("--need " + Words.show(need) + ": choose one of read, search, list and execute");
        }
        return new Question(known);
    }
}
