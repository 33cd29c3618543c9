package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.PackedNames;
import docrootaudit.walk.Directory;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a web server's rules about the entries of a walk, and notes what they refuse of what permissions grant, and what
 * they would of the rest. Of one thread.
 */
final class RuledNotes {
    private static final Logger LOG = LoggerFactory.getLogger(RuledNotes.class);
    private static final PathBytes ITSELF = PathBytes.of("");

    private final ScanContext context;
    private final ServerRules.Questions questions;
    private final List<String> servers;
    private final boolean everyPath;
    private final Map<ServerCause, PackedNames.Builder> refused = new HashMap<>();
    private ServerRules.Standing own = ServerRules.Standing.REFUSED;

    RuledNotes(ScanContext context, ServerRules rules) {
        this.context = context;
        this.questions = rules.questions();
        this.servers = rules.servers();
        this.everyPath = context.detail == ScanRequest.Detail.EVERY_PATH;
    }

    void enter(Directory<Place> directory, Entry self) {
        own = ServerRules.Standing.REFUSED;
        ask(() -> {
            questions.enter(directory.path(), directory.canonicalPath(), self);
            return List.of();
        });
    }

    void sees(Entry entry) {
        questions.sees(entry);
    }

    /** The directory itself may be searched. */
    void serves() {
        own = ServerRules.Standing.GRANTED;
    }

    void file(Directory<Place> directory, Entry entry, ServerRules.Standing standing) throws SourceException {
        List<ServerRules.Ruling> rulings;
        try {
            rulings = questions.file(entry, standing); // for every file: no lambda is made for it
        } catch (RuntimeException e) {
            rulings = fault(e);
        }
        if (!rulings.isEmpty()) {
            note(directory, PathBytes.of(entry.name()), rulings, standing);
        }
    }

    void link(Directory<Place> directory, Entry entry, ServerRules.Standing standing) {
        List<ServerRules.Ruling> rulings = ask(() -> questions.link(entry, standing));
        if (!rulings.isEmpty()) {
            note(directory, PathBytes.of(entry.name()), rulings, standing);
        }
    }

    void leave(Directory<Place> directory) {
        note(directory, ITSELF, ask(() -> questions.directory(own)), own);
        refused.forEach((cause, names) -> context.collected.add(new Collected.ByRule(directory, cause, names.build())));
        refused.clear();
    }

    private List<ServerRules.Ruling> ask(Supplier<List<ServerRules.Ruling>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return fault(e);
        }
    }

    /** What others wrote for other programs is simulated here: a fault in that ends no scan of permissions. */
    private List<ServerRules.Ruling> fault(RuntimeException e) {
        servers.forEach(context.collected::unsure);
        // its message may quote what a tenant wrote
        LOG.debug("asking for the web servers' rules", e);
        context.collected.uncertain("a fault of this program in asking for the web servers' rules: "
                + e.getClass().getSimpleName());
        return List.of();
    }

    private void note(
            Directory<Place> directory,
            PathBytes name,
            List<ServerRules.Ruling> rulings,
            ServerRules.Standing standing) {
        for (ServerRules.Ruling ruling : rulings) {
            Ruled.Maker example = () -> {
                PathBytes path = directory.path();
                return new Ruled.Example(name.length() == 0 ? path : path.resolve(name), questions.url(ruling, name));
            };
            if (ruling instanceof ServerRules.Ruling.Refused by) {
                if (standing == ServerRules.Standing.REFUSED) {
                    context.collected.ruled(by.cause()).show(example);
                    continue;
                }
                context.collected.ruled(by.cause()).count(example);
                if (everyPath) {
                    byte[] bytes = name.bytes();
                    refused.computeIfAbsent(by.cause(), c -> new PackedNames.Builder())
                            .add(bytes, 0, bytes.length);
                }
            } else if (ruling instanceof ServerRules.Ruling.Behind by) {
                context.collected.ruled(by.cause()).show(example);
            } else {
                ServerRules.Ruling.Unknown unknown = (ServerRules.Ruling.Unknown) ruling;
                if (standing == ServerRules.Standing.GRANTED) {
                    context.collected.uncertain(unknown.why(), unknown.server());
                } else {
                    context.collected.unsure(unknown.server());
                }
            }
        }
    }
}
