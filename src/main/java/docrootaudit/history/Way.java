package docrootaudit.history;

import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Refusals;

/** How names are refused: what may change while they stay the same refusal. */
record Way(CauseKind kind, String rule, boolean behind, boolean intended) {
    /** As much of a rule as the column takes. */
    private static final int LONGEST = 2000;

    Way {
        rule = rule.length() <= LONGEST ? rule : rule.substring(0, LONGEST);
    }

    static Way of(Refusals refusals) {
        return new Way(refusals.kind(), refusals.rule(), refusals.behind(), refusals.intended());
    }
}
