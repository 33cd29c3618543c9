package docrootaudit.report;

import docrootaudit.finding.UrlProof;
import java.io.IOException;

/** What a web server answered, in JSON. */
final class UrlProofJson {
    private final JsonOut out;

    UrlProofJson(JsonOut out) {
        this.out = out;
    }

    void write(UrlProof proof) throws IOException {
        out.begin("probe");
        out.json.writeStringField("server", proof.server());
        out.json.writeNumberField("asked", proof.asked());
        out.json.writeNumberField("uncertain", proof.uncertain());
        out.json.writeArrayFieldStart("disagreements");
        for (UrlProof.Disagreement one : proof.disagreements()) {
            out.json.writeStartObject();
            out.path("url", one.url());
            out.json.writeStringField("request", one.request());
            out.json.writeNumberField("predicted", one.predicted());
            out.json.writeNumberField("answered", one.answered());
            out.textOrNull("cause", one.cause());
            out.end();
        }
        out.json.writeEndArray();
        out.strings("failures", proof.failures());
        out.end();
    }
}
