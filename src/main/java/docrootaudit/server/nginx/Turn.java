package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer;
import java.util.Optional;

/** How a request goes on. */
sealed interface Turn {
    /** {@code NGX_HTTP_CLOSE}: the connection ends without an answer. */
    int CLOSED = 444;

    /** With another phase. */
    record Go(Phase phase) implements Turn {}

    /** With an error or redirect of that status, for which there may be a page. */
    record Special(int status) implements Turn {}

    /** As if another URI had been asked for. */
    record Internal(String uri, String args) implements Turn {}

    /** In a location with a name. */
    record Named(String name) implements Turn {}

    /** Not at all: the answer is sent. */
    record Sent(int status, Optional<PathBytes> file) implements Turn {}

    /** Elsewhere. */
    record Passed(Answer.Outcome.PassedTo outcome) implements Turn {}

    /** In the order of {@code ngx_http_phases} in {@code ngx_http_core_module.h}, as far as they matter. */
    enum Phase {
        SERVER_REWRITE,
        FIND_CONFIG,
        REWRITE,
        ACCESS,
        TRY_FILES,
        CONTENT
    }
}
