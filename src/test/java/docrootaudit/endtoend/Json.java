package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A value of a JSON document, read strictly: a key twice is an error. */
record Json(Object value) {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static Json of(byte[] document) {
        return documents(document).get(0);
    }

    /** One after the other. */
    static List<Json> documents(byte[] text) {
        List<Json> documents = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {
                documents.add(new Json(read(parser)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(new String(text, UTF_8), e);
        }
        return documents;
    }

    private static Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                object.put(key, read(parser));
            }
            return object;
        } else if (token == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(read(parser));
            }
            return array;
        } else if (token == JsonToken.VALUE_NULL) {
            return "null";
        } else if (token.isNumeric()) {
            return parser.getLongValue();
        } else if (token.isBoolean()) {
            return parser.getBooleanValue();
        }
        return parser.getText();
    }

    Json get(String key) {
        Object found = ((Map<?, ?>) value).get(key);
        if (found == null) {
            throw new IllegalStateException("no " + key + " in " + value);
        }
        return new Json(found);
    }

    boolean has(String key) {
        return ((Map<?, ?>) value).containsKey(key);
    }

    List<Json> list(String key) {
        return ((List<?>) get(key).value()).stream().map(Json::new).toList();
    }

    Stream<Json> all(String key) {
        return list(key).stream();
    }

    /** A number, text, true or false. */
    String text(String key) {
        return get(key).value().toString();
    }

    /** The bytes of a path, each a character, from the key or from its sibling in base 64. */
    String bytes(String key) {
        return has(key + "_b64")
                ? new String(Base64.getDecoder().decode(text(key + "_b64")), ISO_8859_1)
                : new String(text(key).getBytes(UTF_8), ISO_8859_1);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
