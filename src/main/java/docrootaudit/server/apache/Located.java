package docrootaudit.server.apache;

import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directive and what stands around it.
 *
 * @param parents the sections that it stands in, the innermost first
 * @param following what follows it in the same section
 */
record Located(Directive line, List<Directive> parents, List<Directive> following) {
    /** The directive of a line; of a macro that is used often, its first use. */
    static Optional<Located> find(List<Directive> lines, Source source) {
        return find(lines, source, List.of());
    }

    private static Optional<Located> find(List<Directive> lines, Source source, List<Directive> parents) {
        for (int i = 0; i < lines.size(); i++) {
            Directive line = lines.get(i);
            if (line.source().equals(source) && !line.isSection()) {
                return Optional.of(new Located(line, parents, lines.subList(i + 1, lines.size())));
            }
            if (line.isSection()) {
                List<Directive> inner = new ArrayList<>(List.of(line));
                inner.addAll(parents);
                Optional<Located> found = find(line.body(), source, inner);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    Optional<Directive> parent() {
        return parents.stream().findFirst();
    }

    /** Whether it is said of directories, where a section for a deeper one counts more. */
    boolean isDirectory() {
        return parents.stream().anyMatch(p -> p.is("<directory"));
    }

    /** The path of the section that it stands in, without a slash at its end; empty if there is none. */
    String directory() {
        return parents.stream()
                .filter(p -> p.is("<directory"))
                .map(p -> UriPath.merge("", p.first()))
                .map(p -> p.length() > 1 && p.endsWith("/") ? p.substring(0, p.length() - 1) : p)
                .findFirst()
                .orElse("");
    }

    /** Whether it is said of the whole file system. */
    boolean isRoot() {
        return parents.stream().anyMatch(p -> p.is("<directory") && p.first().equals("/"));
    }
}
