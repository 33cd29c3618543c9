package docrootaudit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import docrootaudit.access.Need;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Finding;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.RefusedPath;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.ScanReport;
import docrootaudit.finding.Since;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamingTest {
    private static final int MANY = 100_000;

    @Test
    void hundreds_of_thousands_of_causes_are_written_one_by_one() throws IOException {
        Scans scan = new Scans();
        scan.findings.add(many());
        Counting out = new Counting();

        Scans.REPORTS.scan(scan.report(), ScanView.of(Format.JSONL), out);

        assertEquals(MANY + 2, out.lines);
        assertFalse(out.largest > 1 << 16, "a write of " + out.largest + " bytes");
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"JSON", "JSONL"})
    void a_document_cut_short_does_not_look_whole(Format format) throws IOException {
        Iterable<RefusedPath> failing =
                () -> List.of(new RefusedPath(Scans.path("/a"), Need.READ, "1", RefusedPath.Blamed.ITSELF)).stream()
                        .peek(path -> {
                            throw new UncheckedIOException(new IOException("the list broke off"));
                        })
                        .iterator();
        ScanReport whole = Scans.broken().report();
        ScanReport report = new ScanReport(
                whole.roots(),
                whole.identity(),
                whole.started(),
                whole.ended(),
                whole.complete(),
                whole.entries(),
                whole.unvisited(),
                whole.findings(),
                whole.recovered(),
                whole.previous(),
                whole.compared(),
                whole.uncertain(),
                whole.notes(),
                whole.failures(),
                failing);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ScanView view = new ScanView(format, ScanView.Content.EACH, Optional.empty());

        assertThrows(UncheckedIOException.class, () -> Scans.REPORTS.scan(report, view, out));

        if (format == Format.JSON) {
            assertThrows(IOException.class, () -> {
                try (JsonParser in = new JsonFactory().createParser(out.toByteArray())) {
                    while (in.nextToken() != null) {}
                }
            });
        } else {
            assertFalse(out.toString(StandardCharsets.UTF_8).contains("\"kind\":\"end\""));
        }
    }

    @Test
    void every_name_has_the_state_of_its_part() {
        List<String> states = new ArrayList<>();
        for (Blamed blamed : new BlamedNames(Scans.uploads(), Scans.NOW)) {
            states.add(blamed.path().name() + " " + blamed.age().state() + " "
                    + blamed.age().firstSeen());
        }

        assertEquals(
                List.of(
                        "a.jpg KNOWN " + Scans.LAST_WEEK,
                        "b.jpg KNOWN " + Scans.YESTERDAY,
                        "c.jpg NEW " + Scans.NOW,
                        "d.jpg KNOWN " + Scans.LAST_WEEK,
                        "e.jpg KNOWN " + Scans.YESTERDAY),
                states);
    }

    private static Finding many() {
        PackedNames.Builder names = new PackedNames.Builder();
        for (int i = 0; i < MANY; i++) {
            byte[] name = String.format(Locale.ROOT, "f%06d", i).getBytes(StandardCharsets.US_ASCII);
            names.add(name, 0, name.length);
        }
        PackedNames all = names.build();
        return new Finding(
                "00000000000000ff",
                Scans.UID,
                CauseKind.MODE,
                "other::---",
                Scans.path("/srv/www"),
                all,
                Map.of(),
                "-rw------- kim:users",
                List.of(new Finding.RootCount(Scans.path("/srv/www"), MANY)),
                false,
                List.of(),
                List.of(new Since(all, Since.State.KNOWN, Scans.NOW)),
                Optional.empty(),
                () -> Remedies.NONE,
                name -> Remedies.NONE,
                Optional.empty());
    }

    /** Counts and forgets. */
    private static final class Counting extends OutputStream {
        long lines;
        int largest;

        @Override
        public void write(int b) {
            lines += b == '\n' ? 1 : 0;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            largest = Math.max(largest, length);
            for (int i = from; i < from + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
