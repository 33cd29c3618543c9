package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer.Outcome;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content phase: the location's handler, or else the modules that serve files, in the order in which they are
 * asked: random_index, index, autoindex, gzip_static, static.
 */
final class Content {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Set<String> WITH_POST = Set.of("GET", "HEAD", "POST");

    private final Exchange exchange;
    private final Files files;

    Content(Exchange exchange) {
        this.exchange = exchange;
        this.files = new Files(exchange);
    }

    Turn run() {
        Optional<Handler> handler = exchange.handler;
        if (handler.isPresent()) {
            Optional<Turn> turn = handle(handler.get());
            if (turn.isPresent()) {
                return turn.get();
            }
        }
        Optional<Turn> written = new Dav(exchange).run();
        if (written.isPresent()) {
            return written.get();
        } else if (exchange.uri.endsWith("/")) {
            return directory();
        }
        return twin().orElseGet(this::file);
    }

    private Optional<Turn> handle(Handler handler) {
        if (handler instanceof Handler.Upstream upstream) {
            return Optional.of(new Passing(exchange).run(upstream));
        }
        boolean reads = READING.contains(exchange.method);
        if (handler instanceof Handler.Opaque opaque) {
            exchange.proof.step("content", opaque.directive(), "answers");
            return Optional.of(
                    new Turn.Passed(new Outcome.PassedTo(opaque.directive().name(), Optional.empty())));
        }
        if (!reads) {
            exchange.proof.step("content", handler.directive(), "answers GET and HEAD only");
            return Optional.of(notAllowed(handler.directive()));
        }
        if (handler instanceof Handler.Film) {
            return exchange.uri.endsWith("/") ? Optional.empty() : Optional.of(file());
        }
        exchange.proof.step("content", handler.directive(), "answers");
        return Optional.of(new Turn.Sent(200, Optional.empty()));
    }

    private Turn notAllowed(Directive directive) {
        exchange.proof.refuse(new Refusal(
                Reason.DENY_RULE,
                new Refusal.Blame.Request(),
                directive.text(),
                405,
                Optional.empty(),
                Refusal.Meaning.ON_PURPOSE));
        return new Turn.Special(405);
    }

    private Turn notAllowed(Optional<PathBytes> path) {
        exchange.proof.step("file", "served for GET and HEAD only");
        exchange.proof.refuse(
                new Refusal(Reason.DENY_RULE, new Refusal.Blame.Request(), "", 405, path, Refusal.Meaning.ON_PURPOSE));
        return new Turn.Special(405);
    }

    private Turn directory() {
        if (READING.contains(exchange.method) && exchange.settings().isOn("random_index")) {
            Optional<Turn> turn = randomIndex();
            if (turn.isPresent()) {
                return turn.get();
            }
        }
        if (WITH_POST.contains(exchange.method)) {
            Optional<Turn> turn = new Index(exchange).run();
            if (turn.isPresent()) {
                return turn.get();
            }
        }
        Optional<Directive> autoindex = exchange.settings().autoindex;
        if (READING.contains(exchange.method)
                && autoindex.isPresent()
                && autoindex.get().word(0).equals("on")) {
            return listing(autoindex.get());
        }
        if (!WITH_POST.contains(exchange.method)) {
            return notAllowed(exchange.mapped().map(ByteText::path));
        }
        return new Index(exchange).forbidden();
    }

    /** {@code ngx_http_random_index_module.c}: one of the files; which, nobody knows. */
    private Optional<Turn> randomIndex() {
        Directive directive = exchange.settings().find("random_index").orElseThrow();
        Optional<String> mapped = exchange.mapped();
        if (mapped.isEmpty()) {
            return Optional.of(new Turn.Special(500));
        }
        PathBytes path = ByteText.path(mapped.get());
        Tree.Names names = exchange.tree.names(path);
        if (names instanceof Tree.Names.Failed failed) {
            return Optional.of(failed(path, Need.LIST, failed.errno()));
        } else if (names instanceof Tree.Names.Unknown unknown) {
            exchange.proof.doubt(unknown.why());
            return Optional.empty();
        }
        List<PathBytes> all = ((Tree.Names.Read) names)
                .names().stream()
                        .filter(n -> n.at(0) != '.'
                                && exchange.tree.stat(path.resolve(n)).is(FileType.REGULAR))
                        .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (all.size() > 1) {
            exchange.proof.doubt("one of several files is taken by chance", directive.source());
        }
        exchange.proof.step("random_index", Optional.of(directive), path, "takes a file");
        return Optional.of(new Turn.Internal(exchange.uri + ByteText.of(all.get(0)), exchange.args));
    }

    /** {@code ngx_http_autoindex_module.c}: every entry is looked at once the head is sent; one behind a file ends it all. */
    private Turn listing(Directive autoindex) {
        Optional<String> mapped = exchange.mapped();
        if (mapped.isEmpty()) {
            return new Turn.Special(500);
        }
        String text = mapped.get();
        PathBytes path = ByteText.path(text.length() > 1 ? text.substring(0, text.length() - 1) : text);
        Tree.Names names = exchange.tree.names(path);
        if (names instanceof Tree.Names.Failed failed) {
            return failed(path, Need.LIST, failed.errno());
        } else if (names instanceof Tree.Names.Unknown unknown) {
            exchange.proof.doubt(unknown.why());
            return new Turn.Sent(200, Optional.of(path));
        }
        for (PathBytes name : ((Tree.Names.Read) names).names()) {
            if (name.at(0) != '.' && !exchange.method.equals("HEAD")) {
                Tree.Found found = exchange.tree.stat(path.resolve(name));
                if (found.failedWith(Errno.ENOTDIR) || found.failedWith(Errno.ENAMETOOLONG)) {
                    exchange.proof.step("autoindex", Optional.of(autoindex), path.resolve(name), "cannot be listed");
                    exchange.proof.refuse(path.resolve(name), Need.READ, ((Tree.Found.Failed) found).errno(), 500);
                    return new Turn.Special(Turn.CLOSED);
                }
            }
        }
        exchange.proof.step("autoindex", Optional.of(autoindex), path, "is listed");
        return new Turn.Sent(200, Optional.of(path));
    }

    /** {@code ngx_http_gzip_static_module.c}: the compressed twin, if it can be had. */
    private Optional<Turn> twin() {
        Optional<Directive> directive = exchange.settings().find("gzip_static");
        String word = directive.map(d -> d.word(0)).orElse("off");
        if (word.equals("off") || !READING.contains(exchange.method)) {
            return Optional.empty();
        }
        boolean wanted = word.equals("always") || new Gzip(exchange).isAccepted();
        Optional<String> mapped = wanted ? exchange.mapped() : Optional.empty();
        if (mapped.isEmpty()) {
            return Optional.empty();
        }
        PathBytes path = ByteText.path(mapped.get() + ".gz");
        if (!files.open(path).isThere()) {
            return Optional.empty();
        }
        Tree.Found found = exchange.tree.stat(path);
        if (found.is(FileType.DIRECTORY) || found.is(FileType.SOCKET)) {
            return Optional.empty();
        }
        if (!found.is(FileType.REGULAR)) {
            exchange.proof.step("gzip_static", directive, path, "no regular file");
            exchange.proof.refuse(notRegular(path));
            return Optional.of(new Turn.Special(404));
        }
        exchange.proof.step("gzip_static", directive, path, "served");
        return Optional.of(new Conditions(exchange).serve(path, (Tree.Found.There) found));
    }

    /** {@code ngx_http_static_module.c}. */
    private Turn file() {
        Optional<String> mapped = exchange.mapped();
        if (!WITH_POST.contains(exchange.method)) {
            return notAllowed(mapped.map(ByteText::path));
        }
        if (mapped.isEmpty()) {
            exchange.proof.step("file", "an alias cannot be used where the URI was rewritten");
            return new Turn.Special(500);
        }
        PathBytes path = ByteText.path(mapped.get());
        Tree.Found opened = files.open(path);
        if (opened instanceof Tree.Found.Failed failed) {
            return failed(path, Need.READ, failed.errno());
        }
        Tree.Found found = exchange.tree.stat(path);
        FileType type = found instanceof Tree.Found.There there ? there.type() : FileType.UNKNOWN;
        if (type == FileType.DIRECTORY) {
            exchange.proof.step("file", Optional.empty(), path, "a directory: redirects to the URI with a slash");
            return new Turn.Special(301);
        }
        if (type != FileType.REGULAR) {
            exchange.proof.step("file", Optional.empty(), path, "no regular file");
            exchange.proof.refuse(notRegular(path));
            return new Turn.Special(type == FileType.SOCKET ? 500 : 404);
        }
        if (exchange.method.equals("POST")) {
            return notAllowed(Optional.of(path));
        }
        exchange.proof.step("file", Optional.empty(), path, "served");
        return new Conditions(exchange).serve(path, (Tree.Found.There) found);
    }

    private static Refusal notRegular(PathBytes path) {
        return new Refusal(
                Reason.NOT_REGULAR,
                new Refusal.Blame.Place(path),
                "",
                404,
                Optional.of(path),
                Refusal.Meaning.ACCIDENT);
    }

    /** ELOOP is 403, whether links are forbidden or lead in a circle. */
    private Turn failed(PathBytes path, Need need, Errno errno) {
        boolean links = errno == Errno.ELOOP && need == Need.READ;
        int status = errno == Errno.EACCES || links ? 403 : errno == Errno.ELOOP ? 500 : 404;
        exchange.proof.step("file", Optional.empty(), path, errno.sentence());
        if (need == Need.READ) {
            files.refuse(path, errno, status);
        } else {
            exchange.proof.refuse(path, need, errno, status);
        }
        return new Turn.Special(status);
    }
}
