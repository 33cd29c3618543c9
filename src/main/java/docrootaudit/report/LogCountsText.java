package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.LogCounts;
import docrootaudit.server.log.Spot;
import java.io.IOException;

/** What followed logs have told, for people. */
record LogCountsText(Page page, LocalTimes times) {
    private static final int PLACES = 5;

    void write(LogCounts counts) throws IOException {
        page.blank();
        page.prose(
                0,
                Prose.of("logs")
                        .words("since")
                        .atom(times.text(counts.since()))
                        .glue(":")
                        .words(Counted.of(counts.refused(), "answer", "answers") + " of 403, " + counts.unexplained()
                                + " of them unexplained; "
                                + Counted.of(counts.places(), "place", "places") + " refused"));
        for (LogCounts.Followed file : counts.files()) {
            page.line(2, "followed   " + file.path() + ": " + Visible.text(file.state()));
        }
        for (Spot spot :
                counts.worst().subList(0, Math.min(PLACES, counts.worst().size()))) {
            page.prose(
                    2,
                    Prose.of("refused")
                            .atom(what(spot.key()))
                            .words("(" + spot.key().symptom().word() + "):")
                            .words(new CrowdWords(times).text(spot.crowd())));
        }
    }

    private static String what(Spot.Key key) {
        return key.file()
                .or(key::url)
                .map(PathBytes::toString)
                .orElse(key.code().isEmpty() ? "others" : key.code());
    }
}
