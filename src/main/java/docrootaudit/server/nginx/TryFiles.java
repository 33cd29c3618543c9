package docrootaudit.server.nginx;

import docrootaudit.server.ConfigSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code try_files}.
 *
 * @param candidates what is looked for
 * @param fallback the last word: a URI, a named location
 * @param code instead of a fallback, the status of {@code =CODE}
 */
record TryFiles(Directive directive, List<Candidate> candidates, Template fallback, Optional<Integer> code) {
    /**
     * A file or directory.
     *
     * @param name without the slash that tells a directory
     */
    record Candidate(Template name, Kind kind) {}

    /** What a candidate must be. */
    enum Kind {
        FILE,
        DIRECTORY
    }

    static TryFiles of(Directive directive) throws ConfigSyntaxException {
        List<String> words = directive.words();
        if (words.size() < 2) {
            throw new ConfigSyntaxException(
                    Optional.of(directive.source()), "invalid number of arguments in \"try_files\" directive");
        }
        List<Candidate> candidates = new ArrayList<>();
        for (String word : words.subList(0, words.size() - 1)) {
            boolean directory = word.endsWith("/");
            String name = directory ? word.substring(0, word.length() - 1) : word;
            candidates.add(
                    new Candidate(Template.of(name, directive.source()), directory ? Kind.DIRECTORY : Kind.FILE));
        }
        String last = words.get(words.size() - 1);
        Optional<Integer> code = Optional.empty();
        if (last.startsWith("=")) {
            if (!last.matches("=\\d{1,3}")) {
                throw new ConfigSyntaxException(Optional.of(directive.source()), "invalid code of try_files");
            }
            code = Optional.of(Integer.parseInt(last.substring(1)));
        }
        return new TryFiles(directive, List.copyOf(candidates), Template.of(last, directive.source()), code);
    }
}
