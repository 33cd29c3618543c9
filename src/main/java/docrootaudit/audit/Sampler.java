package docrootaudit.audit;

import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.walk.Directory;
import docrootaudit.walk.Entry;
import docrootaudit.walk.Listing;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Takes a fair sample of the paths that visitors see (reservoir sampling, algorithm R). Safe for several threads. */
final class Sampler {
    private final int size;
    private final Random random;
    private final List<Sample> samples = new ArrayList<>();
    private long seen;

    /** A path and what it was judged for; for a link, that depends on where it leads. */
    record Sample(PathBytes path, List<Need> needs) {}

    Sampler(int size, long seed) {
        this.size = size;
        this.random = new Random(seed);
    }

    private synchronized void offer(Directory<Place> directory, Optional<byte[]> name, List<Need> needs) {
        seen++;
        boolean room = samples.size() < size;
        long slot = room ? samples.size() : (long) (random.nextDouble() * seen);
        if (!room && slot >= size) {
            return;
        }
        PathBytes path =
                name.map(n -> directory.path().resolve(PathBytes.of(n))).orElseGet(directory::path);
        if (room) {
            samples.add(new Sample(path, needs));
        } else {
            samples.set((int) slot, new Sample(path, needs));
        }
    }

    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** How many paths there were to choose from. */
    synchronized long seen() {
        return seen;
    }

    /** A visitor that has the real one judge, and offers what it saw. */
    Visitor<Place> around(ScanContext context, Visitor<Place> judge) {
        return new Visitor<>() {
            @Override
            public Place enter(Directory<Place> directory, Entry self) throws SourceException {
                offer(directory, Optional.empty(), context.question.ofDirectory(context.rules.listing()));
                return judge.enter(directory, self);
            }

            @Override
            public boolean excludes(Directory<Place> directory, Entry entry) {
                return judge.excludes(directory, entry);
            }

            @Override
            public Optional<Jump<Place>> visit(Directory<Place> directory, Listing in, Entry entry)
                    throws SourceException {
                Optional<Jump<Place>> jump = judge.visit(directory, in, entry);
                FileType type = entry.listedType();
                if (type == FileType.SYMLINK) {
                    offer(directory, Optional.of(entry.name()), List.of());
                } else if (type == FileType.REGULAR) {
                    PathBytes path = directory.path().resolve(PathBytes.of(entry.name()));
                    if (context.readerOf(path) == context.server()) {
                        Question.FileKind kind =
                                context.isScript(path) ? Question.FileKind.SCRIPT : Question.FileKind.CONTENT;
                        offer(directory, Optional.of(entry.name()), context.question.ofFile(kind));
                    }
                }
                return jump;
            }

            @Override
            public void leave(Directory<Place> directory) {
                judge.leave(directory);
            }
        };
    }
}
