package docrootaudit.report;

import docrootaudit.finding.Proof;
import java.io.IOException;

/** What the kernel said, as JSON. */
record ProofJson(JsonOut out) {
    void write(Proof proof) throws IOException {
        out.begin("prove");
        out.identity(proof.identity());
        out.json.writeStringField("against", proof.against());
        out.json.writeNumberField("paths", proof.paths());
        out.json.writeNumberField("asked", proof.asked());
        out.json.writeArrayFieldStart("disagreements");
        for (Proof.Disagreement one : proof.disagreements()) {
            out.json.writeStartObject();
            out.path("path", one.path());
            out.json.writeStringField("need", one.need().word());
            out.json.writeStringField("verdict", one.verdict());
            out.json.writeStringField("kernel", one.kernel());
            out.json.writeStringField("explained", one.explained());
            out.json.writeEndObject();
        }
        out.json.writeEndArray();
        out.strings("failures", proof.failures());
        out.end();
    }
}
