package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Cause;
import docrootaudit.finding.Forecast;
import docrootaudit.finding.LogCause;
import docrootaudit.finding.LogReport;
import docrootaudit.finding.UrlCause;
import docrootaudit.server.log.Crowd;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What logs tell, as one document or a line for each cause. */
final class LogJson {
    private static final int URLS = 16;

    private final JsonOut out;
    private final LogReport report;

    LogJson(JsonOut out, LogReport report) {
        this.out = out;
        this.report = report;
    }

    void document() throws IOException {
        out.begin("log");
        header();
        causes("causes", report.refusals());
        causes("unexplained", report.unexplainedUrls());
        causes("challenges", report.challenges());
        out.end();
    }

    void lines() throws IOException {
        out.begin("log");
        header();
        out.end();
        lines("cause", report.refusals());
        lines("unexplained", report.unexplainedUrls());
        lines("challenge", report.challenges());
        out.begin("end");
        out.json.writeBooleanField("complete", report.complete());
        out.end();
    }

    private void header() throws IOException {
        out.identity(report.identity());
        out.json.writeBooleanField("complete", report.complete());
        out.json.writeArrayFieldStart("files");
        for (LogReport.Read file : report.files()) {
            out.json.writeStartObject();
            out.path("path", file.path());
            out.json.writeStringField("log", file.kind().orElse(null));
            out.json.writeStringField("title", file.title());
            out.json.writeNumberField("lines", file.lines());
            out.end();
        }
        out.json.writeEndArray();
        out.json.writeObjectFieldStart("answers");
        out.json.writeNumberField("refused", report.refused());
        out.json.writeNumberField("unexplained", report.unexplained());
        out.json.writeNumberField("challenged", report.challenged());
        out.end();
        out.strings("notes", report.notes());
        out.strings("failures", report.failures());
    }

    private void causes(String key, List<LogCause> causes) throws IOException {
        out.json.writeArrayFieldStart(key);
        for (LogCause cause : causes) {
            out.json.writeStartObject();
            cause(cause);
            out.end();
        }
        out.json.writeEndArray();
    }

    private void lines(String kind, List<LogCause> causes) throws IOException {
        for (LogCause cause : causes) {
            out.begin(kind);
            cause(cause);
            out.end();
        }
    }

    private void cause(LogCause cause) throws IOException {
        out.json.writeStringField("id", cause.id());
        out.json.writeStringField("cause", cause.word().orElse(null));
        out.json.writeStringField("symptom", cause.symptom().word());
        out.textOrNull("code", cause.code());
        out.textOrNull("message", cause.text());
        if (cause.status().isPresent()) {
            out.json.writeNumberField("status", cause.status().getAsInt());
        } else {
            out.json.writeNullField("status");
        }
        out.textOrNull("site", cause.site());
        out.json.writeObjectFieldStart("blame");
        Optional<UrlCause.Blame> blame = cause.rule().map(UrlCause::blame);
        Optional<String> process = cause.cause().flatMap(Cause::process);
        if (blame.isPresent()) {
            out.path(blame.get().key(), blame.get().value());
        } else if (process.isPresent()) {
            out.textOrNull("process", process.get());
        } else {
            out.pathOrNull("path", cause.path());
        }
        out.pathOrNull("url", cause.url());
        out.textOrNull("rule", rule(cause));
        out.end();
        out.json.writeBooleanField("intended", cause.isIntended());
        out.json.writeNumberField("places", cause.places());
        out.json.writeStringField(
                "now",
                cause.why().map(w -> w.answer().name().toLowerCase(Locale.ROOT)).orElse(null));
        predicted(cause);
        crowd(out, cause.crowd());
        out.fixes(cause.remedies());
        out.advice(cause.remedies());
    }

    private void predicted(LogCause cause) throws IOException {
        if (cause.forecast().isEmpty()) {
            out.json.writeNullField("predicted");
            return;
        }
        Forecast forecast = cause.forecast().get();
        out.json.writeObjectFieldStart("predicted");
        if (forecast.status().isPresent()) {
            out.json.writeNumberField("status", forecast.status().getAsInt());
        } else {
            out.json.writeNullField("status");
        }
        out.json.writeStringField(
                "cause",
                forecast.causes().stream().findFirst().map(c -> c.kind().word()).orElse(null));
        out.strings("uncertain", forecast.uncertain());
        out.end();
    }

    /** What is to blame: a path, or what the configuration's rule is in. */
    static Optional<PathBytes> blamed(LogCause cause) {
        return cause.rule().map(r -> r.blame().value()).or(cause::path);
    }

    /** What decided. */
    static String rule(LogCause cause) {
        return cause.cause()
                .map(Cause::rule)
                .or(() -> cause.rule().map(UrlCause::rule))
                .orElse("");
    }

    /** Numbers, times and URLs of one crowd. */
    static void crowd(JsonOut out, Crowd crowd) throws IOException {
        out.json.writeNumberField("requests", crowd.requests());
        out.json.writeNumberField("answers", crowd.answers());
        out.json.writeNumberField("visitors", crowd.visitors());
        out.json.writeNumberField("bots", crowd.bots());
        out.json.writeStringField("first", crowd.first().map(JsonOut::rfc3339).orElse(null));
        out.json.writeStringField("last", crowd.last().map(JsonOut::rfc3339).orElse(null));
        List<Crowd.Url> urls = crowd.urls(URLS);
        out.json.writeArrayFieldStart("urls");
        for (Crowd.Url url : urls) {
            out.json.writeStartObject();
            out.path("path", url.path());
            out.json.writeNumberField("requests", url.requests());
            out.end();
        }
        out.json.writeEndArray();
        out.json.writeNumberField("more_urls", Math.max(0, crowd.differentUrls() - urls.size()));
    }
}
