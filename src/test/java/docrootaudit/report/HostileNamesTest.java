package docrootaudit.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Finding;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.RefusedPath;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import docrootaudit.finding.Since;
import docrootaudit.finding.Unseen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names that try to end a line, steer a terminal, turn the reading direction, be markup, or be no text at all. */
class HostileNamesTest {
    private static final List<PathBytes> NAMES = List.of(
            PathBytes.of("a\nb"),
            PathBytes.of("\u001b[31mred\u001b[m\u0007"),
            PathBytes.of("bidi\u202egnp.exe"),
            PathBytes.of("c1\u009bdel\u007f"),
            PathBytes.of("<script>alert('1')</script>&\""),
            PathBytes.of("=cmd|' /C calc'!A0"),
            PathBytes.of("back\\slash\ttab\r"),
            PathBytes.of("line\u2028separator \u00a0 \ue000"),
            PathBytes.of("größe 😀"),
            PathBytes.of(new byte[] {'x', (byte) 0xff, '\n', (byte) 0xc3}));

    private static final PathBytes ROOT = PathBytes.of("/srv/www");

    @ParameterizedTest
    @EnumSource(Format.class)
    void causes_in_every_format(Format format) throws IOException {
        ScanView view = ScanView.of(format);
        new Golden("hostile").expect(file(format), out -> Scans.REPORTS.scan(scan().report(), view, out));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void each_path_in_every_format(Format format) throws IOException {
        ScanView view = each(format);
        new Golden("hostile-each").expect(file(format), out -> Scans.REPORTS.scan(scan().report(), view, out));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void nothing_invisible_ever_reaches_the_output(Format format) throws IOException {
        for (ScanView view : List.of(ScanView.of(format), each(format))) {
            String output = Golden.text(out -> Scans.REPORTS.scan(scan().report(), view, out));

            output.codePoints()
                    .filter(c -> c != '\n')
                    .forEach(c -> assertFalse(PathBytes.isInvisible(c), () -> "U+" + Integer.toHexString(c)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"JSON", "JSONL"})
    void JSON_gives_every_byte_back(Format format) throws IOException {
        byte[] output = Golden.bytes(out -> Scans.REPORTS.scan(scan().report(), each(format), out));

        List<PathBytes> expected = new ArrayList<>();
        scan().each.forEach(refused -> expected.add(refused.path()));
        assertEquals(expected, denied(output));
    }

    @Test
    void NUL_separated_paths_are_raw_bytes_and_nothing_else() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (RefusedPath refused : scan().each) {
            expected.writeBytes(refused.path().bytes());
            expected.write(0);
        }

        assertArrayEquals(expected.toByteArray(), Golden.bytes(out -> Scans.REPORTS.eachNul(scan().report(), out)));
    }

    @Test
    void a_command_that_cannot_be_shown_is_not_offered_for_pasting() throws IOException {
        String text = Golden.text(out -> Scans.REPORTS.scan(scan().report(), ScanView.of(Format.TEXT), out));

        assertTrue(text.contains("not for pasting"), text);
    }

    private static Scans scan() {
        Scans scan = new Scans();
        PackedNames.Builder all = new PackedNames.Builder();
        for (PathBytes name : NAMES) {
            all.add(name.bytes(), 0, name.length());
            scan.each.add(
                    new RefusedPath(ROOT.resolve(name), Need.READ, "0000000000000001", RefusedPath.Blamed.ITSELF));
            PackedNames one = PackedNames.of(name);
            scan.findings.add(finding(ROOT, one));
            scan.findings.add(finding(ROOT.resolve(name), PackedNames.of(PathBytes.of("in"))));
            scan.recovered.add(new Recovered(
                    Scans.SUBJECT,
                    ROOT,
                    one,
                    Optional.empty(),
                    CauseKind.MODE,
                    "other::---",
                    false,
                    1,
                    Scans.LAST_WEEK));
            scan.unvisited.add(new Unseen(ROOT.resolve(name), "it vanished \u001b[2J", false));
        }
        scan.findings.add(finding(ROOT, all.build()));
        scan.roots = List.of(ROOT.resolve(NAMES.get(0)), ROOT.resolve(NAMES.get(9)));
        scan.notes.add("note\u001b]0;title\u0007");
        scan.failures.add("failure\r\nX: 1");
        return scan;
    }

    private static Finding finding(PathBytes directory, PackedNames names) {
        PathBytes first = directory.resolve(names.iterator().next());
        Remedies remedies = new Remedies(
                List.of(new Remedy("setfacl -m u:www-data:r '\u001b[A'", "\u001b[2J", 1)), Optional.of("ask\u202e"));
        return new Finding(
                "00000000000000ff",
                Scans.UID,
                CauseKind.MODE,
                "user:mal\u001blory:---",
                directory,
                names,
                Map.of(),
                "-rw------- mal\u001blory:users",
                List.of(new Finding.RootCount(ROOT, names.count())),
                false,
                List.of(first),
                List.of(new Since(names, Since.State.NEW, Scans.NOW)),
                Optional.of(new Finding.Next(CauseKind.MODE, first, "other::---", 1)),
                () -> remedies,
                name -> remedies,
                Optional.empty());
    }

    /** The paths of all {@code denied} objects. */
    private static List<PathBytes> denied(byte[] json) throws IOException {
        List<PathBytes> paths = new ArrayList<>();
        Optional<PathBytes> text = Optional.empty();
        Optional<PathBytes> bytes = Optional.empty();
        try (JsonParser in = new JsonFactory().createParser(json)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    text = Optional.empty();
                    bytes = Optional.empty();
                } else if (token == JsonToken.VALUE_STRING) {
                    switch (String.valueOf(in.currentName())) {
                        case "path" -> text = Optional.of(PathBytes.of(in.getText()));
                        case "path_b64" ->
                            bytes = Optional.of(PathBytes.of(Base64.getDecoder().decode(in.getText())));
                        case "cause_id" -> paths.add(bytes.isPresent() ? bytes.get() : text.orElseThrow());
                        default -> {}
                    }
                }
            }
        }
        return paths;
    }

    private static ScanView each(Format format) {
        return new ScanView(format, ScanView.Content.EACH, Optional.empty());
    }

    private static String file(Format format) {
        return "expected." + (format == Format.TEXT ? "txt" : format.word());
    }

    @Test
    void a_cell_is_never_a_formula() throws IOException {
        for (String start : List.of("=", "+", "-", "@", "\t", "\r", " =")) {
            String cell = start + "1+1";
            String row = Golden.text(out -> {
                Csv csv = new Csv(out);
                csv.row(cell, "a,\"b\"");
                csv.flush();
            });

            assertTrue(row.startsWith("'" + Visible.text(cell) + ",\"a,\"\"b\"\"\""), row);
        }
    }
}
