package docrootaudit.server.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** ModSecurity's audit log as JSON, an object a line, by version 2 ({@code audit_data}) and 3 ({@code messages}). */
final class ModSecurityJson implements LogParser {
    private static final JsonFactory JSON = new JsonFactory();

    private final ZoneId zone;

    /** @param zone of the times of version 3 */
    ModSecurityJson(ZoneId zone) {
        this.zone = zone;
    }

    /** Whether a line is an entry. */
    static boolean begins(String line) {
        return line.startsWith("{\"transaction\":");
    }

    /** What was read of one object. */
    private static final class Entry {
        private OptionalLong second = OptionalLong.empty();
        private String address = "";
        private String site = "";
        private Optional<PathBytes> url = Optional.empty();
        private Agent agent = Agent.BOT;
        private Optional<LogEvent.What> what = Optional.empty();
        private Optional<LogEvent.What> rule = Optional.empty();
        private boolean intercepted;
        private OptionalInt status = OptionalInt.empty();
        private String text = "";
    }

    @Override
    public void line(String line, Consumer<LogEvent> to) {
        if (!begins(line)) {
            return;
        }
        Entry entry = new Entry();
        try (JsonParser json = JSON.createParser(line.getBytes(StandardCharsets.ISO_8859_1))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isScalarValue()) {
                    value(entry, place(json), json.getText());
                }
            }
        } catch (IOException e) {
            return; // cut short, or no JSON
        }
        Optional<LogEvent.What> what = entry.intercepted ? entry.what : refusedByRule(entry);
        what.ifPresent(w -> to.accept(new LogEvent.Refused(
                entry.second,
                new LogEvent.Visitor(entry.address, entry.agent),
                entry.site,
                entry.url,
                w,
                LogEvent.Certainty.REFUSED)));
    }

    /** Version 3 says which rules matched and what was answered, not that it was for them. */
    private static Optional<LogEvent.What> refusedByRule(Entry entry) {
        return entry.status.isPresent() && entry.status.getAsInt() == 403 ? entry.rule : Optional.empty();
    }

    /** The keys down to a value, indices left out. */
    private static String place(JsonParser json) {
        return json.getParsingContext()
                .pathAsPointer()
                .toString()
                .replaceAll("/[0-9]+", "")
                .toLowerCase(Locale.ROOT);
    }

    private void value(Entry entry, String place, String value) {
        switch (place) {
            case "/transaction/time" -> entry.second = LogTimes.common(value);
            case "/transaction/time_stamp" -> entry.second = LogTimes.ctime(value, zone);
            case "/transaction/remote_address", "/transaction/client_ip" -> entry.address = value;
            case "/request/request_line" -> entry.url = RequestLine.path(bytes(value));
            case "/transaction/request/uri" -> entry.url = RequestLine.pathOfTarget(bytes(value));
            case "/request/headers/user-agent", "/transaction/request/headers/user-agent" ->
                entry.agent = Agent.of(value);
            case "/audit_data/messages" ->
                entry.what = entry.what.isPresent() ? entry.what : ModSecurityMessage.refusal(value);
            case "/audit_data/action/intercepted" -> entry.intercepted = value.equals("true");
            case "/transaction/response/http_code" -> entry.status = AccessFormat.status(value, 0);
            case "/transaction/messages/message" -> entry.text = value;
            case "/transaction/messages/details/ruleid" ->
                // the last one: that which adds up the scores of those before
                entry.rule = Optional.of(
                        new LogEvent.What(Symptom.WAF, value, entry.text, Optional.empty(), OptionalInt.of(403)));
            default -> {}
        }
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
