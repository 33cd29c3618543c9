package docrootaudit.audit;

import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Permissions;
import docrootaudit.access.Rule;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.access.Verdict;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.walk.Directory;
import docrootaudit.walk.Entry;
import docrootaudit.walk.Listing;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.ShapeCheck;
import docrootaudit.walk.SourceException;
import docrootaudit.walk.Visitor;
import java.util.List;
import java.util.Optional;

/**
 * Judges the entries of a walk. What is granted costs nothing; words, paths and ACL details are had for refusals only.
 */
final class ScanVisitor implements Visitor<Place> {
    /** A slash and the longest name there is on any file system. */
    private static final int NAME_ROOM = 1 + 1024;

    private static final String BEYOND_US =
            "the kernel refuses what mode, owner and ACL grant, as a security module or a"
                    + " network file system can; audit prove names the paths";

    private final ScanContext context;
    private final DirectoryNotes notes;
    private final ShapeCheck[] reading;
    private final ShapeCheck[] executing;
    private final KnownRefusals knownRefusals = new KnownRefusals();
    private final FileShapes files = new FileShapes();
    /** Of the directory at hand: every entry of it is first asked whether it is excluded. */
    private boolean isEmpty;
    /** Null where no web server is asked. */
    private final RuledNotes rules;

    ScanVisitor(ScanContext context) {
        this.context = context;
        this.notes = new DirectoryNotes(context);
        this.rules = context.rulesOfServer.map(r -> new RuledNotes(context, r)).orElse(null);
        this.reading = context.readers.stream()
                .map(r -> new ShapeCheck(r.identity().principal(), Permissions.READ))
                .toArray(ShapeCheck[]::new);
        this.executing = context.readers.stream()
                .map(r -> new ShapeCheck(r.identity().principal(), Permissions.EXECUTE))
                .toArray(ShapeCheck[]::new);
    }

    @Override
    public boolean excludes(Directory<Place> directory, Entry entry) {
        isEmpty = false;
        if (rules != null) {
            rules.sees(entry);
        }
        return !context.rules.exclude().isEmpty()
                && context.isExcluded(directory.path().resolve(PathBytes.of(entry.name())));
    }

    @Override
    public Place enter(Directory<Place> directory, Entry self) throws SourceException {
        isEmpty = true;
        files.clear();
        if (rules != null) {
            rules.enter(directory, self);
        }
        Place outside = directory.prefix();
        Place inside = outside;
        Blame own = null;
        for (Reader reader : context.readers) {
            Optional<Refusal> refusal = refusal(reader, directory, self, Need.SEARCH);
            if (refusal.isPresent()) {
                Blame blame = blame(reader, directory, refusal.get());
                inside = inside.refusedBy(reader, blame);
                own = reader == context.server() ? blame : own;
            } else if (unknowable(reader, self).isPresent()) {
                inside = inside.unknownFor(reader, unknowable(reader, self).get());
            }
        }
        if (directory.pathLength() < PathTracer.PATH_MAX) {
            judgeDirectory(directory, self, outside, own);
        }
        if (context.granted.isPresent()) {
            note(context.granted.get(), directory, self, own);
        }
        return inside;
    }

    /** What the directory is like, for whoever is told when it is like that no more. */
    private static void note(GrantedDirectories granted, Directory<Place> directory, Entry self, Blame refusal) {
        if (refusal != null) {
            granted.refused(directory.path());
            return;
        }
        try {
            granted.granted(
                    directory.path(),
                    new Attributes(self.type(), self.mode() & 07777, self.uid(), self.gid(), self.acl()));
        } catch (SourceException unreadable) {
            // an ACL that nobody needs to decide is no part of the scan
            granted.refused(directory.path());
        }
    }

    /** The directory itself, as something to be served: searched, and read where listings are on. */
    private void judgeDirectory(Directory<Place> directory, Entry self, Place outside, Blame search)
            throws SourceException {
        Reader server = context.server();
        Need refusedNeed = null;
        Blame own = null;
        List<Need> needs = context.question.ofDirectory(context.rules.listing());
        for (Need need : needs) {
            Optional<Refusal> refusal = need == Need.SEARCH ? Optional.empty() : refusal(server, directory, self, need);
            if ((need == Need.SEARCH && search != null) || refusal.isPresent()) {
                refusedNeed = need;
                own = search != null ? search : blame(server, directory, refusal.orElseThrow());
                break;
            }
        }
        Blame first = outside.first(server);
        if (first != null) {
            Blame next = outside.second(server) != null ? outside.second(server) : own;
            notes.refusedDirectory(directory, needs.get(0), first, next);
        } else if (own != null) {
            notes.refusedDirectory(directory, refusedNeed, own, null);
        } else if (outside.unknown(server) != null || unknowable(server, self).isPresent()) {
            context.collected.uncertain(Optional.ofNullable(outside.unknown(server))
                    .orElseGet(() -> unknowable(server, self).orElseThrow()));
        } else if (rules != null) {
            rules.serves();
        }
    }

    @Override
    public Optional<Jump<Place>> visit(Directory<Place> directory, Listing in, Entry entry) throws SourceException {
        FileType listed = entry.listedType();
        if (listed == FileType.SYMLINK) {
            return link(directory, in, entry);
        }
        if (listed == FileType.REGULAR && isGrantedByKernel(directory, entry)) {
            files.unknown();
            ask(directory, entry, ServerRules.Standing.GRANTED);
            return Optional.empty();
        }
        entry.stat();
        FileType type = entry.type();
        if (type == FileType.SYMLINK) {
            return link(directory, in, entry);
        }
        if (type == FileType.REGULAR && fits(directory, entry)) {
            file(directory, entry);
        }
        return Optional.empty();
    }

    private boolean isGrantedByKernel(Directory<Place> directory, Entry entry) {
        return isAskedOfKernel(directory) && fits(directory, entry) && entry.kernel() == Entry.Answer.GRANTED;
    }

    /** Whether the answer of the kernel is all there is to know: nothing on the way decides before it. */
    private boolean isAskedOfKernel(Directory<Place> directory) {
        Place place = directory.state();
        return context.justReading && place.first(context.server()) == null && place.unknown(context.server()) == null;
    }

    /** Longer paths are ENAMETOOLONG to everybody: no refusal of this kind. */
    private static boolean fits(Directory<Place> directory, Entry entry) {
        // most paths are far from it: their names need not be measured
        return directory.pathLength() + NAME_ROOM < PathTracer.PATH_MAX
                || directory.pathLength() + 1 + entry.nameLength() < PathTracer.PATH_MAX;
    }

    private void file(Directory<Place> directory, Entry entry) throws SourceException {
        Reader reader = context.server();
        Question.FileKind kind = Question.FileKind.CONTENT;
        if (!context.rules.handlers().isEmpty() || !context.rules.scripts().isEmpty()) {
            PathBytes path = directory.path().resolve(PathBytes.of(entry.name()));
            reader = context.readerOf(path);
            kind = context.isScript(path) ? Question.FileKind.SCRIPT : kind;
        }
        List<Need> needs = context.question.ofFile(kind);
        Place place = directory.state();
        Optional<Refusal> own = Optional.empty();
        for (int i = 0; i < needs.size() && own.isEmpty(); i++) {
            own = refusal(reader, directory, entry, needs.get(i));
        }
        if (place.first(reader) != null) {
            notes.refusedBehind(directory, entry, needs.get(0), place.first(reader), place.second(reader), own);
            files.refused();
        } else if (own.isPresent()) {
            notes.refused(directory, entry, own.get());
            files.refused();
        } else if (place.unknown(reader) != null) {
            uncertain(place.unknown(reader));
        } else if (unknowable(reader, entry).isPresent()) {
            uncertain(unknowable(reader, entry).get());
        } else if (isAskedOfKernel(directory)
                && entry.kernel() == Entry.Answer.REFUSED
                && entry.kernelNow() == Entry.Answer.REFUSED) {
            uncertain(BEYOND_US);
        } else {
            granted(directory, entry);
            return;
        }
        ask(directory, entry, ServerRules.Standing.REFUSED);
    }

    private static Optional<String> unknowable(Reader reader, Entry entry) {
        return entry.mount().unknowableTo(reader.identity().principal(), entry.uid(), entry.gid());
    }

    private void uncertain(String why) {
        context.collected.uncertain(why);
        files.unknown();
    }

    private void granted(Directory<Place> directory, Entry entry) throws SourceException {
        if (context.granted.isPresent()) {
            files.granted(entry);
        }
        ask(directory, entry, ServerRules.Standing.GRANTED);
    }

    /** The web servers, about a file. */
    private void ask(Directory<Place> directory, Entry entry, ServerRules.Standing standing) throws SourceException {
        if (rules != null) {
            rules.file(directory, entry, standing);
        }
    }

    /** A refusal by the entry's own attributes or mount; empty if it is granted or nobody can know. */
    private Optional<Refusal> refusal(Reader reader, Directory<Place> directory, Entry entry, Need need)
            throws SourceException {
        ShapeCheck shapes =
                need == Need.READ || need == Need.LIST ? reading[reader.index()] : executing[reader.index()];
        boolean mountMatters = need == Need.EXECUTE && entry.mount().noexec();
        if (!mountMatters && shapes.decide(entry) instanceof Verdict.Granted) {
            return Optional.empty();
        }
        Acl acl = entry.acl().orElse(null);
        // of a directory the default ACL would have to be alike too, and of a process the place may matter
        boolean oneOfMany = entry.type() == FileType.REGULAR && context.process.isEmpty();
        Refusal known = oneOfMany ? knownRefusals.find(reader, need, entry, acl) : null;
        if (known != null) {
            return Optional.of(known);
        }
        // again with everything the inode has, for the proof
        Inode inode = entry.inode();
        Verdict verdict = reader.check().arrive(inode, need);
        if (verdict instanceof Verdict.Unknown unknown
                && unknowable(reader, entry).isEmpty()) {
            context.collected.uncertain(unknown.why());
        }
        if (!(verdict instanceof Verdict.Denied denied)) {
            return Optional.empty();
        }
        Rule rule = reader.diagnosis().rule(inode.attributes(), denied);
        CauseKind plain = reader.diagnosis().kind(inode, need, denied.asked().bits(), rule);
        CauseKind kind = context.process
                .map(p -> p.kind(reader.identity().principal(), canonicalPath(directory, entry), inode, need, plain))
                .orElse(plain);
        Refusal refusal =
                new Refusal(reader, need, kind, rule.text(reader.diagnosis().names()), inode);
        if (oneOfMany) {
            knownRefusals.add(refusal, entry, acl);
        }
        return Optional.of(refusal);
    }

    /** Of an entry, or of the directory itself where it stands for that. */
    private static PathBytes canonicalPath(Directory<Place> directory, Entry entry) {
        byte[] name = entry.name();
        return name.length == 0
                ? directory.canonicalPath()
                : directory.canonicalPath().resolve(PathBytes.of(name));
    }

    private Blame blame(Reader reader, Directory<Place> directory, Refusal refusal) {
        PathBytes path = directory.path();
        return context.collected.blame(
                reader,
                path,
                () -> new Blame(
                        reader,
                        path,
                        directory.canonicalPath(),
                        refusal.kind(),
                        refusal.rule(),
                        refusal.inode(),
                        refusal.need(),
                        context.isSecret(reader, path),
                        context.collected.spare));
    }

    private Optional<Jump<Place>> link(Directory<Place> directory, Listing in, Entry entry) {
        PathBytes name = PathBytes.of(entry.name());
        if (!fits(directory, entry)) {
            return Optional.empty();
        }
        Trace trace = context.tracer.traceIn(in.directory(), directory.canonicalPath(), name);
        if (trace.end().isEmpty()) {
            if (trace.steps().get(trace.steps().size() - 1) instanceof Step.Blind blind) {
                context.collected.uncertain(blind.why());
            }
            return Optional.empty();
        }
        Step.Arrive end = trace.end().get();
        FileType type = end.inode().attributes().type();
        if (!type.isServed()) {
            return Optional.empty();
        }
        PathBytes path = directory.path().resolve(name);
        Reader reader = type == FileType.REGULAR ? context.readerOf(path) : context.server();
        Question.FileKind kind = context.isScript(path) ? Question.FileKind.SCRIPT : Question.FileKind.CONTENT;
        List<Need> needs = type == FileType.REGULAR
                ? context.question.ofFile(kind)
                : context.question.ofDirectory(context.rules.listing());
        boolean granted = isGranted(directory, entry, reader, trace, needs);
        if (rules != null) {
            rules.link(directory, entry, granted ? ServerRules.Standing.GRANTED : ServerRules.Standing.REFUSED);
        }
        return type == FileType.DIRECTORY ? jump(directory, trace, end) : Optional.empty();
    }

    private boolean isGranted(Directory<Place> directory, Entry entry, Reader reader, Trace trace, List<Need> needs) {
        Place place = directory.state();
        for (Need need : needs) {
            PathVerdict verdict = reader.check().judge(trace, need);
            // the search of the directory itself is its own story
            List<PathVerdict.Judged> refusals = verdict.refusals().stream()
                    .filter(r -> r.step() != trace.steps().get(0))
                    .toList();
            Optional<Blame> own =
                    refusals.isEmpty() ? Optional.empty() : LinkBlame.of(context, reader, verdict, refusals.get(0));
            if (place.first(reader) != null) {
                Blame next = place.second(reader) != null ? place.second(reader) : own.orElse(null);
                notes.refusedLinkBehind(directory, entry, need, place.first(reader), next);
                return false;
            } else if (own.isPresent()) {
                Optional<Blame> next = refusals.size() < 2
                        ? Optional.empty()
                        : LinkBlame.of(context, reader, verdict, refusals.get(1));
                notes.refusedLink(
                        directory,
                        entry,
                        need,
                        own.get(),
                        next.filter(n -> n != own.get()).orElse(null));
                return false;
            } else if (place.unknown(reader) != null || !verdict.unknowns().isEmpty()) {
                context.collected.uncertain(Optional.ofNullable(place.unknown(reader))
                        .orElseGet(() -> verdict.unknowns().get(0)));
                return false;
            }
        }
        return true;
    }

    private Optional<Jump<Place>> jump(Directory<Place> directory, Trace trace, Step.Arrive end) {
        return context.toFollow(end.path()).map(target -> {
            Place place = directory.state();
            for (Reader reader : context.readers) {
                place = LinkBlame.place(context, reader, trace, place);
            }
            return new Jump<>(target, place);
        });
    }

    @Override
    public void leave(Directory<Place> directory) {
        if (isEmpty) {
            context.empty.add(directory.path());
        }
        if (context.granted.isPresent()) {
            files.tell(context.granted.get(), directory.path());
        }
        notes.handOver(directory);
        if (rules != null) {
            rules.leave(directory);
        }
    }

    /**
     * A refusal by an inode itself.
     *
     * @param need what was refused
     */
    record Refusal(Reader reader, Need need, CauseKind kind, String rule, Inode inode) {
        FileGroup.Alike alike(Standing standing) {
            return new FileGroup.Alike(
                    reader, need, kind, rule, inode, standing == Standing.BEHIND, standing == Standing.SECRET);
        }
    }

    /** How a refusal stands among others. */
    enum Standing {
        FIRST,
        SECRET,
        BEHIND
    }
}
