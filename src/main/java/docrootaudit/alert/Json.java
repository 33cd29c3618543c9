package docrootaudit.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects as the outbox keeps them: JSON of our own, written and read by the same program. */
final class Json {
    /** A mail may tell of 500 causes with 50 paths of 4096 bytes each: more than Jackson takes for sane. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Json() {}

    /** Writes the fields of an object. */
    interface Fields {
        void to(JsonGenerator json) throws IOException;
    }

    static String object(Fields fields) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.to(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    static void strings(JsonGenerator json, String key, List<String> texts) throws IOException {
        json.writeArrayFieldStart(key);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static void optional(JsonGenerator json, String key, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(key, text.get());
        }
    }

    /** A path as text; as its bytes if these are no UTF-8, behind a sign that begins no path. */
    static String path(PathBytes path) {
        return path.utf8().orElseGet(() -> ":" + Base64.getEncoder().encodeToString(path.bytes()));
    }

    static PathBytes path(String text) {
        return text.startsWith(":") ? PathBytes.of(Base64.getDecoder().decode(text.substring(1))) : PathBytes.of(text);
    }

    /** An object that was written here. */
    static Read read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return (Read) value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    fields.put(key, value(parser));
                }
                yield new Read(fields);
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default -> parser.getText();
        };
    }

    /** An object as it was read. */
    record Read(Map<String, Object> fields) {
        boolean has(String key) {
            return fields.containsKey(key);
        }

        String text(String key) {
            return (String) fields.get(key);
        }

        Optional<String> optional(String key) {
            return Optional.ofNullable(text(key));
        }

        long number(String key) {
            return (Long) fields.get(key);
        }

        Instant time(String key) {
            return Instant.parse(text(key));
        }

        PathBytes path(String key) {
            return Json.path(text(key));
        }

        List<String> strings(String key) {
            return ((List<?>) fields.get(key)).stream().map(String.class::cast).toList();
        }

        List<Read> objects(String key) {
            return ((List<?>) fields.get(key)).stream().map(Read.class::cast).toList();
        }
    }
}
