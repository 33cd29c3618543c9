package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same thing that happened to one cause, in one root or in many: what a mail tells in one paragraph.
 *
 * @param events of one kind and cause, at least one, each of another root
 */
record Story(List<Event> events) {
    /** Bytes: a tenant may give fifty paths of 4 KiB to every cause, and no server would take a mail of them all. */
    private static final int ROOM_FOR_EXAMPLES = 16_000;

    private record Key(Event.Kind kind, String cause) {}

    Story {
        // the root that sees most of the names of a cause tells what they are called together
        events = events.stream()
                .sorted(Comparator.comparingInt(Event::names).reversed())
                .toList();
    }

    /** All that a batch tells: the most urgent first, and of what is as urgent most paths first. */
    static List<Story> of(List<Event> events) {
        Map<Key, List<Event>> byCause = new LinkedHashMap<>();
        for (Event event : events) {
            byCause.computeIfAbsent(new Key(event.kind(), event.cause()), key -> new ArrayList<>())
                    .add(event);
        }
        return byCause.values().stream()
                .map(Story::new)
                .sorted(Comparator.comparing((Story story) ->
                                SubjectLine.ORDER.indexOf(story.event().kind()))
                        .thenComparing(Comparator.comparingLong(Story::paths).reversed())
                        .thenComparing(story -> story.event().culprit().blamed()))
                .toList();
    }

    /** What holds whatever the root. */
    Event event() {
        return events.get(0);
    }

    /** How many names are to blame. */
    int names() {
        return events.stream().mapToInt(Event::names).max().orElse(1);
    }

    /** How many refused paths stand behind it, in all roots. */
    long paths() {
        return events.stream().mapToLong(Event::paths).sum();
    }

    /** The first scan that saw it. */
    Instant at() {
        return events.stream().map(Event::at).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** The last scan that had not seen it, if each root has one. */
    Optional<Instant> previous() {
        boolean all = events.stream().allMatch(e -> e.previous().isPresent());
        return events.stream()
                .flatMap(e -> e.previous().stream())
                .min(Comparator.naturalOrder())
                .filter(time -> all);
    }

    /** Some of the refused paths, at most {@link Event#EXAMPLES} and as many as there is room for. */
    List<PathBytes> examples() {
        List<PathBytes> all = events.stream()
                .flatMap(e -> e.refused().examples().stream())
                .distinct()
                .limit(Event.EXAMPLES)
                .toList();
        int room = ROOM_FOR_EXAMPLES;
        int end = 0;
        while (end < all.size() && all.get(end).length() <= room) {
            room -= all.get(end).length();
            end++;
        }
        return all.subList(0, end);
    }
}
