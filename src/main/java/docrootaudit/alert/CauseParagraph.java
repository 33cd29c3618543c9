package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.Encounters;
import docrootaudit.report.Counted;
import docrootaudit.report.LocalTimes;
import docrootaudit.report.Prose;
import docrootaudit.report.RuleWords;
import docrootaudit.report.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One story told: what changed, how many paths it concerns, what mends it, which paths these are.
 *
 * @param story what happened
 * @param times writes times
 * @param examples so many of the paths are named
 * @param witnesses know whom a cause met
 */
record CauseParagraph(Story story, LocalTimes times, int examples, Witnesses witnesses) {
    private static final int FIXES = 3;
    private static final int ROOTS = 10;

    Letter.Paragraph paragraph() {
        List<Letter.Block> blocks = new ArrayList<>();
        switch (story.event().kind()) {
            case OPENED, STILL, UNSTABLE -> {
                change(blocks);
                why(blocks);
                say(blocks, since().glue(";").words(extent()));
                met(blocks);
                roots(blocks);
                fixes(blocks, FIXES);
                examples(blocks);
            }
            case BASELINE -> {
                why(blocks);
                say(blocks, Prose.of(sentence(extent())));
                met(blocks);
                roots(blocks);
                fixes(blocks, 1);
            }
            case CLOSED -> {
                why(blocks);
                say(blocks, Prose.of(sentence(extent())));
                roots(blocks);
                examples(blocks);
            }
            case RECOVERED -> {
                change(blocks);
                say(blocks, over().glue(";").words(extent()));
                roots(blocks);
            }
            case LEFT_OUT, NOTHING -> throw story.event().kind().untold();
            case BLIND, SEEING -> {
                if (story.event().kind() == Event.Kind.BLIND) {
                    say(blocks, Prose.of(sentence(story.event().culprit().rule())));
                }
                say(blocks, since().glue("."));
                roots(blocks);
            }
        }
        return new Letter.Paragraph(title(), blocks);
    }

    private Prose title() {
        if (story.names() == 1) {
            return new Prose().atom(story.event().culprit().blamed());
        }
        String now = story.event().likeness().now();
        String look = now.isEmpty() ? story.event().likeness().before().orElse("") : now;
        String many = look.startsWith("-") ? "files" : look.startsWith("d") ? "directories" : "names";
        return Prose.of(story.names() + " " + many + " in")
                .atom(story.event().culprit().blamed());
    }

    private void change(List<Letter.Block> blocks) {
        String now = Visible.text(story.event().likeness().now());
        Optional<String> before =
                story.event().likeness().before().map(Visible::text).filter(was -> !was.equals(now));
        if (before.isPresent() && !now.isEmpty()) {
            blocks.add(new Letter.Block.Change(before.get(), now));
        } else if (before.isPresent() && now.isEmpty()) {
            say(
                    blocks,
                    Prose.of(story.names() == 1 ? "It was" : "They were")
                            .atom(before.get())
                            .glue("."));
        } else if (!now.isEmpty()) {
            say(
                    blocks,
                    new Prose().atom(now).glue(story.event().likeness().before().isPresent() ? ", as it was." : "."));
        }
        story.event()
                .likeness()
                .beside()
                .map(Visible::text)
                .filter(were -> !were.equals(now))
                .ifPresent(were -> say(blocks, beside(were)));
    }

    /** Files are too many to remember each. */
    private Prose beside(String were) {
        String words = story.names() == 1
                ? "What it had before is not known; readable files beside it were seen last with"
                : "What they had before is not known; readable files beside them were seen last with";
        return Prose.of(words).atom(were).glue(".");
    }

    private void why(List<Letter.Block> blocks) {
        Event event = story.event();
        if (event.culprit().word().equals(Event.MANY)) {
            say(
                    blocks,
                    Prose.of((story.names() == 1 ? "It is refused" : "They are refused")
                            + " by one of more causes than are told each. What is refused now is shown by"));
            command(blocks, "audit now");
            return;
        }
        Prose prose = new Prose();
        Optional<CauseKind> kind = Arrays.stream(CauseKind.values())
                .filter(k -> k.word().equals(event.culprit().word()))
                .findFirst();
        if (kind.isPresent()) {
            new RuleWords(event.view().user(), RuleWords.lacked(kind.get()))
                    .add(prose, kind.get(), event.culprit().rule());
        } else {
            prose.atom(event.culprit().rule()).words("refuses");
        }
        say(blocks, prose.words("(" + event.culprit().word() + ")."));
    }

    private Prose since() {
        String before;
        String at;
        switch (story.event().kind()) {
            case STILL -> {
                before = "Granted last at the scan of";
                at = "still refused at that of";
            }
            case UNSTABLE -> {
                before = "It opens and closes again and again, and nothing more is told of it until it is at rest."
                        + " Granted last at the scan of";
                at = "refused at that of";
            }
            case BLIND -> {
                before = "Seen at the scan of";
                at = "not seen at that of";
            }
            case SEEING -> {
                before = "Not seen until the scan of";
                at = "seen at that of";
            }
            default -> {
                // what nothing is remembered of may not have been there at all
                before = story.event().likeness().before().isPresent()
                        ? "Granted at the scan of"
                        : "Not refused at the scan of";
                at = "refused at that of";
            }
        }
        Prose prose = new Prose();
        if (story.previous().isPresent()) {
            prose.words(before)
                    .atom(times.text(story.previous().get()))
                    .glue(",")
                    .words(at);
        } else {
            String words = at.replace("at that of", "at the scan of");
            prose.words(Character.toUpperCase(words.charAt(0)) + words.substring(1));
        }
        return prose.atom(times.text(story.at()));
    }

    /** Why it was refused, and from when on it no longer was. */
    private Prose over() {
        Event event = story.event();
        Prose prose = Prose.of("Refused");
        if (!event.culprit().rule().isEmpty()) {
            prose.words("by").atom(event.culprit().rule());
        }
        prose.words("(" + event.culprit().word() + ")");
        Optional<Instant> previous = story.previous();
        previous.ifPresent(time -> prose.words("until the scan of").atom(times.text(time)));
        // another rule may stand in its place, which is told by itself
        String now = event.isOfServer() ? "no longer by it at " : "granted or gone at ";
        return prose.glue(",")
                .words(now + (previous.isPresent() ? "that of" : "the scan of"))
                .atom(times.text(story.at()));
    }

    private String extent() {
        boolean itself = story.paths() == story.names();
        String behind =
                itself ? "" : Counted.paths(story.paths()) + " behind " + (story.names() == 1 ? "it" : "them") + "; ";
        return behind + "cause " + Visible.text(story.event().cause()) + ".";
    }

    /** Whom it met, if anybody knows. */
    private void met(List<Letter.Block> blocks) {
        Optional<Encounters> met = witnesses.of(story.event().culprit().blamed(), story.names());
        if (met.isEmpty() || met.get().requests() == 0) {
            return;
        }
        Encounters all = met.get();
        Prose prose = Prose.of("By the logs " + Counted.of(all.requests(), "request", "requests"));
        if (all.visitors() + all.bots() > 0) {
            String visitors = Counted.of(all.visitors(), "visitor", "visitors");
            String bots = Counted.of(all.bots(), "bot", "bots");
            prose.words("by " + (all.bots() == 0 ? visitors : all.visitors() == 0 ? bots : visitors + " and " + bots));
        }
        prose.words("met it");
        if (all.first().isPresent() && all.last().isPresent()) {
            prose.glue(",").words("first at").atom(times.text(all.first().get()));
            if (!all.first().equals(all.last())) {
                prose.glue(",").words("last at").atom(times.text(all.last().get()));
            }
        }
        say(blocks, prose.glue("."));
    }

    /** Where it is not in one root alone. */
    private void roots(List<Letter.Block> blocks) {
        int count = story.events().size();
        if (count == 1) {
            return;
        }
        say(blocks, Prose.of("In " + count + " roots:"));
        List<String> shown = new ArrayList<>();
        for (Event event : story.events().subList(0, Math.min(ROOTS, count))) {
            shown.add(event.root() + " (" + Counted.paths(event.paths()) + ")");
        }
        blocks.add(new Letter.Block.Names(shown));
        if (count > ROOTS) {
            say(blocks, Prose.of("and " + Counted.of(count - ROOTS, "other", "others") + "."));
        }
    }

    private void fixes(List<Letter.Block> blocks, int most) {
        List<Event.Fix> fixes = story.event().mending().fixes();
        for (int i = 0; i < Math.min(most, fixes.size()); i++) {
            say(blocks, Prose.of(i == 0 ? "Mend it with" : "Or with"));
            command(blocks, fixes.get(i).command());
            String also = fixes.get(i).alsoAllows();
            say(blocks, Prose.of(also.isEmpty() ? "It opens nothing else." : "Besides: " + also + "."));
        }
        story.event().mending().advice().ifPresent(advice -> say(blocks, Prose.of(sentence(advice))));
    }

    private void examples(List<Letter.Block> blocks) {
        List<PathBytes> all = story.examples().stream().limit(examples).toList();
        boolean itself =
                story.paths() == 1 && all.equals(List.of(story.event().culprit().blamed()));
        if (itself || all.isEmpty()) {
            return;
        }
        say(blocks, Prose.of("Refused:"));
        blocks.add(new Letter.Block.Names(all.stream().map(PathBytes::toString).toList()));
        long more = story.paths() - all.size();
        Optional<String> listing = story.event().mending().listing();
        if (more > 0 && listing.isEmpty()) {
            say(blocks, Prose.of("and " + more + " more."));
        } else if (more > 0) {
            boolean several = story.events().size() > 1;
            say(
                    blocks,
                    Prose.of("and " + more + " more. All of them" + (several ? " in the first of the roots" : "")
                            + " are listed by"));
            command(blocks, listing.get());
        }
    }

    private static void command(List<Letter.Block> blocks, String command) {
        String shown = Visible.text(command);
        blocks.add(new Letter.Block.Command(shown));
        if (!shown.equals(command)) {
            say(blocks, Prose.of("Not for pasting: a name in it cannot be shown here."));
        }
    }

    private static void say(List<Letter.Block> blocks, Prose prose) {
        blocks.add(new Letter.Block.Sentence(prose));
    }

    private static String sentence(String words) {
        String some = words.isEmpty() ? "nothing is known of it" : words;
        String begun = some.substring(0, 1).toUpperCase(Locale.ROOT) + some.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }
}
