package docrootaudit.report;

import docrootaudit.server.log.Crowd;

/** Says who was refused, how often and when. */
record CrowdWords(LocalTimes times) {
    Prose of(Crowd crowd) {
        Prose prose = Prose.of(Counted.of(crowd.requests(), "request", "requests"));
        if (crowd.visitors() + crowd.bots() > 0) {
            prose.words("by");
        }
        if (crowd.visitors() > 0) {
            prose.words(Counted.of(crowd.visitors(), "visitor", "visitors"));
        }
        if (crowd.bots() > 0) {
            prose.words((crowd.visitors() > 0 ? "and " : "") + Counted.of(crowd.bots(), "bot", "bots"));
        }
        if (crowd.first().isPresent() && crowd.last().isPresent()) {
            prose.glue(",").atom(times.text(crowd.first().get()));
            if (!crowd.first().equals(crowd.last())) {
                prose.words("to").atom(times.text(crowd.last().get()));
            }
        }
        return prose;
    }

    /** The same as one text. */
    String text(Crowd crowd) {
        return String.join(
                " ", of(crowd).tokens().stream().map(Prose.Token::toString).toList());
    }
}
