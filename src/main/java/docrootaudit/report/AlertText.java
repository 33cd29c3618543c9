package docrootaudit.report;

import docrootaudit.history.AlertFacts;
import docrootaudit.history.Blind;
import docrootaudit.history.MessageTable;
import docrootaudit.history.SilenceTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How it stands with the alerts, for people. */
record AlertText(Page page, LocalTimes times) {
    void facts(AlertFacts facts, HistoryReports.Audience audience) throws IOException {
        page.blank();
        page.line(
                0,
                String.format(
                        Locale.ROOT,
                        "alerts   %d waiting to be told, %d to be delivered, %d undeliverable",
                        facts.waiting(),
                        facts.pending(),
                        facts.undeliverable().size()));
        if (audience == HistoryReports.Audience.NOBODY) {
            page.prose(2, Prose.of("nobody is told: name somebody in \"to\" of [alerts] in the configuration"));
        }
        messages("not delivered yet", facts.late());
        messages("undeliverable", facts.undeliverable());
        for (SilenceTable.Ack ack : facts.acks()) {
            String until = ack.until().map(times::text).orElse("it is over");
            page.line(2, "silent     cause " + ack.cause() + " until " + until);
        }
        for (SilenceTable.Quiet quiet : facts.quiets()) {
            page.line(2, "silent     " + quiet.root() + " until " + times.text(quiet.until()));
        }
        for (Blind blind : facts.blind()) {
            page.line(
                    2,
                    "not seen   " + blind.path() + " since " + times.text(blind.since()) + ": "
                            + Visible.text(blind.why()));
        }
    }

    private void messages(String what, List<MessageTable.Row> messages) throws IOException {
        for (MessageTable.Row message : messages) {
            page.line(
                    2,
                    String.format(
                            Locale.ROOT,
                            "%s: to %s of %s, tried %d times: %s",
                            what,
                            Visible.text(message.recipient()),
                            times.text(message.composed()),
                            message.tries(),
                            Visible.text(message.answer())));
        }
    }
}
