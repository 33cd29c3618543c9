package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import docrootaudit.report.Counted;
import docrootaudit.report.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a mail is about in one line: {@code 3 new unreadable paths under /srv/www, host web1}.
 *
 * @param stories all that is told
 * @param host on which it happened
 */
record SubjectLine(List<Story> stories, String host) {
    /** The kinds, the most urgent first. */
    static final List<Event.Kind> ORDER = List.of(
            Event.Kind.BLIND,
            Event.Kind.OPENED,
            Event.Kind.UNSTABLE,
            Event.Kind.STILL,
            Event.Kind.BASELINE,
            Event.Kind.CLOSED,
            Event.Kind.RECOVERED,
            Event.Kind.SEEING);

    private static final int LONGEST = 60;

    @Override
    public String toString() {
        return counts() + " under " + roots() + ", host " + shortened(Visible.text(host));
    }

    /** The same, naming no path. */
    String withoutPaths() {
        return counts() + ", host " + shortened(Visible.text(host));
    }

    private String counts() {
        List<String> parts = new ArrayList<>();
        for (Event.Kind kind : ORDER) {
            int permissions = names(kind, story -> !story.event().isOfServer());
            int rules = names(kind, story -> story.event().isOfServer());
            if (permissions > 0) {
                parts.add(count(kind, permissions));
            }
            if (rules > 0) {
                parts.add(ofServers(kind, rules));
            }
        }
        return String.join(", ", parts);
    }

    private int names(Event.Kind kind, Predicate<Story> some) {
        return stories.stream()
                .filter(story -> story.event().kind() == kind)
                .filter(some)
                .mapToInt(Story::names)
                .sum();
    }

    /** By the configuration of a web server, whatever permissions say. */
    private static String ofServers(Event.Kind kind, int count) {
        String refusals = count == 1 ? "refusal" : "refusals";
        return count + " "
                + switch (kind) {
                    case BASELINE -> refusals + " by configuration at the first scan";
                    case OPENED -> "new " + refusals + " by configuration";
                    case CLOSED -> "new " + refusals + " on purpose";
                    case RECOVERED -> refusals + " by configuration over";
                    case STILL -> "standing " + refusals + " by configuration";
                    case UNSTABLE -> "unstable " + refusals + " by configuration";
                    case BLIND, SEEING -> throw new IllegalArgumentException(kind + " is the audit's own");
                    case LEFT_OUT, NOTHING -> throw kind.untold();
                };
    }

    private static String count(Event.Kind kind, int count) {
        return switch (kind) {
            case BASELINE -> Counted.of(count, "unreadable path", "unreadable paths") + " at the first scan";
            case OPENED -> Counted.of(count, "new unreadable path", "new unreadable paths");
            case CLOSED -> Counted.of(count, "new refusal", "new refusals") + " on purpose";
            case RECOVERED -> Counted.paths(count) + " readable again";
            case STILL -> Counted.paths(count) + " still unreadable";
            case UNSTABLE -> Counted.of(count, "unstable path", "unstable paths");
            case BLIND -> Counted.paths(count) + " not seen by the audit";
            case SEEING -> Counted.paths(count) + " seen again";
            case LEFT_OUT, NOTHING -> throw kind.untold();
        };
    }

    /** The first roots; a mail about two hundred of them has a subject all the same. */
    private String roots() {
        Set<PathBytes> roots = new TreeSet<>();
        stories.forEach(story -> story.events().forEach(event -> roots.add(event.root())));
        String first = shortened(roots.iterator().next().toString());
        return switch (roots.size()) {
            case 1 -> first;
            case 2 -> first + " and " + shortened(List.copyOf(roots).get(1).toString());
            default -> first + " and " + (roots.size() - 1) + " other roots";
        };
    }

    private static String shortened(String text) {
        int length = text.codePointCount(0, text.length());
        return length <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
