package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.Optional;

/** {@code ngx_http_try_files_module.c}: what it may not see is not there for it. */
final class Trying {
    private final Exchange exchange;
    private final Files files;
    private Optional<PathBytes> missing = Optional.empty();
    private boolean unseen;

    Trying(Exchange exchange) {
        this.exchange = exchange;
        this.files = new Files(exchange);
    }

    Optional<Turn> run() {
        if (exchange.place.tryFiles().isEmpty()) {
            return Optional.empty();
        }
        TryFiles tryFiles = exchange.place.tryFiles().get();
        Optional<Files.Base> base = exchange.base();
        if (base.isEmpty()) {
            return Optional.of(new Turn.Special(500));
        }
        for (TryFiles.Candidate candidate : tryFiles.candidates()) {
            boolean skipped = candidate.kind() == TryFiles.Kind.DIRECTORY && exchange.isLifted(tryFiles.directive());
            if (!skipped && isThere(tryFiles, candidate, base.get())) {
                return Optional.empty();
            }
        }
        return Optional.of(fallBack(tryFiles, base.get()));
    }

    private boolean isThere(TryFiles tryFiles, TryFiles.Candidate candidate, Files.Base base) {
        Value name = candidate.name().evaluate(exchange.variables::value);
        exchange.proof.doubt(located(name.doubt(), tryFiles));
        String prefix = prefix(base);
        String tail = withoutAlias(candidate.name(), name.text(), prefix);
        PathBytes path = ByteText.path(base.path() + tail);
        Tree.Found found = files.stat(path);
        boolean directory = found.is(FileType.DIRECTORY);
        boolean wanted = candidate.kind() == TryFiles.Kind.DIRECTORY;
        if (!(found instanceof Tree.Found.There) || directory != wanted) {
            note(tryFiles, candidate, path, found);
            return false;
        }
        exchange.proof.step("try_files", Optional.of(tryFiles.directive()), path, wanted ? "a directory" : "there");
        if (wanted && tryFiles.code().isEmpty()) {
            exchange.choseDirectory = Optional.of(tryFiles.directive());
        }
        switch (base.root().kind()) {
            case ROOT -> exchange.uri = tail;
            case ALIAS -> exchange.uri = prefix + tail;
            case WHOLE -> {
                if (!wanted) {
                    exchange.uri = tail;
                    exchange.addUriToAlias = true;
                }
            }
        }
        return true;
    }

    /** What an alias cuts off. */
    private String prefix(Files.Base base) {
        return exchange.uri.substring(0, Math.min(base.root().aliasLength(), exchange.uri.length()));
    }

    /** Below an alias a word with variables loses the location's own part; the fallback too, which surprises people. */
    private static String withoutAlias(Template word, String text, String prefix) {
        return !word.isConstant() && text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private void note(TryFiles tryFiles, TryFiles.Candidate candidate, PathBytes path, Tree.Found found) {
        String result =
                found instanceof Tree.Found.Failed failed ? failed.errno().sentence() : "not what is looked for";
        exchange.proof.step("try_files", Optional.of(tryFiles.directive()), path, result);
        if (found instanceof Tree.Found.Failed failed
                && failed.errno() != Errno.ENOENT
                && failed.errno() != Errno.ENOTDIR) {
            unseen = true;
            files.noteHidden(path, found);
        } else if (missing.isEmpty() && !found.isThere() && candidate.kind() == TryFiles.Kind.FILE) {
            missing = Optional.of(path);
        }
    }

    private Turn fallBack(TryFiles tryFiles, Files.Base base) {
        if (tryFiles.code().isPresent()) {
            int code = tryFiles.code().get();
            exchange.proof.step("try_files", tryFiles.directive(), "answers " + code);
            if (code >= 400 && !unseen) {
                refuse(tryFiles, code);
            }
            return code >= 300 || code == 201 || code == 204
                    ? new Turn.Special(code)
                    : new Turn.Sent(code, Optional.empty());
        }
        Value target = tryFiles.fallback().evaluate(exchange.variables::value);
        exchange.proof.doubt(located(target.doubt(), tryFiles));
        String text = withoutAlias(tryFiles.fallback(), target.text(), prefix(base));
        exchange.proof.step("try_files", tryFiles.directive(), "falls back to " + ByteText.visible(text));
        if (text.startsWith("@")) {
            return new Turn.Named(text);
        }
        int question = text.indexOf('?');
        return question < 0
                ? new Turn.Internal(text, "")
                : new Turn.Internal(text.substring(0, question), text.substring(question + 1));
    }

    private void refuse(TryFiles tryFiles, int code) {
        Reason reason = code == 404 || code == 410 ? Reason.MISSING : Reason.DENY_RULE;
        Refusal.Blame blame = reason == Reason.MISSING && missing.isPresent()
                ? new Refusal.Blame.Place(missing.get())
                : new Refusal.Blame.Line(tryFiles.directive().source());
        exchange.proof.refuse(
                new Refusal(reason, blame, tryFiles.directive().text(), code, missing, Refusal.Meaning.ACCIDENT));
    }

    private static Optional<Doubt> located(Optional<Doubt> doubt, TryFiles tryFiles) {
        return doubt.map(d -> d.source().isPresent()
                ? d
                : new Doubt(d.reason(), Optional.of(tryFiles.directive().source())));
    }
}
