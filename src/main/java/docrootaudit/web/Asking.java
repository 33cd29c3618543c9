package docrootaudit.web;

import docrootaudit.server.Answer;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import docrootaudit.server.WebServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A question to a web server, and to the PHP-FPM that it passes a script to: what that refuses, the server may answer
 * with a page of its own.
 *
 * @param tree the files as the worker meets them
 * @param lifted lines that are taken as if they refused nothing
 */
record Asking(WebServer server, Request request, Seer worker, Tree tree, Set<Source> lifted) {
    /** What is answered in the end. */
    Reply ask(Inquiry.Pools pools, Mended mended) throws IOException {
        List<Integer> upstream = new ArrayList<>();
        Reply reply = Reply.of(server.answer(request, tree, lifted), worker);
        while (reply.answer().outcome() instanceof Answer.Outcome.PassedTo passed
                && passed.script().isPresent()) {
            Reply run = pools.find().run(reply, passed, mended);
            if (run.status().isEmpty()) {
                return run;
            }
            upstream.add(run.status().get());
            Answer next = server.answer(request, tree, lifted, upstream);
            boolean asItCame = next.outcome().equals(new Answer.Outcome.Status(upstream.get(upstream.size() - 1)))
                    && next.doubts().equals(reply.answer().doubts());
            if (asItCame) {
                return run;
            }
            reply = run.then(next, worker);
        }
        return reply;
    }
}
