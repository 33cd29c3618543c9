package docrootaudit.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/** Events as the store keeps them; nothing is lost on the way. */
public final class EventJson {
    private EventJson() {}

    public static String write(Event event) {
        return Json.object(json -> fields(json, event));
    }

    private static void fields(JsonGenerator json, Event event) throws IOException {
        json.writeStringField("kind", event.kind().name());
        json.writeStringField("at", event.at().toString());
        Json.optional(json, "previous", event.previous().map(Object::toString));
        json.writeStringField("root", Json.path(event.root()));
        json.writeStringField("user", event.user());
        json.writeNumberField("uid", Integer.toUnsignedLong(event.uid()));
        json.writeStringField("cause", event.cause());
        json.writeStringField("blamed", Json.path(event.blamed()));
        json.writeNumberField("names", event.names());
        json.writeStringField("word", event.word());
        json.writeStringField("rule", event.rule());
        Json.optional(json, "before", event.before());
        Json.optional(json, "beside", event.beside());
        json.writeStringField("now", event.now());
        json.writeNumberField("paths", event.paths());
        Json.strings(json, "examples", event.examples().stream().map(Json::path).toList());
        json.writeArrayFieldStart("fixes");
        for (Event.Fix fix : event.fixes()) {
            json.writeStartObject();
            json.writeStringField("command", fix.command());
            json.writeStringField("also_allows", fix.alsoAllows());
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.optional(json, "advice", event.advice());
        Json.optional(json, "listing", event.listing());
        Json.optional(json, "server", Optional.of(event.server()).filter(server -> !server.isEmpty()));
    }

    /** What {@link #write} wrote. */
    public static Event read(String text) {
        Json.Read json = Json.read(text);
        return new Event(
                Event.Kind.valueOf(json.text("kind")),
                json.time("at"),
                json.has("previous") ? Optional.of(json.time("previous")) : Optional.empty(),
                json.path("root"),
                json.text("user"),
                (int) json.number("uid"),
                json.text("cause"),
                json.path("blamed"),
                Math.toIntExact(json.number("names")),
                json.text("word"),
                json.text("rule"),
                json.optional("before"),
                json.optional("beside"),
                json.text("now"),
                json.number("paths"),
                json.strings("examples").stream().map(Json::path).toList(),
                json.objects("fixes").stream()
                        .map(fix -> new Event.Fix(fix.text("command"), fix.text("also_allows")))
                        .toList(),
                json.optional("advice"),
                json.optional("listing"),
                json.optional("server").orElse(""));
    }
}
