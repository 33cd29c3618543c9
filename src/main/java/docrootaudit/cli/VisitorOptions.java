package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.web.SiteRules;
import docrootaudit.web.UrlQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who asks for a URL, from where and how. */
final class VisitorOptions {
    private static final int LONGEST = 4096;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "For a URL: the visitor's address (default: the loopback one where the server's is, else"
                    + " anybody's).")
    String from;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS[:PORT]",
            description = "Where the visitor connects to, if not where the URL says.")
    String to;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Whom the visitor says to be; without a password file, with the right password.")
    String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The visitor's password is its first line; - reads it from standard input.")
    String passwordFile;

    @Option(names = "--method", paramLabel = "M", defaultValue = "GET", description = "The request method (GET).")
    String method;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "A further line of the request's head. Without a User-Agent the visitor has a browser's.")
    List<String> headers = new ArrayList<>();

    /** Set where a question brings its own. */
    Optional<PathBytes> password = Optional.empty();

    /** The same visitor, of whom one question changes something. */
    VisitorOptions copy() {
        VisitorOptions copy = new VisitorOptions();
        copy.from = from;
        copy.to = to;
        copy.user = user;
        copy.passwordFile = passwordFile;
        copy.method = method;
        copy.headers = new ArrayList<>(headers);
        copy.password = password;
        return copy;
    }

    /** Whether the command line says anything of the visitor. */
    boolean isGiven() {
        return from != null
                || to != null
                || user != null
                || passwordFile != null
                || !method.equals("GET")
                || !headers.isEmpty();
    }

    /** The options that say the same again, for a command line; a password is asked for again. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--from", from);
        add(words, "--user", user);
        add(words, "--password-file", passwordFile);
        add(words, "--method", method.equals("GET") ? null : method);
        headers.forEach(header -> add(words, "--header", header));
        return words;
    }

    private static void add(List<String> words, String name, String value) {
        if (value != null) {
            words.addAll(List.of(name, value));
        }
    }

    /** The visitor of every URL of a site. */
    SiteRules.Visitor everywhere(InputStream in) throws UsageException {
        if (to != null) {
            throw new UsageException("--to says where one URL leads; every site is asked where it listens");
        }
        UrlQuestion asked = question(PathBytes.of(""), in);
        return new SiteRules.Visitor(asked.from(), asked.method(), asked.headers(), asked.user(), asked.password());
    }

    UrlQuestion question(PathBytes url, InputStream in) throws UsageException {
        if (passwordFile != null && user == null) {
            throw new UsageException("--password-file needs --user: whose password is it?");
        }
        return new UrlQuestion(
                url,
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                method,
                headers.stream().map(RawArguments::path).toList(),
                Optional.ofNullable(user).map(RawArguments::path),
                password.isPresent() ? password : password(in));
    }

    private Optional<PathBytes> password(InputStream in) throws UsageException {
        if (passwordFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(passwordFile.equals("-") ? firstLine(in) : firstLineOf(RawArguments.file(passwordFile)));
        } catch (IOException e) {
            throw new UsageException("--password-file " + Words.show(passwordFile) + ": " + Paths.why(e));
        }
    }

    private static PathBytes firstLineOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return firstLine(in);
        }
    }

    private static PathBytes firstLine(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST];
        int length = 0;
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (length == LONGEST) {
                throw new IOException("its first line is longer than " + LONGEST + " bytes");
            }
            line[length++] = (byte) b;
        }
        return PathBytes.of(line, 0, length > 0 && line[length - 1] == '\r' ? length - 1 : length);
    }
}
