package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.List;
import java.util.Optional;

/**
 * {@code ngx_http_dav_module.c}: files are written, deleted and made by the methods that {@code dav_methods} names. A
 * visitor is taken to send the length of what he sends, as every client does.
 */
final class Dav {
    /** The sticky bit: only an owner may replace or delete. */
    private static final int STICKY = 01000;

    private final Exchange exchange;

    Dav(Exchange exchange) {
        this.exchange = exchange;
    }

    /** How the request ends, if it is one of these. */
    Optional<Turn> run() {
        Optional<Directive> methods = exchange.settings()
                .find("dav_methods")
                .filter(d -> d.words().stream().anyMatch(exchange.method::equalsIgnoreCase));
        if (methods.isEmpty()) {
            return Optional.empty();
        }
        exchange.proof.step("dav_methods", methods.get(), "takes " + exchange.method);
        boolean collection = exchange.uri.endsWith("/");
        Optional<String> mapped = exchange.mapped();
        return switch (exchange.method) {
            case "PUT" ->
                Optional.of(
                        collection
                                ? refused(409, "a directory is not written to")
                                : mapped.map(this::put).orElseGet(() -> new Turn.Special(500)));
            case "DELETE" -> Optional.of(delete(mapped));
            case "MKCOL" -> Optional.of(make(collection, mapped));
            case "COPY", "MOVE" -> {
                exchange.proof.doubt(
                        "where the file goes to is not followed", methods.get().source());
                yield Optional.of(new Turn.Sent(204, Optional.empty()));
            }
            default -> Optional.empty();
        };
    }

    private Turn put(String mapped) {
        if (exchange.request.header("Content-Range").isPresent()) {
            return refused(501, "a part of a file cannot be written");
        }
        PathBytes path = ByteText.path(mapped);
        Tree.Found found = exchange.tree.stat(path);
        if (found.is(FileType.DIRECTORY)) {
            return refused(409, "a directory is not written to");
        }
        PathBytes directory = path.parent().orElse(PathBytes.ROOT);
        Tree.Found parent = exchange.tree.stat(directory);
        while (parent.failedWith(Errno.ENOENT)
                && exchange.settings().isOn("create_full_put_path")
                && directory.parent().isPresent()) {
            directory = directory.parent().get();
            parent = exchange.tree.stat(directory);
        }
        // whatever is wrong with the directory is an error of the server's own here
        Optional<Turn> closed = closed(directory, parent, 500, 500);
        doubtSticky(parent, found);
        return closed.orElseGet(() -> done(found.isThere() ? 204 : 201, path));
    }

    private Turn delete(Optional<String> mapped) {
        if (hasBody()) {
            return refused(415, "a body is not understood");
        } else if (isTooHigh()) {
            return refused(409, "the URI is not deep enough to be deleted");
        } else if (mapped.isEmpty()) {
            return new Turn.Special(500);
        }
        PathBytes path = ByteText.path(mapped.get());
        Tree.Found found = exchange.tree.lstat(path);
        if (found instanceof Tree.Found.Failed failed) {
            int status = switch (failed.errno()) {
                case EACCES -> 403;
                case ENOTDIR -> 409;
                case ELOOP -> 500;
                default -> 404;
            };
            return failed(path, Need.READ, failed.errno(), status);
        }
        boolean directory = found.is(FileType.DIRECTORY);
        String depth = exchange.request.header("Depth").orElse(directory ? "infinity" : "0");
        if (directory && !exchange.uri.endsWith("/")) {
            return refused(409, "a directory is deleted by its URI with a slash");
        } else if (!depth.equals("infinity") && (directory || !depth.equals("0"))) {
            return refused(400, "Depth is not what it has to be");
        }
        if (directory && !isEmpty(path)) {
            exchange.proof.doubt("all that is in the directory is deleted too, which is not followed: " + path);
        }
        PathBytes above = path.withoutDots().parent().orElse(PathBytes.ROOT);
        Tree.Found parent = exchange.tree.stat(above);
        doubtSticky(parent, found);
        return closed(above, parent, 403, 404).orElseGet(() -> done(204, path));
    }

    private Turn make(boolean collection, Optional<String> mapped) {
        if (hasBody()) {
            return refused(415, "a body is not understood");
        } else if (!collection) {
            return refused(409, "a directory is made by its URI with a slash");
        } else if (mapped.isEmpty()) {
            return new Turn.Special(500);
        }
        PathBytes path = ByteText.path(mapped.get().replaceFirst("/$", ""));
        Tree.Found found = exchange.tree.lstat(path);
        if (found.isThere()) {
            return refused(405, "it is there already");
        }
        PathBytes above = path.parent().orElse(PathBytes.ROOT);
        return closed(above, exchange.tree.stat(above), 403, 409).orElseGet(() -> done(201, path));
    }

    /** Why nothing can be written into a directory, if so. */
    private Optional<Turn> closed(PathBytes directory, Tree.Found found, int denied, int missing) {
        if (found instanceof Tree.Found.Failed failed) {
            return Optional.of(
                    failed(directory, Need.SEARCH, failed.errno(), failed.errno() == Errno.EACCES ? denied : missing));
        } else if (!found.is(FileType.DIRECTORY)) {
            return Optional.of(failed(directory, Need.SEARCH, Errno.ENOTDIR, missing));
        }
        for (Need need : List.of(Need.SEARCH, Need.WRITE)) {
            Tree.Found access = exchange.tree.access(directory, need);
            if (access instanceof Tree.Found.Unknown unknown) {
                exchange.proof.doubt(unknown.why());
            } else if (access instanceof Tree.Found.Failed failed) {
                return Optional.of(failed(directory, need, failed.errno(), denied));
            }
        }
        return Optional.empty();
    }

    private void doubtSticky(Tree.Found directory, Tree.Found entry) {
        boolean sticky = directory instanceof Tree.Found.There there && (there.mode() & STICKY) != 0;
        if (sticky && entry.isThere()) {
            exchange.proof.doubt("in a sticky directory only an owner may take the place of a file");
        }
    }

    private boolean isEmpty(PathBytes directory) {
        return exchange.tree.names(directory) instanceof Tree.Names.Read read
                && read.names().isEmpty();
    }

    private boolean hasBody() {
        return exchange.request.header("Transfer-Encoding").isPresent()
                || !exchange.request.header("Content-Length").orElse("0").matches("0*");
    }

    /** {@code min_delete_depth}: how many names the URI has to have. */
    private boolean isTooHigh() {
        long least = exchange.settings()
                .find("min_delete_depth")
                .map(d -> d.word(0))
                .filter(w -> w.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
        long names = exchange.uri.chars().filter(c -> c == '/').count() - (exchange.uri.endsWith("/") ? 1 : 0);
        return names < least;
    }

    private Turn done(int status, PathBytes path) {
        exchange.proof.step("dav", Optional.empty(), path, "is written");
        return new Turn.Sent(status, Optional.of(path));
    }

    private Turn failed(PathBytes path, Need need, Errno errno, int status) {
        exchange.proof.step("dav", Optional.empty(), path, errno.sentence());
        exchange.proof.refuse(path, need, errno, status);
        return new Turn.Special(status);
    }

    private Turn refused(int status, String why) {
        exchange.proof.step("dav", why);
        exchange.proof.refuse(new Refusal(
                Reason.DENY_RULE,
                new Refusal.Blame.Request(),
                "",
                status,
                Optional.empty(),
                Refusal.Meaning.ON_PURPOSE));
        return new Turn.Special(status);
    }
}
