package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import docrootaudit.linux.LinuxSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A program that counts the entries of a tree and keeps nothing of them. */
final class CountingWalk {
    private CountingWalk() {}

    public static void main(String[] args) throws Exception {
        LinuxSource source = LinuxSource.ofThisProcess();
        PathBytes path = PathBytes.of(args[0]);
        TreeWalk<String> walk = new TreeWalk<>(
                source, new WalkSettings(2, Duration.ofSeconds(30), Pace.FASTEST, Set.of()), CountingWalk::visitor);
        try (Node root = source.root();
                Node top = source.reader().look(root, PathBytes.of(path.bytes(), 1, path.length()))) {
            System.out.println(walk.walk(top, path, path, "", p -> {}).entries());
        }
    }

    static Visitor<String> visitor() {
        return new Visitor<>() {
            @Override
            public String enter(Directory<String> directory, Entry self) {
                return "";
            }

            @Override
            public boolean excludes(Directory<String> directory, Entry entry) {
                return false;
            }

            @Override
            public Optional<Jump<String>> visit(Directory<String> directory, Listing in, Entry entry)
                    throws SourceException {
                entry.stat();
                return Optional.empty();
            }

            @Override
            public void leave(Directory<String> directory) {
                // nothing was kept
            }
        };
    }
}
