package docrootaudit.alert;

import docrootaudit.report.Counted;
import docrootaudit.report.LocalTimes;
import docrootaudit.report.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Composes letters.
 *
 * @param host on which things happened
 * @param times writes times
 * @param witnesses know whom a cause met
 */
record Letters(String host, LocalTimes times, Witnesses witnesses) {
    /** Nobody reads more, and mail servers refuse what is too large; what is left out is counted. */
    private static final int MOST_PARAGRAPHS = 100;

    private static final int MOST_BASELINE = 20;

    /** After so many causes fewer of the paths behind each are named. */
    private static final int WITH_ALL_EXAMPLES = 10;

    private static final int FEWER_EXAMPLES = 5;
    /** What the web server refuses now. */
    private static final Set<Event.Kind> REFUSED =
            Set.of(Event.Kind.OPENED, Event.Kind.STILL, Event.Kind.BASELINE, Event.Kind.UNSTABLE);

    private static final int ROOM = 100_000;

    Letter of(Batch batch) {
        List<Story> stories = Story.of(batch.events());
        SubjectLine subject = new SubjectLine(stories, host);
        List<Letter.Chapter> chapters = new ArrayList<>();
        int room = ROOM;
        for (Event.Kind kind : SubjectLine.ORDER) {
            List<Story> told =
                    stories.stream().filter(s -> s.event().kind() == kind).toList();
            if (!told.isEmpty()) {
                Letter.Chapter chapter = chapter(kind, told, room);
                chapters.add(chapter);
                room -= chapter.paragraphs().stream()
                        .mapToInt(PlainText::length)
                        .sum();
            }
        }
        return new Letter(subject.toString(), opening(subject, batch), chapters, closing(subject));
    }

    /** One that shows that mails arrive. */
    Letter test() {
        Prose words =
                Prose.of("This is a test: mails of docroot-audit on").atom(host).words("reach this address.");
        return new Letter(
                "Test mail, host " + new Prose().atom(host).tokens().get(0).text(),
                List.of(new Letter.Block.Sentence(words)),
                List.of(),
                List.of());
    }

    private static List<Letter.Block> opening(SubjectLine subject, Batch batch) {
        List<Letter.Block> opening = new ArrayList<>();
        Prose prose = Prose.of(subject + ".");
        List<String> users = batch.events().stream()
                .filter(event -> REFUSED.contains(event.kind()) && !event.isOfServer())
                .map(event -> event.view().user())
                .distinct()
                .toList();
        if (!users.isEmpty()) {
            prose.words("What");
            if (users.size() == 1) {
                prose.atom(users.get(0));
            } else {
                prose.words("its user");
            }
            prose.words("may not read, the web server refuses with 403 Forbidden.");
        }
        opening.add(new Letter.Block.Sentence(prose));
        batch.asides().forEach(aside -> opening.add(new Letter.Block.Sentence(Prose.of(aside))));
        return opening;
    }

    private Letter.Chapter chapter(Event.Kind kind, List<Story> told, int room) {
        List<Letter.Paragraph> paragraphs = new ArrayList<>();
        int most = kind == Event.Kind.BASELINE ? MOST_BASELINE : MOST_PARAGRAPHS;
        int left = room;
        for (Story story : told.subList(0, Math.min(most, told.size()))) {
            int examples = paragraphs.size() < WITH_ALL_EXAMPLES ? Event.EXAMPLES : FEWER_EXAMPLES;
            Letter.Paragraph paragraph = new CauseParagraph(story, times, examples, witnesses).paragraph();
            left -= PlainText.length(paragraph);
            if (left < 0) {
                break;
            }
            paragraphs.add(paragraph);
        }
        return new Letter.Chapter(
                heading(kind, told), paragraphs, rest(told.subList(paragraphs.size(), told.size()), kind));
    }

    private static List<Letter.Block> rest(List<Story> untold, Event.Kind kind) {
        List<Letter.Block> rest = new ArrayList<>();
        if (!untold.isEmpty()) {
            long paths = untold.stream().mapToLong(Story::paths).sum();
            rest.add(new Letter.Block.Sentence(Prose.of("And "
                    + Counted.of(untold.size(), "more cause", "more causes") + ", with " + Counted.paths(paths)
                    + " behind, for which there is no room here. What is refused now is shown by")));
            rest.add(new Letter.Block.Command("audit now"));
        }
        if (kind == Event.Kind.BLIND) {
            rest.add(new Letter.Block.Sentence(Prose.of(
                    "What changes there is not told until it is seen again; until" + " then it counts as it was.")));
        }
        if (kind == Event.Kind.BASELINE) {
            rest.add(new Letter.Block.Sentence(
                    Prose.of("This is how the first scan found it. From now on only what" + " changes is told.")));
        }
        return rest;
    }

    private static String heading(Event.Kind kind, List<Story> told) {
        boolean permissions = told.stream().noneMatch(s -> s.event().isOfServer());
        return switch (kind) {
            case BASELINE -> "Found by the first scan";
            case OPENED -> "New";
            case CLOSED -> "Closed on purpose since the last scan";
            case RECOVERED -> permissions ? "Readable again" : "Recovered";
            case STILL -> permissions ? "Still unreadable" : "Still refused";
            case UNSTABLE -> "Unstable";
            case BLIND -> "Not seen by the audit";
            case SEEING -> "Seen again";
            case LEFT_OUT, NOTHING -> throw kind.untold();
        };
    }

    private static List<Letter.Block> closing(SubjectLine subject) {
        if (subject.stories().stream()
                .noneMatch(story -> REFUSED.contains(story.event().kind()))) {
            return List.of();
        }
        return List.of(new Letter.Block.Names(List.of(
                "audit explain PATH         shows one path step by step",
                "audit ack CAUSE            tells no more of a cause",
                "audit quiet ROOT --for 2h  holds mails back during a deploy")));
    }
}
