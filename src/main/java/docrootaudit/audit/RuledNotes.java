package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.PackedNames;
import docrootaudit.walk.Directory;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks a web server's rules about the entries of a walk that permissions grant, and notes what they refuse. Of one thread. */
final class RuledNotes {
    private static final PathBytes ITSELF = PathBytes.of("");

    private final ScanContext context;
    private final ServerRules.Questions questions;
    private final boolean everyPath;
    private final Map<ServerCause, PackedNames.Builder> refused = new HashMap<>();
    private boolean isServed;

    RuledNotes(ScanContext context, ServerRules rules) {
        this.context = context;
        this.questions = rules.questions();
        this.everyPath = context.detail == ScanRequest.Detail.EVERY_PATH;
    }

    void enter(Directory<Place> directory, Entry self) {
        questions.enter(directory.path(), directory.canonicalPath(), self);
        isServed = false;
    }

    void sees(Entry entry) {
        questions.sees(entry);
    }

    /** The directory itself may be searched. */
    void serves() {
        isServed = true;
    }

    void file(Directory<Place> directory, Entry entry) throws SourceException {
        List<ServerRules.Ruling> rulings = questions.file(entry);
        if (!rulings.isEmpty()) {
            note(directory, PathBytes.of(entry.name()), rulings);
        }
    }

    void link(Directory<Place> directory, Entry entry) {
        List<ServerRules.Ruling> rulings = questions.link(entry);
        if (!rulings.isEmpty()) {
            note(directory, PathBytes.of(entry.name()), rulings);
        }
    }

    void leave(Directory<Place> directory) {
        if (isServed) {
            note(directory, ITSELF, questions.directory());
        }
        refused.forEach((cause, names) -> context.collected.add(new Collected.ByRule(directory, cause, names.build())));
        refused.clear();
    }

    private void note(Directory<Place> directory, PathBytes name, List<ServerRules.Ruling> rulings) {
        for (ServerRules.Ruling ruling : rulings) {
            if (ruling instanceof ServerRules.Ruling.Refused by) {
                context.collected.ruled(by.cause()).count(() -> {
                    PathBytes path = directory.path();
                    return new Ruled.Example(
                            name.length() == 0 ? path : path.resolve(name), questions.url(ruling, name));
                });
                if (everyPath) {
                    byte[] bytes = name.bytes();
                    refused.computeIfAbsent(by.cause(), c -> new PackedNames.Builder())
                            .add(bytes, 0, bytes.length);
                }
            } else {
                context.collected.uncertain(((ServerRules.Ruling.Unknown) ruling).why());
            }
        }
    }
}
