package docrootaudit.alert;

import docrootaudit.alert.AlertState.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Tells one recipient, once, what is new to it. */
final class Telling {
    /** References of a long thread: its first and its last mails, as RFC 5322 (3.6.4) allows and headers bear. */
    private static final int REFERENCES = 20;

    private static final Duration HOUR = Duration.ofHours(1);

    private final AlertSettings settings;
    private final AlertState state;
    private final Recipient recipient;
    private final Instant now;
    private final Map<String, Told> before = new HashMap<>();
    private final Map<String, Told> known = new HashMap<>();
    private final Set<String> opened = new HashSet<>();
    private List<Event> surplus;
    private Optional<Instant> next = Optional.empty();

    Telling(AlertSettings settings, AlertState state, Recipient recipient, Instant now) {
        this.settings = settings;
        this.state = state;
        this.recipient = recipient;
        this.now = now;
        state.told().stream().filter(t -> t.recipient().equals(recipient)).forEach(t -> before.put(t.cause(), t));
        known.putAll(before);
        surplus = state.surplus().getOrDefault(recipient, List.of());
    }

    /** What goes out now. */
    Optional<Batch> batch(List<Watching.Piece> pieces, Supplier<String> ids) {
        List<Event> events = new ArrayList<>(surplus);
        pieces.stream().filter(piece -> concerns(piece.event())).forEach(piece -> {
            if (isNews(piece)) {
                events.add(piece.event());
            }
            learn(piece.event());
        });
        List<Instant> sent = state.composed().getOrDefault(recipient, List.of()).stream()
                // one of the future was sent before the clock was set back: nobody is to wait until that time comes
                // again
                .filter(t -> t.isAfter(now.minus(HOUR)) && !t.isAfter(now))
                .toList();
        if (events.isEmpty()) {
            return Optional.empty();
        } else if (sent.size() >= settings.limit()) {
            surplus = events;
            next = Optional.of(sent.get(sent.size() - settings.limit()).plus(HOUR));
            return Optional.empty();
        }
        List<String> asides = asides();
        surplus = List.of();
        List<Event> told = inOrder(events);
        String id = ids.get();
        List<String> thread = thread(told);
        told.forEach(event -> join(event, id));
        boolean continues = !thread.isEmpty() && told.stream().noneMatch(Telling::isAlarm);
        return Optional.of(new Batch(
                id,
                continues ? Optional.of(thread.get(thread.size() - 1)) : Optional.empty(),
                continues ? thread : List.of(),
                recipient.address(),
                now,
                told,
                asides));
    }

    private List<String> asides() {
        return surplus.isEmpty()
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%d of these had to wait: no more than %d messages an hour are sent to you.",
                        surplus.size(),
                        settings.limit()));
    }

    private boolean concerns(Event event) {
        return recipient.channel() == Recipient.Channel.WEBHOOK
                || settings.addresses(event.root()).contains(recipient.address());
    }

    /** Whether the recipient does not know it: what stands in another root too is one cause, and is told once. */
    private boolean isNews(Watching.Piece piece) {
        String cause = piece.event().cause();
        boolean open = Optional.ofNullable(before.get(cause)).filter(Told::open).isPresent();
        return switch (piece.event().kind()) {
            case OPENED, BLIND -> !open || piece.known() || !piece.elsewhere();
            case BASELINE, UNSTABLE, STILL, CLOSED -> true;
            case LEFT_OUT, NOTHING -> throw piece.event().kind().untold();
            case SEEING -> open || opened.contains(cause);
            case RECOVERED -> (open || opened.contains(cause)) && settings.recovered() == AlertSettings.Recovered.TOLD;
        };
    }

    /** What the recipient knows once it is told. */
    private void learn(Event event) {
        Told old = known.getOrDefault(event.cause(), new Told(recipient, event.cause(), List.of(), false));
        if (event.kind() == Event.Kind.CLOSED || (event.kind().isClosing() && !old.open())) {
            return;
        }
        boolean anew = event.kind().isOpening() && !old.open();
        opened.add(event.cause());
        known.put(
                event.cause(),
                new Told(
                        recipient,
                        event.cause(),
                        anew ? List.of() : old.messages(),
                        !event.kind().isClosing()));
    }

    private void join(Event event, String id) {
        Told told = known.getOrDefault(event.cause(), new Told(recipient, event.cause(), List.of(), false));
        if (!told.messages().contains(id)) {
            List<String> messages = new ArrayList<>(told.messages());
            messages.add(id);
            if (messages.size() > REFERENCES) {
                messages.remove(1);
            }
            known.put(event.cause(), new Told(recipient, event.cause(), messages, told.open()));
        }
    }

    private List<String> thread(List<Event> events) {
        Set<String> messages = new LinkedHashSet<>();
        events.forEach(e -> Optional.ofNullable(known.get(e.cause())).ifPresent(t -> messages.addAll(t.messages())));
        List<String> all = new ArrayList<>(messages);
        if (all.size() > REFERENCES) {
            all.subList(1, all.size() - REFERENCES + 1).clear();
        }
        return all;
    }

    /** Events of one cause stand together, the first cause first. */
    private static List<Event> inOrder(List<Event> events) {
        Map<String, List<Event>> byCause = new LinkedHashMap<>();
        events.forEach(
                e -> byCause.computeIfAbsent(e.cause(), c -> new ArrayList<>()).add(e));
        return byCause.values().stream().flatMap(List::stream).toList();
    }

    private static boolean isAlarm(Event event) {
        return event.kind().isOpening();
    }

    /** What recipients know now, where that changed. */
    List<Told> learnt() {
        return known.values().stream()
                .filter(t -> !t.equals(before.get(t.cause())))
                .sorted(Comparator.comparing(Told::cause))
                .toList();
    }

    List<Event> surplus() {
        return surplus;
    }

    /** When the limit allows for another message, if one waits. */
    Optional<Instant> next() {
        return next;
    }
}
