package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Passwords;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.Optional;

/** {@code ngx_http_auth_basic_module.c}. */
final class BasicAuth {
    private static final Access.Say NOTHING = new Access.Say.Nothing();

    private final Exchange exchange;
    private final Directive realm;
    private final Directive userFile;

    BasicAuth(Exchange exchange) {
        this.exchange = exchange;
        this.realm = exchange.settings().realm.orElse(null);
        this.userFile = exchange.settings().userFile.orElse(null);
    }

    Access.Say check() {
        if (realm == null || userFile == null || exchange.isLifted(realm) || exchange.isLifted(userFile)) {
            return NOTHING;
        }
        if (realm.word(0).equals("off")
                || exchange.variables.text(realm.word(0), realm).equals("off")) {
            return NOTHING;
        }
        Optional<Credentials> credentials = Credentials.of(exchange.request);
        if (credentials.isEmpty()) {
            exchange.proof.step("auth", realm, "no credentials were sent");
            return unauthorized(Refusal.Meaning.ON_PURPOSE);
        }
        return check(credentials.get());
    }

    private Access.Say check(Credentials credentials) {
        PathBytes file = file();
        if (exchange.tree.stat(file).is(FileType.DIRECTORY)) {
            return directory(file);
        }
        Tree.Contents contents = exchange.tree.read(file);
        if (contents instanceof Tree.Contents.Failed failed) {
            return unreadable(file, failed.errno());
        } else if (contents instanceof Tree.Contents.Withheld withheld) {
            exchange.proof.doubt(withheld.why(), userFile.source());
            exchange.proof.step("auth", Optional.of(userFile), file, "not opened");
            return new Access.Say.Pass();
        }
        Optional<String> stored = find(((Tree.Contents.Read) contents).text(), credentials.name());
        if (stored.isEmpty()) {
            exchange.proof.step("auth", Optional.of(userFile), file, "does not name the visitor");
            return unauthorized(Refusal.Meaning.ACCIDENT);
        }
        Passwords.Answer answer = credentials.password().isEmpty()
                ? Passwords.Answer.RIGHT
                : Passwords.check(
                        Passwords.Dialect.NGINX, credentials.password().get(), stored.get());
        exchange.proof.step(
                "auth",
                Optional.of(userFile),
                file,
                switch (answer) {
                    case RIGHT -> "names the visitor";
                    case WRONG -> "has another password";
                    case UNKNOWN -> "has a password of a kind that is not known";
                });
        if (answer == Passwords.Answer.UNKNOWN) {
            exchange.proof.doubt("a password's kind is not known", userFile.source());
        }
        return answer == Passwords.Answer.WRONG ? unauthorized(Refusal.Meaning.ACCIDENT) : new Access.Say.Pass();
    }

    /** Relative to the configuration's own directory, not to the prefix. */
    private PathBytes file() {
        String path = exchange.variables.text(userFile.word(0), userFile);
        PathBytes bytes = ByteText.path(path);
        return bytes.isAbsolute() ? bytes : exchange.configuration.directory().resolve(bytes);
    }

    private Access.Say unreadable(PathBytes file, Errno errno) {
        int status = errno == Errno.ENOENT ? 403 : 500;
        exchange.proof.step("auth", Optional.of(userFile), file, errno.sentence());
        Refusal.Blame blame = errno == Errno.EACCES
                ? new Refusal.Blame.File(file, Need.READ, errno)
                : new Refusal.Blame.Line(userFile.source());
        return new Access.Say.No(
                status,
                new Refusal(Reason.AUTH, blame, userFile.text(), status, Optional.of(file), Refusal.Meaning.ACCIDENT));
    }

    /** Opened like a file, and then it cannot be read (EISDIR). */
    private Access.Say directory(PathBytes file) {
        exchange.proof.step("auth", Optional.of(userFile), file, "a directory");
        return new Access.Say.No(
                500,
                new Refusal(
                        Reason.AUTH,
                        new Refusal.Blame.Line(userFile.source()),
                        userFile.text(),
                        500,
                        Optional.of(file),
                        Refusal.Meaning.ACCIDENT));
    }

    private Access.Say unauthorized(Refusal.Meaning meant) {
        return new Access.Say.No(
                401,
                new Refusal(
                        Reason.AUTH,
                        new Refusal.Blame.Line(realm.source()),
                        realm.text(),
                        401,
                        Optional.empty(),
                        meant));
    }

    /** The password field of the first line of that name; a line's end is a line feed, a comment begins at its start. */
    private static Optional<String> find(String text, String name) {
        String wanted = name + ":";
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int stop = end < 0 ? text.length() : end;
            if (text.charAt(at) != '#' && text.charAt(at) != '\r' && text.startsWith(wanted, at)) {
                int from = at + wanted.length();
                int to = from;
                while (to < stop && text.charAt(to) != ':' && text.charAt(to) != '\r') {
                    to++;
                }
                return Optional.of(text.substring(from, Math.max(from, to)));
            }
            at = stop + 1;
        }
        return Optional.empty();
    }
}
