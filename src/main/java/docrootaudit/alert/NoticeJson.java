package docrootaudit.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import docrootaudit.access.PathBytes;
import docrootaudit.report.JsonOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * A batch as JSON, schema 1, kind {@code alert}, with the keys that causes have in a scan.
 *
 * @param host on which it happened
 * @param paths whether paths are told; without, nothing that could hold one is, so neither roots nor commands
 */
record NoticeJson(String host, WebhookSettings.Paths paths) {
    /** Whoever takes notices takes no documents of any size; how many events were left out is told. */
    private static final int MOST = 100;

    /**
     * Bytes after which no further event is told. nginx and others take documents of 1 MiB unless they are told
     * otherwise (client_max_body_size), and what they refuse as too large would be lost for good.
     */
    private static final int ROOM = 256 << 10;

    String of(Batch batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonOut json = JsonOut.lines(out)) {
            write(batch, json, out::size);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void write(Batch batch, JsonOut out, IntSupplier written) throws IOException {
        JsonGenerator json = out.generator();
        List<Story> stories = Story.of(batch.events());
        SubjectLine subject = new SubjectLine(stories, host);
        out.begin("alert");
        json.writeStringField("id", batch.id());
        json.writeStringField("host", host);
        out.time("composed", batch.date());
        json.writeStringField("summary", named() ? subject.toString() : subject.withoutPaths());
        out.strings("asides", named() ? batch.asides() : List.of());
        json.writeArrayFieldStart("events");
        int told = 0;
        while (told < Math.min(MOST, stories.size()) && written.getAsInt() < ROOM) {
            event(stories.get(told++), out);
            json.flush();
        }
        json.writeEndArray();
        json.writeNumberField("omitted", stories.size() - told);
        out.end();
    }

    private void event(Story story, JsonOut out) throws IOException {
        JsonGenerator json = out.generator();
        Event event = story.event();
        json.writeStartObject();
        json.writeStringField("event", event.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("id", event.cause());
        json.writeStringField("cause", event.culprit().word());
        json.writeStringField("user", event.view().user());
        json.writeNumberField("uid", Integer.toUnsignedLong(event.view().uid()));
        out.time("at", story.at());
        Optional<Instant> previous = story.previous();
        if (previous.isPresent()) {
            out.time("previous", previous.get());
        } else {
            json.writeNullField("previous");
        }
        json.writeNumberField("names", story.names());
        json.writeNumberField("count", story.paths());
        json.writeStringField("before", event.likeness().before().orElse(null));
        json.writeStringField("beside", event.likeness().beside().orElse(null));
        out.textOrNull("now", event.likeness().now());
        if (named()) {
            paths(story, out);
        }
        json.writeEndObject();
    }

    private static void paths(Story story, JsonOut out) throws IOException {
        JsonGenerator json = out.generator();
        Event event = story.event();
        out.blame(
                event.isOfLine() ? "source" : "path",
                event.culprit().blamed(),
                event.culprit().rule());
        json.writeArrayFieldStart("roots");
        for (Event each : story.events()) {
            json.writeStartObject();
            out.path("root", each.root());
            json.writeNumberField("count", each.paths());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("examples");
        for (PathBytes example : story.examples()) {
            json.writeStartObject();
            out.path("path", example);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("fixes");
        for (Event.Fix fix : event.mending().fixes()) {
            json.writeStartObject();
            json.writeStringField("command", fix.command());
            json.writeStringField("also_allows", fix.alsoAllows());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("advice", event.mending().advice().orElse(null));
        json.writeStringField("listing", event.mending().listing().orElse(null));
    }

    private boolean named() {
        return paths == WebhookSettings.Paths.EXAMPLES;
    }
}
