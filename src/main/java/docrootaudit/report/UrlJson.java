package docrootaudit.report;

import docrootaudit.access.Errno;
import docrootaudit.finding.UrlCause;
import docrootaudit.finding.UrlExplanation;
import java.io.IOException;
import java.util.Locale;

/** One URL's explanation in JSON. The steps of the chain are the server's, then those of the blamed file's path. */
final class UrlJson {
    private final JsonOut out;
    private final UrlExplanation explanation;

    UrlJson(JsonOut out, UrlExplanation explanation) {
        this.out = out;
        this.explanation = explanation;
    }

    void write() throws IOException {
        out.begin("explain");
        out.path("target", explanation.target());
        out.identity(explanation.identity());
        out.json.writeStringField("need", explanation.need().word());
        out.json.writeStringField("verdict", explanation.answer().name().toLowerCase(Locale.ROOT));
        if (explanation.status().isPresent()) {
            out.json.writeNumberField("status", explanation.status().getAsInt());
        } else {
            out.json.writeNullField("status");
        }
        out.textOrNull("passed_to", explanation.passedTo().orElse(""));
        out.causes(explanation.causes(), this::cause);
        out.json.writeArrayFieldStart("chain");
        for (UrlExplanation.Step step : explanation.chain()) {
            step(step);
        }
        out.json.writeEndArray();
        out.fixes(explanation.remedies());
        out.strings("uncertain", explanation.uncertain());
        out.json.writeBooleanField("intended", explanation.intended());
        out.advice(explanation.remedies());
        out.pathOrNull("file", explanation.file());
        out.json.writeStringField("request", explanation.request());
        out.json.writeStringField("server", explanation.server());
        out.strings("notes", explanation.notes());
        out.end();
    }

    private void cause(UrlCause cause) throws IOException {
        out.json.writeStringField("cause", cause.kind().word());
        out.textOrNull("errno", cause.errno().map(Errno::name).orElse(""));
        out.pathOrNull("via", cause.via());
        out.json.writeObjectFieldStart("blame");
        out.path(cause.blame().key(), cause.blame().value());
        out.textOrNull("rule", cause.rule());
        out.json.writeEndObject();
        out.json.writeNumberField("answers", cause.status());
    }

    private void step(UrlExplanation.Step step) throws IOException {
        out.json.writeStartObject();
        out.json.writeStringField("what", step.what());
        if (step.source().isPresent()) {
            out.path("source", step.source().get().value());
        }
        if (step.path().isPresent()) {
            out.path("path", step.path().get());
        }
        out.textOrNull("rule", step.rule());
        out.json.writeStringField("result", step.result());
        out.end();
    }
}
