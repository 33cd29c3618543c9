package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Cause;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.LogCause;
import docrootaudit.finding.LogReport;
import docrootaudit.server.log.LogReading;
import docrootaudit.server.log.Spot;
import docrootaudit.server.log.Symptom;
import docrootaudit.server.log.Tally;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogGoldenTest {
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";

    private static final List<String> ERRORS = List.of(
            error(1, "192.0.2.1", "/index.html", "open() \"/srv/www/shop/index.html\" failed (13: Permission denied)"),
            error(2, "192.0.2.2", "/%1b[31m", "directory index of \"/srv/www/\u001b[31m/\" is forbidden"),
            error(3, "192.0.2.2", "/.git/config", "access forbidden by rule"),
            error(
                    3,
                    "192.0.2.9",
                    "/q",
                    "ModSecurity: Access denied with code 403 (phase 2). x [id \"949110\"] [msg \"Score\"]"));

    private static final List<String> ANSWERS = List.of(
            answer("192.0.2.1", 1, "/index.html?session=secret", 403, BROWSER),
            answer("192.0.2.7", 9, "/index.html?session=secret", 403, BROWSER),
            answer("192.0.2.7", 9, "/=cmd()", 403, "curl/7.88.1"),
            answer("192.0.2.3", 5, "/admin/", 401, BROWSER));

    @ParameterizedTest
    @EnumSource(Format.class)
    void logs_in_every_format(Format format) throws IOException {
        Tally tally = Tally.ofWholeFiles(4711);
        LogReading reading = LogReading.usual(ZoneOffset.UTC);
        for (List<String> file : List.of(ERRORS, ANSWERS)) {
            var parser = reading.recognise(file).orElseThrow().parser(reading);
            file.forEach(line -> parser.line(line, tally::add));
            parser.end(tally::add);
        }
        List<LogCause> causes = new ArrayList<>();
        tally.spots().forEach(spot -> causes.add(cause(spot)));
        LogReport report = new LogReport(
                Scans.WWW_DATA,
                List.of(
                        new LogReport.Read(
                                path("/var/log/nginx/error.log"), Optional.of("nginx-error"), "nginx error log", 4),
                        new LogReport.Read(path("/var/log/nginx/empty.log"), Optional.empty(), "empty", 0)),
                tally.refused(),
                tally.challenged(),
                tally.unexplained(),
                causes,
                List.of("a limit"),
                List.of("/var/log/nginx/access.log cannot be read: permission denied to the auditor"));

        new Golden("log")
                .expect(
                        "expected." + format.word(),
                        out -> new LogReports(
                                        Scans.accounts(),
                                        Style.plain(java.nio.charset.StandardCharsets.UTF_8),
                                        ZoneId.of("Europe/Berlin"))
                                .write(report, format, out));
    }

    private static LogCause cause(Spot spot) {
        Spot.Key key = spot.key();
        Optional<Explanation> why = key.symptom() == Symptom.PERMISSION
                ? Optional.of(ExplainGoldenTest.closed(ExplainGoldenTest.FIXES))
                : Optional.empty();
        return new LogCause(
                CauseId.ofLog(key.symptom().word(), key.file().or(key::url).orElse(path(""))),
                key.symptom(),
                key.code(),
                spot.text(),
                key.status(),
                key.site(),
                why.map(w -> w.causes().get(0)).map(Cause::path).or(key::file),
                key.url(),
                1,
                why,
                Optional.empty(),
                spot.crowd());
    }

    private static String error(int second, String address, String url, String message) {
        return "2026/11/26 00:00:0" + second + " [error] 1#1: *" + second + " " + message + ", client: " + address
                + ", server: shop, request: \"GET " + url + "?session=secret HTTP/1.1\", host: \"h\"";
    }

    private static String answer(String address, int second, String url, int status, String agent) {
        return address + " - - [26/Nov/2026:00:00:0" + second + " +0000] \"GET " + url + " HTTP/1.1\" " + status
                + " 5 \"-\" \"" + agent + "\"";
    }

    private static PathBytes path(String text) {
        return PathBytes.of(text);
    }
}
