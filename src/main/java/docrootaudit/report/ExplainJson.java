package docrootaudit.report;

import docrootaudit.access.Inode;
import docrootaudit.access.Names;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Verdict;
import docrootaudit.finding.Cause;
import docrootaudit.finding.Explanation;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One path's explanation in JSON. A step of the chain is {@code search} (a name is looked up in this directory),
 * {@code link} (it is followed, to {@code to}), {@code target} (the path ends here) or {@code end} (it goes no further).
 */
final class ExplainJson {
    private final JsonOut out;
    private final Explanation explanation;
    private final JudgedSteps steps;

    ExplainJson(JsonOut out, Explanation explanation, Names names) {
        this.out = out;
        this.explanation = explanation;
        this.steps = JudgedSteps.of(explanation, names);
    }

    void write() throws IOException {
        out.begin("explain");
        out.path("target", explanation.verdict().asked());
        out.identity(explanation.identity());
        out.json.writeStringField("need", explanation.verdict().need().word());
        out.json.writeStringField("verdict", explanation.answer().name().toLowerCase(Locale.ROOT));
        out.causes(explanation.causes(), this::cause);
        out.json.writeArrayFieldStart("chain");
        for (PathVerdict.Judged judged : explanation.verdict().steps()) {
            step(judged);
        }
        out.json.writeEndArray();
        out.fixes(explanation.remedies());
        out.strings("uncertain", explanation.uncertain());
        out.json.writeBooleanField("intended", explanation.intended());
        out.advice(explanation.remedies());
        out.end();
    }

    private void cause(Cause cause) throws IOException {
        out.json.writeStringField("cause", cause.kind().word());
        out.json.writeStringField("errno", cause.errno().name());
        out.pathOrNull("via", cause.via());
        if (cause.process().isPresent()) {
            out.json.writeObjectFieldStart("blame");
            out.json.writeStringField("process", cause.process().get());
            out.textOrNull("rule", cause.rule());
            out.json.writeEndObject();
        } else {
            out.blame(cause.path(), cause.rule());
        }
    }

    private void step(PathVerdict.Judged judged) throws IOException {
        Step step = judged.step();
        out.json.writeStartObject();
        out.json.writeStringField("what", what(step));
        out.path("path", step.path());
        out.textOrNull("rule", steps.rule(judged));
        out.json.writeStringField("result", result(judged.verdict()));
        if (judged.verdict() instanceof Verdict.Failed failed) {
            out.json.writeStringField("errno", failed.errno().name());
        } else if (judged.verdict() instanceof Verdict.Unknown unknown) {
            out.json.writeStringField("why", unknown.why());
        }
        if (step instanceof Step.Follow follow) {
            out.path("to", follow.target());
        }
        Optional<Inode> inode = JudgedSteps.inode(step);
        if (inode.isPresent()) {
            inode(inode.get());
        }
        out.end();
    }

    private void inode(Inode inode) throws IOException {
        var attributes = inode.attributes();
        out.json.writeStringField(
                "type", attributes.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        out.json.writeStringField("mode", String.format(Locale.ROOT, "%04o", attributes.mode()));
        out.json.writeStringField("owner", steps.owner(inode));
        out.json.writeStringField("group", steps.group(inode));
        List<String> acl = steps.acl(inode);
        if (!acl.isEmpty()) {
            out.strings("acl", acl);
        }
    }

    private static String what(Step step) {
        if (step instanceof Step.Search) {
            return "search";
        } else if (step instanceof Step.Follow) {
            return "link";
        }
        return step instanceof Step.Arrive ? "target" : "end";
    }

    private static String result(Verdict verdict) {
        if (verdict instanceof Verdict.Granted) {
            return "allowed";
        } else if (verdict instanceof Verdict.Denied) {
            return "denied";
        }
        return verdict instanceof Verdict.Failed ? "failed" : "unknown";
    }
}
