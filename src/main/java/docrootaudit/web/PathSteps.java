package docrootaudit.web;

import docrootaudit.access.Attributes;
import docrootaudit.access.Names;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Step;
import docrootaudit.access.Verdict;
import docrootaudit.finding.Diagnosis;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.UrlExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way to a file as steps behind those of the web server. */
record PathSteps(Explanation explanation, Names names) {
    List<UrlExplanation.Step> steps() {
        List<UrlExplanation.Step> steps = new ArrayList<>();
        for (PathVerdict.Judged judged : explanation.verdict().steps()) {
            steps.add(new UrlExplanation.Step(
                    what(judged.step()),
                    Optional.empty(),
                    Optional.of(judged.step().path()),
                    rule(judged),
                    result(judged),
                    judged.refuses()));
        }
        return steps;
    }

    private static String what(Step step) {
        if (step instanceof Step.Search) {
            return "search";
        } else if (step instanceof Step.Follow) {
            return "link";
        }
        return step instanceof Step.Arrive ? "target" : "end";
    }

    private String rule(PathVerdict.Judged judged) {
        if (judged.step() instanceof Step.Follow) {
            return judged.verdict() instanceof Verdict.Denied denied
                    ? denied.by().text(names)
                    : "";
        } else if (judged.verdict() instanceof Verdict.Denied denied) {
            Diagnosis diagnosis = new Diagnosis(explanation.identity().principal(), names);
            return attributes(judged.step())
                    .map(a -> diagnosis.rule(a, denied).text(names))
                    .orElse("");
        }
        return judged.verdict() instanceof Verdict.Granted granted
                ? granted.by().text(names)
                : "";
    }

    private static Optional<Attributes> attributes(Step step) {
        if (step instanceof Step.Search search) {
            return Optional.of(search.inode().attributes());
        }
        return step instanceof Step.Arrive arrive ? Optional.of(arrive.inode().attributes()) : Optional.empty();
    }

    private static String result(PathVerdict.Judged judged) {
        if (judged.verdict() instanceof Verdict.Granted) {
            return "allowed";
        } else if (judged.verdict() instanceof Verdict.Denied) {
            return "refuses "
                    + (judged.step() instanceof Step.Follow
                            ? "to be followed"
                            : judged.need().word());
        }
        return judged.verdict() instanceof Verdict.Failed failed
                ? failed.errno().sentence()
                : ((Verdict.Unknown) judged.verdict()).why();
    }
}
