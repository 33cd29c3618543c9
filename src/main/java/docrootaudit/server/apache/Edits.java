package docrootaudit.server.apache;

import docrootaudit.server.Edit;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.List;

/** Changes of lines that could lift a refusal for one request, the narrowest first. */
final class Edits {
    private final Configuration configuration;
    private final Refusal refusal;
    private final Request request;

    Edits(Configuration configuration, Refusal refusal, Request request) {
        this.configuration = configuration;
        this.refusal = refusal;
        this.request = request;
    }

    List<Edit> list() {
        List<Edit> edits = new ArrayList<>();
        if (refusal.blame() instanceof Refusal.Blame.Line line) {
            for (Directive directive : configuration.directives()) {
                if (directive.source().equals(line.source()) && directive.is("require")) {
                    edits.add(new Edit(line.source(), Edit.Kind.INSERT_AFTER, "Require ip " + request.from(), ""));
                }
            }
        }
        return edits;
    }
}
