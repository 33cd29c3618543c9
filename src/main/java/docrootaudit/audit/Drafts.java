package docrootaudit.audit;

import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Refusals;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;

/** Puts what the workers of one scan collected into the form of findings, sorted as the history wants them. */
final class Drafts {
    private static final int EXAMPLES = 5;

    private final ScanContext context;

    Drafts(ScanContext context) {
        this.context = context;
    }

    /** What the rules of one web server refuse. */
    List<Draft> byRulesOf(String server) {
        return context.collected.ruled().stream()
                .filter(ruled -> ruled.cause.server().equals(server))
                .map(ruled -> of(ruled, context.server()))
                .sorted(Drafts::inOrder)
                .toList();
    }

    /** What permissions refuse one reader; most are made each time they are asked for. */
    List<Draft> of(Reader reader) {
        List<OfGroups> groups = context.collected.groups(reader).stream()
                .map(list -> new OfGroups(list))
                .toList();
        List<Draft> others = new ArrayList<>();
        for (Blame blame : notAbsorbed(reader, groups)) {
            others.add(of(blame));
        }
        for (Collected.Links links : context.collected.links()) {
            if (links.blame().reader == reader) {
                others.add(of(links));
            }
        }
        others.sort(Drafts::inOrder);
        List<List<Draft>> all = new ArrayList<>(groups);
        all.add(others);
        return Merged.of(all, Drafts::inOrder);
    }

    private static int inOrder(Draft a, Draft b) {
        Refusals one = a.refusals();
        Refusals other = b.refusals();
        return inOrder(one.directory(), one.names(), one.kind(), other.directory(), other.names(), other.kind());
    }

    /** Tens of thousands are sorted: written out, it takes a fraction of what composed comparators do. */
    static int inOrder(
            PathBytes directory,
            PackedNames names,
            CauseKind kind,
            PathBytes otherDirectory,
            PackedNames otherNames,
            CauseKind otherKind) {
        int order = directory.compareTo(otherDirectory);
        if (order == 0) {
            order = names.iterator().next().compareTo(otherNames.iterator().next());
        }
        return order != 0 ? order : kind.compareTo(otherKind);
    }

    /** Groups as drafts. */
    private final class OfGroups extends AbstractList<Draft> implements RandomAccess {
        private final List<FileGroup> groups;
        private final Map<Integer, Draft> withLinks = new HashMap<>();

        OfGroups(List<FileGroup> groups) {
            this.groups = groups;
        }

        @Override
        public Draft get(int index) {
            Draft changed = withLinks.get(index);
            return changed != null ? changed : of(groups.get(index));
        }

        @Override
        public int size() {
            return groups.size();
        }

        /**
         * Takes the counts of the files among these that links lead to.
         *
         * @param blames sorted by directory
         * @return those that are not among these
         */
        List<Blame> absorb(List<Blame> blames) {
            List<Blame> left = new ArrayList<>();
            int at = 0;
            for (Blame blame : blames) {
                PathBytes directory = Refusals.directoryOf(blame.path);
                while (at < groups.size() && groups.get(at).directory().compareTo(directory) < 0) {
                    at++;
                }
                if (!absorb(blame, directory, at)) {
                    left.add(blame);
                }
            }
            return left;
        }

        private boolean absorb(Blame blame, PathBytes directory, int from) {
            PathBytes name = Refusals.nameOf(blame.path);
            for (int i = from; i < groups.size() && groups.get(i).directory().equals(directory); i++) {
                Draft draft = get(i);
                if (draft.refusals().kind().family() == blame.kind.family() && Drafts.contains(draft, name)) {
                    withLinks.put(i, draft.withLinks(name, blame.paths()));
                    return true;
                }
            }
            return false;
        }
    }

    /** A file that links lead to may be one that was found in its own directory: then that has its counts. */
    private List<Blame> notAbsorbed(Reader reader, List<OfGroups> groups) {
        List<Blame> left = new ArrayList<>();
        List<Blame> files = new ArrayList<>();
        for (Blame blame : context.collected.blames()) {
            if (blame.reader == reader) {
                boolean isFile = blame.inode.attributes().type() == FileType.REGULAR;
                (isFile ? files : left).add(blame);
            }
        }
        if (!files.isEmpty()) {
            files.sort(Comparator.comparing(blame -> Refusals.directoryOf(blame.path)));
            for (OfGroups some : groups) {
                files = some.absorb(files);
            }
        }
        left.addAll(files);
        return left;
    }

    private static boolean contains(Draft draft, PathBytes name) {
        for (PathBytes one : draft.refusals().names()) {
            if (one.equals(name)) {
                return true;
            }
        }
        return false;
    }

    private Draft of(FileGroup group) {
        FileGroup.Alike alike = group.alike();
        PathBytes directory = group.directory();
        PathBytes first = directory.resolve(group.names().iterator().next());
        Refusals refusals = new Refusals(
                directory,
                group.names(),
                alike.kind(),
                alike.rule(),
                Optional.empty(),
                alike.behind(),
                alike.secret(),
                alike.behind() ? 0 : group.names().count());
        return new Draft(
                group.id(),
                refusals,
                alike.reader(),
                Optional.of(alike.inode()),
                needs(alike.need(), alike.inode(), first),
                group.canonical().equals(directory) ? first : group.canonical().resolve(first.name()),
                new FirstPaths(directory, group.names(), EXAMPLES),
                Optional.empty(),
                0,
                Map.of(),
                Optional.empty());
    }

    private Draft of(Blame blame) {
        Refusals refusals = new Refusals(
                Refusals.directoryOf(blame.path),
                PackedNames.of(Refusals.nameOf(blame.path)),
                blame.kind,
                blame.rule,
                Optional.empty(),
                blame.paths() == 0,
                blame.isIntended(),
                blame.paths());
        return new Draft(
                CauseId.of(blame.reader.uid(), blame.path, blame.kind),
                refusals,
                blame.reader,
                Optional.of(blame.inode),
                needs(blame.need, blame.inode, blame.path),
                blame.canonical,
                blame.examples(),
                blame.next(),
                blame.exposed(),
                Map.of(),
                Optional.empty());
    }

    private Draft of(Collected.Links links) {
        Blame blame = links.blame();
        Refusals refusals = new Refusals(
                links.directory().path(),
                links.names(),
                blame.kind,
                blame.rule,
                Optional.of(blame.path),
                false,
                links.secret(),
                links.names().count());
        return new Draft(
                CauseId.of(blame.reader.uid(), blame.path, blame.kind),
                refusals,
                blame.reader,
                Optional.of(blame.inode),
                needs(blame.need, blame.inode, blame.path),
                blame.canonical,
                List.of(),
                Optional.empty(),
                0,
                Map.of(),
                Optional.empty());
    }

    private Draft of(Ruled ruled, Reader reader) {
        ServerCause cause = ruled.cause;
        Refusals refusals = new Refusals(
                cause.blamed().directory(),
                PackedNames.of(cause.blamed().name()),
                cause.kind(),
                cause.rule(),
                Optional.empty(),
                ruled.paths() == 0,
                cause.isIntended(),
                ruled.paths());
        List<Ruled.Example> examples = ruled.examples();
        return new Draft(
                cause.id(reader.uid()),
                refusals,
                reader,
                Optional.empty(),
                List.of(Need.READ),
                examples.get(0).path(),
                examples.stream().map(Ruled.Example::path).toList(),
                Optional.empty(),
                0,
                Map.of(),
                Optional.of(new Draft.OfServer(
                        cause, examples.stream().map(Ruled.Example::url).toList())));
    }

    /** Everything that the blamed inode is needed for: a remedy that mends one need only would mend nothing. */
    private List<Need> needs(Need refused, Inode inode, PathBytes path) {
        if (context.justReading && inode.attributes().type() == FileType.REGULAR) {
            return context.question.ofFile(Question.FileKind.CONTENT);
        }
        Set<Need> needs = new LinkedHashSet<>(List.of(refused));
        if (inode.attributes().isDirectory() && path.startsWith(context.root)) {
            needs.addAll(context.question.ofDirectory(context.rules.listing()));
        } else if (inode.attributes().type() == FileType.REGULAR) {
            needs.addAll(context.question.ofFile(
                    context.isScript(path) ? Question.FileKind.SCRIPT : Question.FileKind.CONTENT));
        }
        return List.copyOf(needs);
    }
}
