package docrootaudit.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import docrootaudit.access.PathBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever bytes a name has, and whatever text an account: it is shown, and does nothing. */
class HostileWordingProperties {
    private static final Pattern TAG = Pattern.compile("<([^>]*)>");
    private static final Set<String> OURS = new TreeSet<>(List.of(
            "!DOCTYPE",
            "html",
            "head",
            "meta",
            "title",
            "body",
            "h2",
            "h3",
            "p",
            "div",
            "pre",
            "ul",
            "li",
            "code",
            "bdi"));
    private static final List<String> PIECES = List.of(
            "\n",
            "\r\nBcc: all@example.org\r\n",
            "\u001b[2J",
            "\u202e",
            "\u200f",
            "\u2066",
            "\u061c",
            "\u2028",
            "\u0085",
            "<script>alert(1)</script>",
            "</code>",
            "<img src=x onerror=alert(1)>",
            "&lt;",
            "\"'",
            "${7*7}",
            "@if(",
            "-- ",
            "\n.\n",
            "From x",
            "=?utf-8?q?a?=",
            "\\",
            "\u05d0\u05d1",
            "\ud83d\ude00",
            " ",
            "/");

    private static final Wording WORDING =
            new Wording("web1\r\nX: 1\u202e", ZoneId.of("UTC"), WebhookSettings.Paths.EXAMPLES);

    @Provide
    Arbitrary<PathBytes> names() {
        Arbitrary<byte[]> pieces = Arbitraries.of(PIECES).map(p -> p.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> any = Arbitraries.integers().between(1, 255).map(b -> new byte[] {(byte) (int) b});
        return Arbitraries.oneOf(pieces, any)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> parts.stream()
                        .map(part -> PathBytes.of(part))
                        .reduce(PathBytes.of("/srv/"), (a, b) -> PathBytes.of(concatenated(a, b))));
    }

    @Property(tries = 2_000)
    void nothing_invisible_is_in_a_subject_or_body(@ForAll("names") PathBytes name, @ForAll Event.Kind kind) {
        Mail mail = WORDING.mail(batch(name, kind));

        assertEquals(0, invisible(mail.subject()), mail.subject());
        assertEquals(0, invisible(mail.text().replace("\n", "")), mail.text());
        assertEquals(0, invisible(mail.html().replace("\n", "")), mail.html());
    }

    @Property(tries = 2_000)
    void no_tag_is_anybody_elses(@ForAll("names") PathBytes name, @ForAll Event.Kind kind) {
        String html = WORDING.mail(batch(name, kind)).html();

        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            String tag = tags.group(1).replaceFirst("^/", "").replaceFirst("(?s)\\s.*", "");
            assertTrue(OURS.contains(tag), tag);
            assertFalse(tags.group(1).contains("srv"), tags.group(1));
        }
    }

    @Property(tries = 2_000)
    void both_parts_say_the_same(@ForAll("names") PathBytes name, @ForAll Event.Kind kind) {
        Mail mail = WORDING.mail(batch(name, kind));
        String text = mail.text().lines().filter(l -> !l.matches("-{3,}")).collect(Collectors.joining());
        String html = mail.html().replaceFirst("(?s)<head>.*</head>", "");

        assertEquals(squeezed(text), squeezed(seen(html)));
    }

    @Property(tries = 2_000)
    void the_text_has_lines_of_76_columns_but_for_names_and_commands(
            @ForAll("names") PathBytes name, @ForAll Event.Kind kind) {
        Mail mail = WORDING.mail(batch(name, kind));

        assertTrue(
                mail.text()
                        .lines()
                        .filter(line ->
                                line.strip().contains(" ") && !line.startsWith("    ") && !line.contains("/srv/"))
                        .allMatch(line -> line.codePointCount(0, line.length()) <= 76),
                mail.text());
        assertTrue(mail.text().lines().noneMatch(line -> line.endsWith(" ")), mail.text());
    }

    @Property(tries = 2_000)
    void the_notice_is_one_JSON_document_that_gives_the_name_back(
            @ForAll("names") PathBytes name, @ForAll Event.Kind kind) throws IOException {
        String json = WORDING.notice(batch(name, kind)).json();

        try (JsonParser in = new JsonFactory().createParser(json)) {
            String shown = "";
            Optional<byte[]> bytes = Optional.empty();
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                boolean blame =
                        in.getParsingContext().pathAsPointer().toString().endsWith("/blame/path");
                boolean raw = in.getParsingContext().pathAsPointer().toString().endsWith("/blame/path_b64");
                if (token == JsonToken.VALUE_STRING && blame) {
                    shown = in.getText();
                } else if (token == JsonToken.VALUE_STRING && raw) {
                    bytes = Optional.of(in.getBinaryValue());
                }
            }
            assertEquals(name, bytes.map(PathBytes::of).orElse(PathBytes.of(shown)));
        }
        assertEquals(0, invisible(json.replace("\n", "")), json);
    }

    private static Batch batch(PathBytes name, Event.Kind kind) {
        String text = name.utf8().orElse("mal\u001blory");
        Event event = new Event(
                kind,
                SampleEvents.NOW,
                Optional.of(SampleEvents.THEN),
                new Event.View(name, "mal\u202elory<b>", 33, ""),
                new Event.Culprit("id\r\n", name, 1, "search", "user:mal\u001blory<i>:---"),
                new Event.Likeness(Optional.of("drwxr-xr-x " + text), Optional.empty(), "drwx------ root:root"),
                new Event.Refused(3, List.of(name, name.resolve("a"))),
                new Event.Mending(
                        List.of(new Event.Fix("setfacl '" + text + "'", text)),
                        Optional.of(text),
                        Optional.of("audit now '" + text + "'")));
        return new Batch(
                "<one@web1>",
                Optional.empty(),
                List.of(),
                "kim@example.org",
                SampleEvents.NOW,
                List.of(event),
                List.of("folded " + text));
    }

    private static byte[] concatenated(PathBytes a, PathBytes b) {
        byte[] joined = java.util.Arrays.copyOf(a.bytes(), a.length() + b.length());
        System.arraycopy(b.bytes(), 0, joined, a.length(), b.length());
        return joined;
    }

    private static long invisible(String text) {
        return text.codePoints().filter(PathBytes::isInvisible).count();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** What a reader of HTML sees. */
    private static String seen(String html) {
        return TAG.matcher(html)
                .replaceAll("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
