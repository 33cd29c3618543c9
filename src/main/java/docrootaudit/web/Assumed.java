package docrootaudit.web;

import docrootaudit.server.Edit;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is taken for true beside what is: so a question is asked again.
 *
 * @param edits changes of the configuration, laid over it in this order
 * @param lifted lines that refuse nothing
 * @param mended changes of the tree
 */
record Assumed(List<Edit> edits, Set<Source> lifted, Mended mended) {
    /** All is as it is. */
    static final Assumed NOTHING = new Assumed(List.of(), Set.of(), Mended.NOTHING);

    Assumed {
        edits = List.copyOf(edits);
        lifted = Set.copyOf(lifted);
    }

    Assumed edited(Edit edit) {
        List<Edit> more = new ArrayList<>(edits);
        more.add(edit);
        return new Assumed(more, lifted, mended);
    }

    Assumed lifting(Source line) {
        Set<Source> more = new HashSet<>(lifted);
        more.add(line);
        return new Assumed(edits, more, mended);
    }

    Assumed mending(Mended more) {
        return new Assumed(edits, lifted, mended.and(more));
    }
}
