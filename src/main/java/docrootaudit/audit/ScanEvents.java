package docrootaudit.audit;

import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.alert.Event;
import docrootaudit.alert.EventJson;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.Changes;
import docrootaudit.finding.FileSet;
import docrootaudit.finding.GrantedFiles;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.Refusals;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Since;
import docrootaudit.finding.UrlCause;
import docrootaudit.history.Alerting;
import docrootaudit.history.Blind;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What people may have to be told of a scan: made while its findings are being recorded, of what these change. */
final class ScanEvents {
    /** So many causes of a root are told with paths and remedies; of more, nobody reads these. */
    private static final int IN_DETAIL = 100;

    private static final String BLIND = "blind";

    private final ScanRequest request;
    private final FindingMaker maker;
    private final Names names;
    private final Predicate<PathBytes> told;

    /** @param told whether anybody is told of a root */
    ScanEvents(ScanRequest request, FindingMaker maker, Names names, Predicate<PathBytes> told) {
        this.request = request;
        this.maker = maker;
        this.names = names;
        this.told = told;
    }

    /** What opened, recovered, and cannot be seen, of a root as one reader finds it. */
    Alerting of(Audit.Part part) {
        if (!told.test(part.scan.context().root)) {
            return Alerting.NONE;
        }
        return (changes, past) -> {
            List<Event> events = new ArrayList<>();
            opened(part, changes, past, events);
            ended(Event.Kind.RECOVERED, part, changes, changes.over(), events);
            ended(Event.Kind.LEFT_OUT, part, changes, changes.leftOut(), events);
            if (past.told() == Alerting.Told.BEFORE && part.server.isPresent()) {
                closed(part, changes, events);
            }
            if (past.told() == Alerting.Told.FIRST && events.isEmpty()) {
                events.add(nothing(part));
            }
            blind(part.scan.started(), past, events);
            return queued(events);
        };
    }

    /** That a root was not scanned, or not to the end. */
    static Alerting missed(PathBytes root, Instant at, Predicate<PathBytes> told) {
        if (!told.test(root)) {
            return Alerting.NONE;
        }
        return (changes, past) -> {
            List<Event> events = new ArrayList<>();
            blind(at, past, events);
            return queued(events);
        };
    }

    private static List<Alerting.Queued> queued(List<Event> events) {
        return events.stream()
                .map(e -> new Alerting.Queued(
                        EventJson.write(e), e.kind().isTold() ? Alerting.Hearing.TOLD : Alerting.Hearing.SILENT))
                .toList();
    }

    private record Opened(Draft draft, PackedNames names) {
        PathBytes directory() {
            return draft.refusals().directory();
        }

        /** The one path, or where the several are; of a rule, where it stands now. */
        PathBytes blamed() {
            Optional<UrlCause.Blame.Line> line =
                    draft.server().flatMap(s -> s.cause().line());
            if (line.isPresent()) {
                PathBytes file = line.get().file();
                return file.parent()
                        .orElse(PathBytes.ROOT)
                        .resolve(file.name() + ":" + line.get().line());
            }
            return names.count() == 1
                    ? Refusals.path(directory(), names.iterator().next())
                    : directory();
        }

        Optional<Attributes> now() {
            return draft.inode().map(Inode::attributes);
        }

        boolean isOfFiles() {
            return now().map(n -> n.type() == FileType.REGULAR).orElse(false);
        }

        long paths() {
            int all = draft.refusals().names().count();
            int some = names.count();
            long paths = draft.refusals().paths();
            return some == all ? paths : Math.max(some, Math.round((double) paths * some / all));
        }
    }

    private void opened(Audit.Part part, Changes changes, Alerting.Past past, List<Event> events) throws SQLException {
        List<Opened> opened = new ArrayList<>();
        Map<String, List<Opened>> crowds = new LinkedHashMap<>();
        for (int i = 0; i < part.drafts.size(); i++) {
            Changes.Surfaced up = changes.surfaced().get(i);
            if (!up.equals(Changes.Surfaced.NONE)) {
                Draft draft = part.drafts.get(i);
                List<Opened> among = up.cause().equals(draft.id())
                        ? opened
                        : crowds.computeIfAbsent(up.cause(), c -> new ArrayList<>());
                among.add(new Opened(draft, up.names()));
            }
        }
        opened.sort(Comparator.comparingLong(Opened::paths).reversed());
        Map<PathBytes, List<PackedNames>> files = opened.stream()
                .filter(Opened::isOfFiles)
                .collect(Collectors.groupingBy(
                        Opened::directory, Collectors.mapping(Opened::names, Collectors.toList())));
        Optional<Instant> previous = past.told() == Alerting.Told.BEFORE ? changes.previous() : Optional.empty();
        for (int i = 0; i < opened.size(); i++) {
            Former former = before(part, past.granted(), opened.get(i), files, i < IN_DETAIL);
            Event.Kind kind = previous.isPresent() ? Event.Kind.OPENED : Event.Kind.BASELINE;
            events.add(event(kind, part, previous, former, opened.get(i), i < IN_DETAIL));
        }
        crowds.forEach((cause, crowd) -> events.add(crowd(part, previous, cause, crowd)));
    }

    /**
     * What the server refuses on purpose since its configuration was written anew after the last scan: somebody may have
     * closed more than was meant. What a rule of before begins to refuse, such as a file that is new, is no news.
     */
    private void closed(Audit.Part part, Changes changes, List<Event> events) {
        Instant scan = part.scan.started().truncatedTo(ChronoUnit.MICROS);
        for (int i = 0; i < part.drafts.size(); i++) {
            Draft draft = part.drafts.get(i);
            boolean isNew = draft.isCause()
                    && draft.refusals().intended()
                    && changes.since().get(i).stream()
                            .anyMatch(s -> s.state() == Since.State.NEW
                                    && !s.firstSeen().isBefore(scan));
            if (isNew && isWritten(part, draft, changes)) {
                Opened all = new Opened(draft, draft.refusals().names());
                boolean inDetail = events.size() < IN_DETAIL;
                events.add(event(Event.Kind.CLOSED, part, changes.previous(), Former.UNKNOWN, all, inDetail));
            }
        }
    }

    private static boolean isWritten(Audit.Part part, Draft draft, Changes changes) {
        ServerCause cause = draft.server().orElseThrow().cause();
        Instant written = part.scan.root().server().orElseThrow().written(cause);
        // the scan before may have gone by what was read a little earlier
        return changes.previous()
                .map(previous -> written.isAfter(previous.minus(ServerRules.SHARED)))
                .orElse(false);
    }

    /** Causes that are too many to tell each. */
    private static Event crowd(Audit.Part part, Optional<Instant> previous, String cause, List<Opened> crowd) {
        Event.View view = view(part);
        List<PathBytes> examples = crowd.stream()
                .limit(Event.EXAMPLES)
                .map(o -> Refusals.path(o.directory(), o.names().iterator().next()))
                .toList();
        long names = crowd.stream().mapToLong(o -> o.names().count()).sum();
        PathBytes blamed = names == 1 ? examples.get(0) : view.root();
        return new Event(
                previous.isPresent() ? Event.Kind.OPENED : Event.Kind.BASELINE,
                part.scan.started(),
                previous,
                view,
                new Event.Culprit(cause, blamed, (int) Math.min(names, Integer.MAX_VALUE), Event.MANY, ""),
                Event.Likeness.UNKNOWN,
                new Event.Refused(crowd.stream().mapToLong(Opened::paths).sum(), examples),
                Event.Mending.NONE);
    }

    private Event event(
            Event.Kind kind,
            Audit.Part part,
            Optional<Instant> previous,
            Former former,
            Opened opened,
            boolean inDetail) {
        Draft draft = opened.draft();
        Refusals refusals = draft.refusals();
        String now = opened.now().map(n -> Shown.whole(n, names)).orElse("");
        return new Event(
                kind,
                part.scan.started(),
                previous,
                view(part),
                new Event.Culprit(
                        draft.id(),
                        opened.blamed(),
                        opened.names().count(),
                        refusals.kind().word(),
                        refusals.rule()),
                new Event.Likeness(former.own(), former.beside(), now),
                new Event.Refused(opened.paths(), inDetail ? examples(opened) : List.of()),
                inDetail ? mending(part, draft) : Event.Mending.NONE);
    }

    private Event.Mending mending(Audit.Part part, Draft draft) {
        Remedies remedies = maker.remedies(part, draft);
        return new Event.Mending(
                remedies.fixes().stream()
                        .map(fix -> new Event.Fix(fix.command(), fix.alsoAllows()))
                        .toList(),
                remedies.advice(),
                Optional.of(request.listing()
                        .of(part.scan.context().root, part.scan.root().identity(), draft.id())));
    }

    private static Event.View view(Audit.Part part) {
        return new Event.View(
                part.scan.context().root, part.reader.identity().label(), part.reader.uid(), part.server.orElse(""));
    }

    /**
     * What is known of how it was, in words.
     *
     * @param own what it was like itself
     * @param beside what granted files in the same directory were like
     */
    private record Former(Optional<String> own, Optional<String> beside) {
        static final Former UNKNOWN = new Former(Optional.empty(), Optional.empty());
    }

    /** @param files all names of files that opened, by their directory */
    private Former before(
            Audit.Part part,
            Alerting.Granted granted,
            Opened opened,
            Map<PathBytes, List<PackedNames>> files,
            boolean inDetail)
            throws SQLException {
        if (opened.isOfFiles()) {
            return inDetail ? before(part, granted.files(opened.directory()), opened, files) : Former.UNKNOWN;
        }
        boolean isDirectory = opened.now().map(Attributes::isDirectory).orElse(false);
        return opened.names().count() == 1 && isDirectory
                ? new Former(own(granted.of(opened.blamed()), opened), Optional.empty())
                : Former.UNKNOWN;
    }

    private Former before(
            Audit.Part part, GrantedFiles granted, Opened opened, Map<PathBytes, List<PackedNames>> files) {
        PathBytes directory = opened.directory();
        Optional<FileSet> now =
                granted.set().flatMap(before -> part.scan.context().granted.flatMap(all -> all.fileSet(directory)));
        List<PackedNames> together = files.get(directory);
        Optional<Attributes> own =
                now.flatMap(set -> FormerShapes.of(granted, set, together, together.indexOf(opened.names())));
        if (own.isPresent() || granted.shapes().isEmpty()) {
            return new Former(own(own, opened), Optional.empty());
        }
        String shapes = granted.shapes().stream()
                .map(shape -> Shown.whole(shape, names))
                .collect(Collectors.joining(" or "));
        return new Former(Optional.empty(), Optional.of(shapes));
    }

    private Optional<String> own(Optional<Attributes> before, Opened opened) {
        return before.filter(b -> !opened.now().equals(before)).map(b -> Shown.whole(b, names));
    }

    private static List<PathBytes> examples(Opened opened) {
        Draft draft = opened.draft();
        if (draft.server().isPresent()
                || draft.inode().map(i -> i.attributes().isDirectory()).orElse(false)) {
            return draft.examples().stream().sorted().toList();
        }
        List<PathBytes> examples = new ArrayList<>();
        for (PathBytes name : opened.names()) {
            if (examples.size() == Event.EXAMPLES) {
                break;
            }
            examples.add(Refusals.path(opened.draft().refusals().directory(), name));
        }
        return examples;
    }

    /** One event for each cause, however its names lay in the store. */
    private static void ended(
            Event.Kind kind, Audit.Part part, Changes changes, List<Recovered> ended, List<Event> events) {
        record Over(Recovered first, int names, long paths) {
            Over and(Over other) {
                return new Over(first, names + other.names, paths + other.paths);
            }
        }
        Map<String, Over> byCause = new LinkedHashMap<>();
        for (Recovered one : ended) {
            byCause.merge(one.cause(), new Over(one, one.names().count(), one.paths()), Over::and);
        }
        byCause.forEach((cause, over) -> events.add(new Event(
                kind,
                part.scan.started(),
                changes.previous(),
                view(part),
                new Event.Culprit(
                        cause,
                        over.names() == 1
                                ? Refusals.path(
                                        over.first().directory(),
                                        over.first().names().iterator().next())
                                : over.first().directory(),
                        over.names(),
                        over.first().kind().word(),
                        over.first().rule()),
                Event.Likeness.UNKNOWN,
                Event.Refused.of(over.paths()),
                Event.Mending.NONE)));
    }

    /** Of the whole root. */
    private static Event nothing(Audit.Part part) {
        Event.View view = view(part);
        return new Event(
                Event.Kind.NOTHING,
                part.scan.started(),
                Optional.empty(),
                view,
                new Event.Culprit("", view.root(), 0, "", ""),
                Event.Likeness.UNKNOWN,
                Event.Refused.NOTHING,
                Event.Mending.NONE);
    }

    private static void blind(Instant at, Alerting.Past past, List<Event> events) {
        past.blinded().forEach(b -> events.add(blind(Event.Kind.BLIND, at, b)));
        past.seeing().forEach(b -> events.add(blind(Event.Kind.SEEING, at, b)));
    }

    /** Of nobody: what cannot be seen for one account cannot for another. */
    private static Event blind(Event.Kind kind, Instant at, Blind blind) {
        return new Event(
                kind,
                at,
                Optional.empty(),
                Event.View.ofNobody(blind.root()),
                new Event.Culprit(CauseId.ofBlind(blind.path()), blind.path(), 1, BLIND, blind.why()),
                Event.Likeness.UNKNOWN,
                Event.Refused.NOTHING,
                Event.Mending.NONE);
    }
}
