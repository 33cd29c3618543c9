package docrootaudit.server.apache;

import docrootaudit.server.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a configuration says that is not followed here. */
final class NotUnderstood {
    private final Configuration configuration;

    NotUnderstood(Configuration configuration) {
        this.configuration = configuration;
    }

    List<Answer.Doubt> list() {
        List<Answer.Doubt> all = new ArrayList<>(configuration.definitions().doubts());
        walk(configuration.directives(), all);
        return all;
    }

    private static void walk(List<Directive> lines, List<Answer.Doubt> all) {
        for (Directive line : lines) {
            Optional<DirectiveTable.Known> known = DirectiveTable.find(line.key());
            if (known.isEmpty()) {
                all.add(new Answer.Doubt(line.word() + " is not known", Optional.of(line.source())));
            }
            // sections are nested no deeper than the reader lets them
            walk(line.body(), all);
        }
    }
}
