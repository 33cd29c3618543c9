package docrootaudit.server;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A web server as its configuration describes it. Immutable, for any number of threads. */
public interface WebServer {
    /** nginx or apache. */
    String program();

    /**
     * Answers a request.
     *
     * @param tree the files as the worker meets them
     * @param lifted lines that are taken as if they refused nothing: so one learns what would refuse next
     */
    default Answer answer(Request request, Tree tree, Set<Source> lifted) {
        return answer(request, tree, lifted, List.of());
    }

    /**
     * Answers a request of which it is known what others say to it.
     *
     * @param upstream the statuses that those answer with whom the request is passed to, in order: the server may put a
     *     page of its own in the place of one, and pass on the request for that
     */
    Answer answer(Request request, Tree tree, Set<Source> lifted, List<Integer> upstream);

    /** Which of its virtual servers takes a request: where that begins; empty if none does. */
    Optional<Source> takes(Request request, Tree tree);

    /**
     * What it asks of the names of files, tenants' own configurations aside.
     *
     * @param request as for any of the files: all of it but the path decides which virtual server it is
     * @param tree the files as the worker meets them
     */
    Sieve sieve(Request request, Tree tree);

    /**
     * What tenants say in one directory, of the files there and below.
     *
     * @param request as for {@link #sieve}
     * @return empty if nothing
     */
    default Optional<Sieve> tenants(Request request, Tree tree, PathBytes directory) {
        return Optional.empty();
    }

    /** Its virtual servers, in the order of the configuration. */
    List<Site> sites();

    /** The logs that it writes, each once. */
    List<LogFile> logs();

    /** The lines by which it remembers refusals, wherever they hold. */
    List<Memory> memories();

    /** Whom the configuration has the workers run as; empty if it does not say. */
    Optional<Site.Account> account();

    /** What was not understood, whether or not it could ever matter. */
    List<Answer.Doubt> notUnderstood();

    /**
     * Changes of the configuration that could lift a refusal for just this request, the narrowest first. None has been
     * tried: the caller reads the configuration again with each laid over and asks once more.
     */
    List<Edit> edits(Refusal refusal, Request request);
}
