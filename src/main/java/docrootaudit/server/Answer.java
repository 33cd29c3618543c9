package docrootaudit.server;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Optional;

/**
 * What a server answers to a request, with its proof.
 *
 * @param outcome the status, or who decides it
 * @param chain each step in the order in which the server asks; the last is the decisive one
 * @param refusals what refused, the decisive one first, also where the server hid it behind 200 or 404
 * @param file the file or directory that is served, if one is
 * @param doubts what is not understood and could alter the answer; any makes it uncertain
 */
public record Answer(
        Outcome outcome, List<Step> chain, List<Refusal> refusals, Optional<PathBytes> file, List<Doubt> doubts) {
    /** Where the status comes from. */
    public sealed interface Outcome {
        /**
         * The server itself answers this.
         *
         * @param code 444 where nginx closes the connection without an answer, 0 where nothing listens
         */
        record Status(int code) implements Outcome {}

        /**
         * It hands the request on.
         *
         * @param to the upstream as the configuration names it, such as {@code unix:/run/php/php-fpm.sock}
         * @param script the file that it is told to run ({@code SCRIPT_FILENAME}), as FastCGI servers are
         */
        record PassedTo(String to, Optional<PathBytes> script) implements Outcome {}
    }

    /**
     * One step.
     *
     * @param what the kind of step in a word or two: server, location, rewrite, access, try_files, index, file …
     * @param source the directive that rules it
     * @param path the file it is about
     * @param rule the directive as written; of a tenant's file its name only
     * @param result what came out of it, in words
     */
    public record Step(String what, Optional<Source> source, Optional<PathBytes> path, String rule, String result) {}

    /**
     * Something that could alter the answer.
     *
     * @param reason in words, a clause
     * @param source where
     */
    public record Doubt(String reason, Optional<Source> source) {
        @Override
        public String toString() {
            return source.map(s -> s + ": " + reason).orElse(reason);
        }
    }

    public Answer {
        chain = List.copyOf(chain);
        refusals = List.copyOf(refusals);
        doubts = List.copyOf(doubts);
    }
}
