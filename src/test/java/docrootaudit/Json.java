package docrootaudit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object as scripts read it. */
record Json(Map<String, Object> fields) {
    private static final JsonFactory FACTORY = new JsonFactory();

    static Json parse(byte[] text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return (Json) value(parser);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    parser.nextToken();
                    fields.put(key, value(parser));
                }
                yield new Json(fields);
            }
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield values;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> Optional.empty();
            default -> parser.getText();
        };
    }

    /** One question of {@code explain -}, on a line. */
    static byte[] question(PathBytes target, String need, String as) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(line)) {
            out.writeStartObject();
            Optional<String> text = target.utf8();
            if (text.isPresent()) {
                out.writeStringField("target", text.get());
            } else {
                out.writeStringField("target_b64", Base64.getEncoder().encodeToString(target.bytes()));
            }
            out.writeStringField("need", need);
            out.writeStringField("as", as);
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return line.toByteArray();
    }

    /** An object of texts and lists of texts, on a line. */
    static byte[] line(Map<String, Object> fields) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(line)) {
            out.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                if (field.getValue() instanceof List<?> list) {
                    out.writeArrayFieldStart(field.getKey());
                    for (Object text : list) {
                        out.writeString((String) text);
                    }
                    out.writeEndArray();
                } else {
                    out.writeStringField(field.getKey(), (String) field.getValue());
                }
            }
            out.writeEndObject();
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return line.toByteArray();
    }

    boolean has(String key) {
        return fields.containsKey(key) && !Optional.empty().equals(fields.get(key));
    }

    /** A text; empty where it is absent or null. */
    String text(String key) {
        return has(key) ? (String) fields.get(key) : "";
    }

    int number(String key) {
        return Math.toIntExact((Long) fields.get(key));
    }

    boolean is(String key) {
        return (Boolean) fields.get(key);
    }

    Json object(String key) {
        return (Json) fields.get(key);
    }

    /** A path, also one whose bytes are no UTF-8. */
    PathBytes path(String key) {
        return has(key + "_b64")
                ? PathBytes.of(Base64.getDecoder().decode(text(key + "_b64")))
                : PathBytes.of(text(key));
    }

    /** The objects of a list; none where it is absent. */
    List<Json> objects(String key) {
        return list(key).stream().map(Json.class::cast).toList();
    }

    List<String> texts(String key) {
        return list(key).stream().map(String.class::cast).toList();
    }

    private List<?> list(String key) {
        return has(key) ? (List<?>) fields.get(key) : List.of();
    }
}
