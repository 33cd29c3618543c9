package docrootaudit.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import docrootaudit.access.PathBytes;
import docrootaudit.report.Format;
import docrootaudit.report.Reports;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Questions on standard input: a line is a path or URL, or a JSON object with {@code target} (or {@code target_b64})
 * and any of {@code need}, {@code as}, {@code from}, {@code to}, {@code method}, {@code user} and {@code headers}. Each
 * is answered and flushed before the next line is read.
 */
final class Questions {
    /** Of two targets in one question neither is more meant than the other. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final NeedOption need;
    private final IdentityOptions identity;
    private final VisitorOptions visitor;

    Questions(InputStream in, NeedOption need, IdentityOptions identity, VisitorOptions visitor) {
        this.in = new BufferedInputStream(in);
        this.need = need;
        this.identity = identity;
        this.visitor = visitor;
    }

    int answer(ExplainCommand.Explainer explainer, Reports reports, Format format, OutputStream out)
            throws IOException, InterruptedException {
        int status = Exit.FINE;
        for (Optional<byte[]> line = line(); line.isPresent(); line = line()) {
            if (line.get().length == 0) {
                continue;
            }
            try {
                ExplainCommand.Answered answered = explainer.explain(question(line.get()));
                answered.report(reports, format, out);
                status = worse(status, answered.status());
            } catch (UsageException e) {
                reports.error(e.getMessage(), format, out);
                status = worse(status, Exit.USAGE);
            } catch (FailedException e) {
                reports.error(e.getMessage(), format, out);
                status = worse(status, Exit.INCOMPLETE);
            }
            out.flush();
        }
        return status;
    }

    private static int worse(int a, int b) {
        for (int status : new int[] {Exit.USAGE, Exit.INCOMPLETE, Exit.REFUSED}) {
            if (a == status || b == status) {
                return status;
            }
        }
        return Exit.FINE;
    }

    /** The next line without its end; empty at the end of input. */
    private Optional<byte[]> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() < LONGEST) {
                line.write(b);
            }
        }
        return Optional.of(line.toByteArray());
    }

    private ExplainCommand.Asked question(byte[] line) throws UsageException {
        if (line.length == LONGEST) {
            throw new UsageException("the line is longer than 1 MiB; expected a path or a JSON object");
        }
        if (line[0] != '{') {
            return new ExplainCommand.Asked(PathBytes.of(line), need, identity, visitor);
        }
        try (JsonParser json = JSON.createParser(line)) {
            return object(json);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("the line begins like a JSON object and is none; expected one such as"
                    + " {\"target\": \"/var/www\", \"as\": \"www-data\"}");
        }
    }

    private ExplainCommand.Asked object(JsonParser json) throws IOException, UsageException {
        Optional<PathBytes> target = Optional.empty();
        NeedOption ownNeed = need;
        IdentityOptions ownIdentity = identity;
        VisitorOptions ownVisitor = visitor.copy();
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "target" -> {
                    PathBytes path = path(text(json, key));
                    target = target.or(() -> Optional.of(path));
                }
                case "target_b64" ->
                    target = Optional.of(PathBytes.of(Base64.getDecoder().decode(text(json, key))));
                case "need" -> {
                    ownNeed = new NeedOption();
                    ownNeed.need = text(json, key);
                }
                case "as" -> {
                    ownIdentity = new IdentityOptions();
                    ownIdentity.user = text(json, key);
                }
                case "from" -> ownVisitor.from = text(json, key);
                case "to" -> ownVisitor.to = text(json, key);
                case "method" -> ownVisitor.method = text(json, key);
                case "user" -> login(ownVisitor, text(json, key));
                case "headers" -> ownVisitor.headers.addAll(texts(json, key));
                default ->
                    throw new UsageException("unknown key " + Words.show(key) + "; expected target, target_b64, need,"
                            + " as, from, to, method, user or headers");
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new IOException("not one object");
        }
        if (target.isEmpty()) {
            throw new UsageException("the question has no target; expected a path as target or target_b64");
        }
        return new ExplainCommand.Asked(target.get(), ownNeed, ownIdentity, ownVisitor);
    }

    /** {@code NAME}, or {@code NAME:PASSWORD}: what is not on a command line nobody else can see. */
    private static void login(VisitorOptions visitor, String user) {
        int colon = user.indexOf(':');
        visitor.user = colon < 0 ? user : user.substring(0, colon);
        visitor.passwordFile = null;
        visitor.password = colon < 0 ? Optional.empty() : Optional.of(PathBytes.of(user.substring(colon + 1)));
    }

    private static List<String> texts(JsonParser json, String key) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException(key + " is no list");
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(json, key));
        }
        return texts;
    }

    /** Half a character of UTF-16 has no bytes: it would become the name of another file. */
    private static PathBytes path(String text) throws UsageException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new UsageException("the target holds half a character; expected its bytes as target_b64");
        }
        return PathBytes.of(text);
    }

    private static String text(JsonParser json, String key) {
        try {
            if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
                throw new IllegalArgumentException(key + " is no text");
            }
            return json.getText();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
