package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.Optional;

/** {@code ngx_http_index_module.c}: the first index that exists decides, whether or not it can be read. */
final class Index {
    private final Exchange exchange;
    private final Files files;

    Index(Exchange exchange) {
        this.exchange = exchange;
        this.files = new Files(exchange);
    }

    /** How the request goes on, if an index decides. */
    Optional<Turn> run() {
        boolean directoryTested = false;
        for (Template template : exchange.settings().indexNames) {
            Value name = template.evaluate(exchange.variables::value);
            exchange.proof.doubt(name.doubt());
            if (name.text().startsWith("/")) {
                exchange.settings().index.ifPresent(d -> exchange.proof.step("index", d, "goes on with its last word"));
                return Optional.of(new Turn.Internal(name.text(), exchange.args));
            }
            Optional<String> mapped = exchange.mapped();
            if (mapped.isEmpty()) {
                exchange.proof.step("index", "an alias cannot be used where the URI was rewritten");
                return Optional.of(new Turn.Special(500));
            }
            PathBytes path = ByteText.path(mapped.get() + name.text());
            Tree.Found found = files.stat(path);
            if (found instanceof Tree.Found.There) {
                exchange.proof.step("index", exchange.settings().index, path, "there");
                return Optional.of(new Turn.Internal(exchange.uri + name.text(), exchange.args));
            }
            Errno errno = ((Tree.Found.Failed) found).errno();
            exchange.proof.step("index", exchange.settings().index, path, errno.sentence());
            if (errno != Errno.ENOENT) {
                int status = errno == Errno.ELOOP || errno == Errno.EACCES ? 403 : 404;
                files.refuse(path, errno, status);
                return Optional.of(new Turn.Special(status));
            }
            if (!directoryTested) {
                Optional<Turn> refused = testDirectory(mapped.get());
                if (refused.isPresent()) {
                    return refused;
                }
                directoryTested = true;
            }
        }
        return Optional.empty();
    }

    private Optional<Turn> testDirectory(String mapped) {
        // an alias need not end with a slash
        String text = mapped.endsWith("/") && mapped.length() > 1 ? mapped.substring(0, mapped.length() - 1) : mapped;
        PathBytes path = ByteText.path(text);
        Tree.Found found = files.stat(path);
        if (found.is(FileType.DIRECTORY) || found.failedWith(Errno.EACCES)) {
            return Optional.empty();
        }
        if (found instanceof Tree.Found.Failed failed) {
            int status = failed.errno() == Errno.ENOENT ? 404 : failed.errno() == Errno.ELOOP ? 403 : 500;
            exchange.proof.refuse(path, Need.READ, failed.errno(), status);
            return Optional.of(new Turn.Special(status));
        }
        exchange.proof.refuse(new Refusal(
                Reason.MISSING, new Refusal.Blame.Place(path), "", 500, Optional.of(path), Refusal.Meaning.ACCIDENT));
        return Optional.of(new Turn.Special(500));
    }

    /** Nobody answers for a directory: there is no index, and no listing. */
    Turn forbidden() {
        Optional<PathBytes> path = exchange.mapped().map(ByteText::path);
        if (path.isEmpty()) {
            return new Turn.Special(403);
        }
        Optional<Directive> chose = exchange.choseDirectory;
        exchange.proof.step("index", chose.or(() -> exchange.settings().index), path.get(), "no index, and no listing");
        exchange.proof.refuse(new Refusal(
                Reason.MISSING_INDEX,
                chose.<Refusal.Blame>map(d -> new Refusal.Blame.Line(d.source()))
                        .orElse(new Refusal.Blame.Place(path.get())),
                chose.map(Directive::text).orElse(""),
                403,
                path,
                Refusal.Meaning.ACCIDENT));
        return new Turn.Special(403);
    }
}
