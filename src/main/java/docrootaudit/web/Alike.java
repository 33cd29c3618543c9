package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.ServerRules;
import docrootaudit.server.Kinds;
import docrootaudit.walk.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of files in directories that are alike, and of these themselves. */
final class Alike {
    final Kinds.Kind all = new Kinds.Kind();
    final Answers granted = new Answers();
    final Answers refused = new Answers();
    final Map<List<Kinds.Kind>, Bare> directories = new HashMap<>();

    Answers answers(ServerRules.Standing standing) {
        return standing == ServerRules.Standing.GRANTED ? granted : refused;
    }

    /**
     * What is known of directories that are alike.
     *
     * @param missed names that none of them has
     */
    record Bare(List<ServerRules.Ruling> rulings, Set<PathBytes> missed) {}

    /** What is known of files that are answered alike. */
    static final class Answers {
        final Map<Kinds.Kind, List<ServerRules.Ruling>> known = new HashMap<>();
        final Map<Kinds.Kind, List<ServerRules.Ruling>> refused = new HashMap<>();

        void learn(SiteJudge.Judged judged, Kinds kinds, Kinds.Kind kind, Entry entry) {
            if (judged.isAboutName()) {
                return;
            }
            known.put(kind, judged.rulings());
            if (!judged.rulings().isEmpty()) {
                refused.put(kinds.meant(kind, entry.name()), judged.rulings());
            }
        }
    }
}
