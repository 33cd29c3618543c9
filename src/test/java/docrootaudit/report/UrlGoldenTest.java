package docrootaudit.report;

import docrootaudit.access.Errno;
import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Principal;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import docrootaudit.finding.UrlCause;
import docrootaudit.finding.UrlExplanation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a URL, in every format. */
class UrlGoldenTest {
    private static final UrlCause.Blame.Line TRY_FILES =
            new UrlCause.Blame.Line(PathBytes.of("/etc/nginx/sites-enabled/shop"), 16);

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_rule_hides_a_closed_directory_whose_name_is_hostile(Format format) throws IOException {
        PathBytes closed = PathBytes.of("/srv/shop/a\u001b[2Jb");
        UrlExplanation explanation = new UrlExplanation(
                PathBytes.of("http://shop.test/a%1B%5B2Jb/x.js"),
                "GET, Host shop.test, from 192.0.2.1 (a visitor from anywhere) to port 80, without credentials",
                "nginx: nginx process 100 runs with /etc/nginx/nginx.conf",
                worker(),
                Need.READ,
                PathVerdict.Answer.ALLOWED,
                OptionalInt.of(200),
                Optional.empty(),
                List.of(
                        new UrlCause(
                                CauseKind.SEARCH,
                                new UrlCause.Blame.File(closed),
                                "other::---",
                                403,
                                Optional.of(Errno.EACCES),
                                Optional.of(PathBytes.of("/srv/shop/current"))),
                        new UrlCause(CauseKind.IP, TRY_FILES, "deny all", 403, Optional.empty(), Optional.empty())),
                List.of(
                        new UrlExplanation.Step(
                                "location", Optional.of(TRY_FILES), Optional.empty(), "location /", "chosen", false),
                        new UrlExplanation.Step(
                                "try_files",
                                Optional.of(TRY_FILES),
                                Optional.of(closed.resolve("x.js")),
                                "try_files $uri /index.html",
                                "permission denied",
                                true),
                        new UrlExplanation.Step(
                                "search", Optional.empty(), Optional.of(closed), "other::---", "refuses search", true)),
                Optional.of(closed.resolve("x.js")),
                new Remedies(
                        List.of(new Remedy("setfacl -m u:www-data:x $'/srv/shop/a\\x1b[2Jb'", "", 1)),
                        Optional.empty()),
                false,
                List.of(),
                List.of());
        expect("url-hidden", format, explanation);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void what_an_upstream_answers_is_not_known(Format format) throws IOException {
        UrlExplanation explanation = new UrlExplanation(
                PathBytes.of("http://shop.test/api"),
                "GET, Host shop.test, from 192.0.2.1 (a visitor from anywhere) to port 80, without credentials",
                "apache: /srv/apache.conf was named; no running apache goes by it",
                worker(),
                Need.READ,
                PathVerdict.Answer.UNCERTAIN,
                OptionalInt.empty(),
                Optional.of("http://127.0.0.1:3000"),
                List.of(),
                List.of(),
                Optional.empty(),
                Remedies.NONE,
                false,
                List.of("/srv/apache.conf:7: LuaHookAccessChecker is not understood"),
                List.of("the files as process 7 sees them cannot be had, which needs root: it may see other mounts"));
        expect("url-passed", format, explanation);
    }

    private static Identity worker() {
        return new Identity(Optional.of("www-data"), Principal.of(33, 33), "the running nginx worker 101 runs as it");
    }

    private static void expect(String behaviour, Format format, UrlExplanation explanation) throws IOException {
        Reports reports = new Reports(Names.NUMERIC, Style.plain(StandardCharsets.UTF_8), () -> ZoneOffset.UTC);
        new Golden(behaviour)
                .expect(
                        "expected." + format.word().replace("text", "txt"),
                        out -> reports.explain(explanation, format, out));
    }
}
