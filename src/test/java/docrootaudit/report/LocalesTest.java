package docrootaudit.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import docrootaudit.finding.ScanReport;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalesTest {
    @ParameterizedTest
    @EnumSource(Format.class)
    @ResourceLock(Resources.LOCALE)
    void the_bytes_are_the_same_in_every_locale(Format format) throws IOException {
        byte[] expected = report(format, Locale.ROOT);

        for (String tag : new String[] {"tr-TR", "ar-EG", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai"}) {
            assertArrayEquals(expected, report(format, Locale.forLanguageTag(tag)), tag);
        }
    }

    private static byte[] report(Format format, Locale locale) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            ScanReport report = Scans.broken().report();
            return Golden.bytes(out -> Scans.REPORTS.scan(report, ScanView.of(format), out));
        } finally {
            Locale.setDefault(before);
        }
    }
}
