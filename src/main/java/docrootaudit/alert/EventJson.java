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
        json.writeStringField("user", event.view().user());
        json.writeNumberField("uid", Integer.toUnsignedLong(event.view().uid()));
        json.writeStringField("cause", event.cause());
        json.writeStringField("blamed", Json.path(event.culprit().blamed()));
        json.writeNumberField("names", event.names());
        json.writeStringField("word", event.culprit().word());
        json.writeStringField("rule", event.culprit().rule());
        Json.optional(json, "before", event.likeness().before());
        Json.optional(json, "beside", event.likeness().beside());
        json.writeStringField("now", event.likeness().now());
        json.writeNumberField("paths", event.paths());
        Json.strings(
                json,
                "examples",
                event.refused().examples().stream().map(Json::path).toList());
        json.writeArrayFieldStart("fixes");
        for (Event.Fix fix : event.mending().fixes()) {
            json.writeStartObject();
            json.writeStringField("command", fix.command());
            json.writeStringField("also_allows", fix.alsoAllows());
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.optional(json, "advice", event.mending().advice());
        Json.optional(json, "listing", event.mending().listing());
        Json.optional(json, "server", Optional.of(event.view().server()).filter(server -> !server.isEmpty()));
    }

    /** What {@link #write} wrote. */
    public static Event read(String text) {
        Json.Read json = Json.read(text);
        return new Event(
                Event.Kind.valueOf(json.text("kind")),
                json.time("at"),
                json.has("previous") ? Optional.of(json.time("previous")) : Optional.empty(),
                new Event.View(
                        json.path("root"),
                        json.text("user"),
                        (int) json.number("uid"),
                        json.optional("server").orElse("")),
                new Event.Culprit(
                        json.text("cause"),
                        json.path("blamed"),
                        Math.toIntExact(json.number("names")),
                        json.text("word"),
                        json.text("rule")),
                new Event.Likeness(json.optional("before"), json.optional("beside"), json.text("now")),
                new Event.Refused(
                        json.number("paths"),
                        json.strings("examples").stream().map(Json::path).toList()),
                new Event.Mending(
                        json.objects("fixes").stream()
                                .map(fix -> new Event.Fix(fix.text("command"), fix.text("also_allows")))
                                .toList(),
                        json.optional("advice"),
                        json.optional("listing")));
    }
}
