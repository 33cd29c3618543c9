package docrootaudit.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The words that all JSON documents share, on Jackson's generator. Closing it leaves the stream open, flushed. */
public final class JsonOut implements Closeable {
    // A document cut short by an exception shall not look whole: no AUTO_CLOSE_CONTENT.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .characterEscapes(new VisibleEscapes())
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    final JsonGenerator json;

    private JsonOut(JsonGenerator json) {
        this.json = json;
    }

    /** For one document, laid out over lines. */
    static JsonOut document(OutputStream out) throws IOException {
        JsonOut document = lines(out);
        document.json.setPrettyPrinter(new LinePrinter());
        return document;
    }

    /** For objects, one a line. */
    public static JsonOut lines(OutputStream out) throws IOException {
        return new JsonOut(FACTORY.createGenerator(out, JsonEncoding.UTF8));
    }

    /** For what has no word of its own here. */
    public JsonGenerator generator() {
        return json;
    }

    /** Begins a document or a line. */
    public void begin(String kind) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        json.writeStringField("kind", kind);
    }

    public void end() throws IOException {
        json.writeEndObject();
    }

    /** A path or name: the real string, or one for eyes and the bytes beside it. */
    public void path(String key, PathBytes path) throws IOException {
        Optional<String> text = path.utf8();
        json.writeStringField(key, text.orElseGet(path::toString));
        if (text.isEmpty()) {
            json.writeStringField(key + "_b64", base64(path));
        }
    }

    void pathOrNull(String key, Optional<PathBytes> path) throws IOException {
        if (path.isPresent()) {
            path(key, path.get());
        } else {
            json.writeNullField(key);
        }
    }

    /** A list of paths; where one is no UTF-8, beside it a list of the same length with bytes or null. */
    void paths(String key, List<PathBytes> paths) throws IOException {
        json.writeArrayFieldStart(key);
        for (PathBytes path : paths) {
            json.writeString(path.utf8().orElseGet(path::toString));
        }
        json.writeEndArray();
        if (paths.stream().allMatch(p -> p.utf8().isPresent())) {
            return;
        }
        json.writeArrayFieldStart(key + "_b64");
        for (PathBytes path : paths) {
            json.writeString(path.utf8().isPresent() ? null : base64(path));
        }
        json.writeEndArray();
    }

    private static String base64(PathBytes path) {
        return Base64.getEncoder().encodeToString(path.bytes());
    }

    public void strings(String key, List<String> texts) throws IOException {
        json.writeArrayFieldStart(key);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** A text, or null if it is empty. */
    public void textOrNull(String key, String text) throws IOException {
        json.writeStringField(key, text.isEmpty() ? null : text);
    }

    public void time(String key, Instant time) throws IOException {
        json.writeStringField(key, rfc3339(time));
    }

    /** In UTC, to the second or the millisecond. */
    static String rfc3339(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    void identity(Identity identity) throws IOException {
        Principal who = identity.principal();
        json.writeObjectFieldStart("as");
        json.writeStringField("user", identity.user().orElse(null));
        json.writeNumberField("uid", Integer.toUnsignedLong(who.uid()));
        json.writeNumberField("gid", Integer.toUnsignedLong(who.gid()));
        json.writeArrayFieldStart("groups");
        for (int gid : who.groups().gids()) {
            json.writeNumber(Integer.toUnsignedLong(gid));
        }
        json.writeEndArray();
        json.writeStringField("why", identity.why());
        json.writeEndObject();
    }

    public void blame(PathBytes path, String rule) throws IOException {
        blame("path", path, rule);
    }

    /** @param key what is to blame: a {@code path}, or the {@code source} of a rule */
    public void blame(String key, PathBytes value, String rule) throws IOException {
        json.writeObjectFieldStart("blame");
        path(key, value);
        textOrNull("rule", rule);
        json.writeEndObject();
    }

    /** The cause, and under {@code then} what would refuse next; nulls where nothing refuses. */
    <C> void causes(List<C> causes, CauseWriter<C> writer) throws IOException {
        if (causes.isEmpty()) {
            for (String key : List.of("cause", "errno", "via", "blame")) {
                json.writeNullField(key);
            }
        } else {
            writer.write(causes.get(0));
        }
        json.writeArrayFieldStart("then");
        for (C next : causes.subList(Math.min(1, causes.size()), causes.size())) {
            json.writeStartObject();
            writer.write(next);
            end();
        }
        json.writeEndArray();
    }

    /** Writes the fields of a cause. */
    @FunctionalInterface
    interface CauseWriter<C> {
        void write(C cause) throws IOException;
    }

    void fixes(Remedies remedies) throws IOException {
        json.writeArrayFieldStart("fixes");
        for (Remedy fix : remedies.fixes()) {
            json.writeStartObject();
            json.writeStringField("command", fix.command());
            json.writeStringField("also_allows", fix.alsoAllows());
            json.writeNumberField("scope", fix.scope());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void advice(Remedies remedies) throws IOException {
        if (remedies.advice().isPresent()) {
            json.writeStringField("advice", remedies.advice().get());
        }
    }

    /** Ends the last line and flushes. */
    @Override
    public void close() throws IOException {
        json.writeRaw('\n');
        json.close();
    }
}
