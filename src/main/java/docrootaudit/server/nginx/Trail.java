package docrootaudit.server.nginx;

import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directive and the blocks around it.
 *
 * @param blocks the outermost first
 */
record Trail(List<Directive> blocks, Directive directive) {
    /** The first directive of such a kind that begins on a line. */
    static Optional<Trail> to(List<Directive> main, Source source, String word) {
        List<Directive> blocks = new ArrayList<>();
        return find(main, source, word, blocks).map(d -> new Trail(List.copyOf(blocks), d));
    }

    private static Optional<Directive> find(List<Directive> among, Source source, String text, List<Directive> blocks) {
        for (Directive directive : among) {
            if (directive.source().equals(source) && directive.text().equals(text)) {
                return Optional.of(directive);
            }
            if (directive.block().isPresent()) {
                blocks.add(directive);
                Optional<Directive> found = find(directive.children(), source, text, blocks);
                if (found.isPresent()) {
                    return found;
                }
                blocks.remove(blocks.size() - 1);
            }
        }
        return Optional.empty();
    }

    /** The innermost block of a kind around it. */
    Optional<Directive> around(String name) {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            if (blocks.get(i).name().equals(name)) {
                return Optional.of(blocks.get(i));
            }
        }
        return Optional.empty();
    }

    /** The innermost directive of a name beside it or beside a block around it. */
    Optional<Directive> effective(String name) {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Optional<Directive> found = blocks.get(i).children().stream()
                    .filter(d -> d.name().equals(name))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
