package docrootaudit.web;

import docrootaudit.access.Capability;
import docrootaudit.access.FileType;
import docrootaudit.access.GroupSet;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.Principal;
import docrootaudit.audit.ServerCause;
import docrootaudit.audit.ServerRules;
import docrootaudit.finding.CauseKind;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.Kinds;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Sieve;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import docrootaudit.server.WebServer;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Asks the servers about a walk's entries. Of the files of a directory that a configuration cannot tell apart one is
 * asked about ({@link Sieve}), and of such directories one; links are asked about one by one.
 */
final class SiteQuestions implements ServerRules.Questions {
    /** Names that somebody meant for a directory's index, whatever the configuration calls one. */
    private static final Pattern LIKE_AN_INDEX =
            Pattern.compile("(?i)(?:index|default|home)\\.(?:html?|php\\d?|xhtml|shtml|jsp|aspx?|cgi|pl|py)");

    /** So often a rule is lifted to learn what lies behind it. */
    private static final int DEEPEST = 4;

    /** After so many directories what was seen of files is forgotten. */
    private static final int REMEMBERED = 1000;

    private final List<SiteView> sites;
    private final SiteCauses causes;
    private final Inquiry.Pools pools;
    private final IdentityHashMap<Seer, TenantsTree> trees = new IdentityHashMap<>();
    private final IdentityHashMap<Seer, Tree> closed = new IdentityHashMap<>();
    private final IdentityHashMap<SiteView, Map<PathBytes, Sieve>> sieves = new IdentityHashMap<>();
    private final IdentityHashMap<SiteView, Map<Kinds.Place, Alike>> places = new IdentityHashMap<>();
    private int directories;
    private PathBytes path = PathBytes.ROOT;
    private List<Here> here = List.of();
    private boolean looksIndexed;

    SiteQuestions(List<SiteView> sites, SiteCauses causes, Inquiry.Pools pools) {
        this.sites = sites;
        this.causes = causes;
        this.pools = pools;
    }

    /** The directory at hand as one site has it. */
    private final class Here {
        final SiteView site;
        /** The decoded path of its URL, with the last slash. */
        final String uri;

        final PathBytes directory;
        /** Whether what is said there may be said of directories that are like it. */
        private final boolean isLikeOthers;
        /** Made when the first file comes. */
        private Optional<Kinds> kinds = Optional.empty();

        private Alike everywhere = new Alike();
        private final Alike justHere = new Alike();
        /** Whether permissions have refused nothing yet to a question for a file that may be read. */
        private boolean isOpen = true;

        Here(SiteView site, String uri, PathBytes directory, boolean isLikeOthers) {
            this.site = site;
            this.uri = uri;
            this.directory = directory;
            this.isLikeOthers = isLikeOthers;
        }

        private Kinds kinds() {
            if (kinds.isEmpty()) {
                Kinds own = sieve(site, directory).in(uri, ByteText.of(directory.resolve("")));
                if (isLikeOthers) {
                    everywhere = places.computeIfAbsent(site, s -> new HashMap<>())
                            .computeIfAbsent(own.place(), p -> new Alike());
                }
                own.share(everywhere.all);
                kinds = Optional.of(own);
            }
            return kinds.get();
        }

        List<ServerRules.Ruling> file(Entry entry, ServerRules.Standing standing) throws SourceException {
            Optional<Kinds.Kind> all = kinds().ofAll();
            Optional<Kinds.Kind> kind = all.isPresent() ? all : kinds().of(entry.name());
            if (kind.isEmpty()) {
                String name = ByteText.of(entry.name());
                return judge(this, uri + name, file(name), standing).rulings();
            }
            // this is for every file: no lambda that holds something, which only the second compiler makes cheap
            Answers answers = everywhere.answers(standing);
            List<ServerRules.Ruling> rulings = answers.known.get(kind.get());
            if (rulings == null) {
                answers = justHere.answers(standing);
                rulings = answers.known.get(kind.get());
            }
            if (rulings != null && !rulings.isEmpty()) {
                // what is meant by a refusal may depend on the name
                rulings = answers.refused.get(kinds().meant(kind.get(), entry.name()));
            }
            return rulings != null ? rulings : ask(entry, kind.get(), standing);
        }

        List<ServerRules.Ruling> itself(ServerRules.Standing standing) {
            boolean special = !isLikeOthers || looksIndexed || directory.equals(site.directory());
            Optional<List<Kinds.Kind>> kind =
                    special || standing == ServerRules.Standing.REFUSED ? Optional.empty() : kinds().ofDirectory();
            if (kind.isEmpty()) {
                return judge(this, uri, directory, standing).rulings();
            }
            TenantsTree tree = tree(site);
            Optional<Bare> known = Optional.ofNullable(everywhere.directories.get(kind.get()));
            if (known.isPresent() && tree.lacks(known.get().missed())) {
                return known.get().rulings();
            }
            tree.holdsItself();
            Judged judged = judge(this, uri, directory, standing);
            TenantsTree.Heard heard = tree.release();
            if (heard.isOnTheWay() && judged.isAboutRules() && !judged.isAboutName()) {
                everywhere.directories.put(kind.get(), new Bare(judged.rulings(), heard.missed()));
            }
            return judged.rulings();
        }

        private PathBytes file(String name) {
            return directory.resolve(ByteText.path(name));
        }

        /**
         * A file that may not be read is asked about as if it might, as long as permissions are in the way of nothing
         * else that such a question comes to: then whoever may do everything is told the same.
         */
        private List<ServerRules.Ruling> ask(Entry entry, Kinds.Kind kind, ServerRules.Standing standing)
                throws SourceException {
            String name = ByteText.of(entry.name());
            if (standing == ServerRules.Standing.GRANTED || isOpen) {
                entry.stat();
                TenantsTree tree = tree(site);
                tree.holds(
                        file(name),
                        new Tree.Found.There(
                                FileType.REGULAR, entry.uid(), entry.gid(), 1, Instant.EPOCH, entry.mode() & 07777));
                Judged judged = judge(this, uri + name, file(name), ServerRules.Standing.GRANTED);
                TenantsTree.Heard heard = tree.release();
                isOpen &= heard.isOpen();
                Alike alike = heard.isOnTheWay() && judged.isAboutRules() ? everywhere : justHere;
                if (isOpen) {
                    alike.refused.learn(judged, kinds(), kind, entry);
                }
                if (isOpen || standing == ServerRules.Standing.GRANTED) {
                    alike.granted.learn(judged, kinds(), kind, entry);
                    return judged.rulings();
                }
            }
            Judged judged = judge(this, uri + name, file(name), standing);
            justHere.refused.learn(judged, kinds(), kind, entry);
            return judged.rulings();
        }
    }

    /**
     * What is known of directories that are alike.
     *
     * @param missed names that none of them has
     */
    private record Bare(List<ServerRules.Ruling> rulings, Set<PathBytes> missed) {}

    /** What is known of files in directories that are alike, and of these themselves. */
    private static final class Alike {
        final Kinds.Kind all = new Kinds.Kind();
        final Answers granted = new Answers();
        final Answers refused = new Answers();
        final Map<List<Kinds.Kind>, Bare> directories = new HashMap<>();

        Answers answers(ServerRules.Standing standing) {
            return standing == ServerRules.Standing.GRANTED ? granted : refused;
        }
    }

    private Sieve sieve(SiteView site, PathBytes directory) {
        boolean conditional = site.asked().request().headers().stream()
                .anyMatch(h ->
                        h.name().regionMatches(true, 0, "If-", 0, 3) || h.name().equalsIgnoreCase("Range"));
        if (conditional) {
            return Sieve.EACH;
        }
        Map<PathBytes, Sieve> known = sieves.computeIfAbsent(site, s -> new HashMap<>());
        List<PathBytes> unknown = new ArrayList<>();
        Optional<PathBytes> at = Optional.of(directory);
        while (at.isPresent() && !known.containsKey(at.get())) {
            unknown.add(at.get());
            at = at.get().parent();
        }
        WebServer server = site.served().server();
        Request request = site.request("/");
        Sieve sieve = at.isPresent() ? known.get(at.get()) : server.sieve(request, tree(site));
        for (int i = unknown.size() - 1; i >= 0; i--) {
            Optional<Sieve> tenants = tree(site).tenants(server, request, unknown.get(i));
            sieve = tenants.isPresent() ? sieve.and(tenants.get()) : sieve;
            known.put(unknown.get(i), sieve);
        }
        return sieve;
    }

    /** What is known of files that are answered alike. */
    private static final class Answers {
        final Map<Kinds.Kind, List<ServerRules.Ruling>> known = new HashMap<>();
        final Map<Kinds.Kind, List<ServerRules.Ruling>> refused = new HashMap<>();

        void learn(Judged judged, Kinds kinds, Kinds.Kind kind, Entry entry) {
            if (judged.isAboutName()) {
                return;
            }
            known.put(kind, judged.rulings());
            if (!judged.rulings().isEmpty()) {
                refused.put(kinds.meant(kind, entry.name()), judged.rulings());
            }
        }
    }

    /**
     * What a server says.
     *
     * @param isAboutName whether the very file decides, as where a program is run
     */
    private record Judged(List<ServerRules.Ruling> rulings, boolean isAboutName) {
        /** Whether nothing is said of just this path: what refuses are lines, or that indexes are missed nowhere. */
        boolean isAboutRules() {
            return rulings.stream()
                    .allMatch(r -> (r instanceof ServerRules.Ruling.Refused refused && isAboutRules(refused.cause()))
                            || (r instanceof ServerRules.Ruling.Behind behind && isAboutRules(behind.cause())));
        }

        private static boolean isAboutRules(ServerCause cause) {
            return cause.line().isPresent()
                    || (cause.kind() == CauseKind.MISSING_INDEX && cause.intent() == ServerCause.Intent.ON_PURPOSE);
        }
    }

    private TenantsTree tree(SiteView site) {
        Seer worker = site.worker();
        return trees.computeIfAbsent(worker, w -> {
            Seer own = new Seer(
                    w.identity(), w.pid(), w.since(), new Traces(w.traces().source()), w.check());
            return new TenantsTree(own.tree(Mended.NOTHING, List.of()));
        });
    }

    private Tree tree(SiteView site, ServerRules.Standing standing) {
        return standing == ServerRules.Standing.GRANTED
                ? tree(site)
                : closed.computeIfAbsent(site.worker(), worker -> {
                    Principal everybody = new Principal(0, 0, new GroupSet(), EnumSet.allOf(Capability.class));
                    Seer open = new Seer(
                            worker.identity(),
                            worker.pid(),
                            worker.since(),
                            new Traces(worker.traces().source()),
                            new PathCheck(everybody, false));
                    return new ClosedTree(open.tree(Mended.NOTHING, List.of()), tree(site));
                });
    }

    @Override
    public void enter(PathBytes walked, PathBytes canonical, Entry self) {
        if (++directories % REMEMBERED == 0) {
            trees.clear();
            closed.clear();
            sieves.clear();
            places.clear();
        }
        path = walked;
        here = List.of();
        looksIndexed = false;
        List<Here> found = new ArrayList<>();
        for (SiteView site : sites) {
            if (canonical.startsWith(site.canonical())) {
                String below = below(canonical, site.canonical());
                String uri = site.prefix() + below + "/";
                if (uri.startsWith(site.required())) {
                    PathBytes directory = below.isEmpty()
                            ? site.directory()
                            : site.directory().resolve(ByteText.path(below.substring(1)));
                    found.add(new Here(
                            site, uri, directory, self.mount().unknowable().isEmpty()));
                }
            }
        }
        here = found;
        List<PathBytes> paths = found.stream().map(h -> h.directory).toList();
        Tree.Found.There there =
                new Tree.Found.There(FileType.DIRECTORY, self.uid(), self.gid(), 1, Instant.EPOCH, self.mode() & 07777);
        here.forEach(h -> tree(h.site).enter(canonical, paths, there));
    }

    /** What is left of a path below another, with its slash before. */
    private static String below(PathBytes path, PathBytes above) {
        String rest = ByteText.of(path).substring(above.length());
        return rest.isEmpty() || rest.startsWith("/") ? rest : "/" + rest;
    }

    @Override
    public List<ServerRules.Ruling> file(Entry entry, ServerRules.Standing standing) throws SourceException {
        if (here.size() == 1) {
            return here.get(0).file(entry, standing);
        }
        List<ServerRules.Ruling> all = new ArrayList<>();
        for (Here one : here) {
            add(all, one.file(entry, standing));
        }
        return all;
    }

    @Override
    public void sees(Entry entry) {
        if (!here.isEmpty() && TenantsTree.remembers(entry.nameLength())) {
            PathBytes name = PathBytes.of(entry.name());
            looksIndexed |= LIKE_AN_INDEX.matcher(ByteText.of(name)).matches();
            here.forEach(h -> tree(h.site).sees(name));
        }
    }

    @Override
    public List<ServerRules.Ruling> link(Entry entry, ServerRules.Standing standing) {
        PathBytes name = PathBytes.of(entry.name());
        List<ServerRules.Ruling> all = new ArrayList<>();
        for (Here one : here) {
            PathBytes link = one.directory.resolve(name);
            String slash = tree(one.site, standing).stat(link).is(FileType.DIRECTORY) ? "/" : "";
            Judged judged = judge(one, one.uri + ByteText.of(name) + slash, link, standing);
            add(all, judged.rulings());
        }
        return all;
    }

    @Override
    public List<ServerRules.Ruling> directory(ServerRules.Standing standing) {
        List<ServerRules.Ruling> all = new ArrayList<>();
        here.forEach(h -> tree(h.site).whole());
        for (Here one : here) {
            add(all, one.itself(standing));
        }
        return all;
    }

    /** Two sites of one configuration refuse by one rule: that is one cause, and one path behind it. */
    private static void add(List<ServerRules.Ruling> all, List<ServerRules.Ruling> more) {
        for (ServerRules.Ruling ruling : more) {
            boolean known = all.stream()
                    .anyMatch(r -> r.equals(ruling)
                            || (r instanceof ServerRules.Ruling.Refused a
                                    && ruling instanceof ServerRules.Ruling.Refused b
                                    && a.cause().equals(b.cause())));
            if (!known) {
                all.add(ruling);
            }
        }
    }

    @Override
    public PathBytes url(ServerRules.Ruling ruling, PathBytes name) {
        Object site = ruling instanceof ServerRules.Ruling.Refused refused
                ? refused.site()
                : ((ServerRules.Ruling.Behind) ruling).site();
        Here one = here.stream().filter(h -> h.site == site).findFirst().orElseThrow();
        return one.site.url(one.uri + ByteText.of(name));
    }

    private Judged judge(Here one, String uri, PathBytes file, ServerRules.Standing standing) {
        SiteView site = one.site;
        Request request = site.request(uri);
        Tree tree = tree(site, standing);
        Reply reply = ask(site, request, tree, Set.of());
        int status = reply.status().orElse(0);
        boolean runs = (reply.answer().outcome() instanceof Answer.Outcome.PassedTo passed
                        && passed.script().isPresent())
                || reply.met().stream().anyMatch(m -> !m.seer().equals(site.worker()));
        boolean sure = reply.answer().doubts().isEmpty();
        if ((status < 400 && sure) || !leadsTo(site, request, tree, reply, Set.of(), file)) {
            return new Judged(List.of(), runs);
        }
        if (!sure) {
            return new Judged(
                    List.of(unknown(site, reply.answer().doubts().get(0).toString())), runs);
        }
        if (reply.met().isEmpty()) {
            String why = site.served().place().config() + ": status " + status + " is predicted, and no rule for it";
            return new Judged(status == 404 ? List.of() : List.of(unknown(site, why)), runs);
        }
        Optional<ServerCause> cause = cause(one, reply, tree, file);
        if (cause.isEmpty()) {
            return new Judged(List.of(), runs);
        }
        List<ServerRules.Ruling> rulings = new ArrayList<>();
        rulings.add(new ServerRules.Ruling.Refused(cause.get(), site));
        rulings.addAll(behind(one, request, tree, reply, file));
        return new Judged(rulings, runs);
    }

    private static ServerRules.Ruling unknown(SiteView site, String why) {
        return new ServerRules.Ruling.Unknown(why, site.server());
    }

    /** Permissions are the scan's own question; what is not there has no entry. */
    private Optional<ServerCause> cause(Here one, Reply reply, Tree tree, PathBytes file) {
        Refusal refusal = reply.met().get(0).refusal();
        int status = reply.status().orElse(0);
        if (refusal.reason() == Reason.PERMISSION || refusal.reason() == Reason.MISSING) {
            return Optional.empty();
        }
        return Optional.of(
                refusal.reason() == Reason.MISSING_INDEX
                        ? withoutIndex(one, refusal, status)
                        : causes.of(one.site, refusal, status, tree, file));
    }

    /** What would refuse next, each lifted in its turn: it has not recovered because another stands before it. */
    private List<ServerRules.Ruling> behind(Here one, Request request, Tree tree, Reply first, PathBytes file) {
        List<ServerRules.Ruling> behind = new ArrayList<>();
        Set<Source> lifted = new HashSet<>();
        Reply reply = first;
        for (int i = 0; i < DEEPEST; i++) {
            Optional<Source> line = reply.met().stream().findFirst().flatMap(Reply.Met::line);
            if (line.isEmpty() || !lifted.add(line.get())) {
                return behind;
            }
            reply = ask(one.site, request, tree, lifted);
            boolean refuses = reply.answer().doubts().isEmpty()
                    && reply.status().orElse(0) >= 400
                    && !reply.met().isEmpty()
                    && leadsTo(one.site, request, tree, reply, lifted, file);
            if (!refuses) {
                return behind;
            }
            cause(one, reply, tree, file)
                    .ifPresent(cause -> behind.add(new ServerRules.Ruling.Behind(cause, one.site)));
        }
        return behind;
    }

    /**
     * Whether an index is missed: in a site's own root, and where a file is called like one. Most directories of a site
     * have none on purpose.
     */
    private ServerCause withoutIndex(Here one, Refusal refusal, int status) {
        boolean missed = looksIndexed || one.directory.equals(one.site.directory());
        return missed
                ? SiteCauses.withoutIndex(one.site, refusal, status, path)
                : SiteCauses.withoutIndexOnPurpose(one.site, refusal, status);
    }

    private Reply ask(SiteView site, Request request, Tree tree, Set<Source> lifted) {
        try {
            return new Asking(site.served().server(), request, site.worker(), tree, lifted).ask(pools, Mended.NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the URL is one of that file: by what it was mapped to, behind the rules that refuse before anything is. */
    private boolean leadsTo(
            SiteView site, Request request, Tree tree, Reply first, Set<Source> already, PathBytes file) {
        Set<Source> lifted = new HashSet<>(already);
        Reply reply = first;
        for (int i = 0; i < DEEPEST; i++) {
            Optional<PathBytes> mapped = mapped(reply);
            if (mapped.isPresent()) {
                PathBytes bare = mapped.get().withoutDots();
                PathBytes asked = file.withoutDots();
                boolean within = request.target().endsWith("/") && bare.startsWith(asked);
                // what stands for a file, compressed, is answered by the file's URL
                return within || bare.equals(asked) || bare.equals(ByteText.path(ByteText.of(asked) + ".gz"));
            }
            Optional<Source> line = reply.met().stream().findFirst().flatMap(Reply.Met::line);
            if (line.isEmpty() || !lifted.add(line.get())) {
                return false;
            }
            reply = ask(site, request, tree, lifted);
        }
        return false;
    }

    private static Optional<PathBytes> mapped(Reply reply) {
        Optional<PathBytes> refused =
                reply.met().stream().findFirst().flatMap(m -> m.refusal().file());
        Optional<PathBytes> script =
                reply.answer().outcome() instanceof Answer.Outcome.PassedTo passed ? passed.script() : Optional.empty();
        boolean place = reply.met().stream()
                .findFirst()
                .map(m -> m.refusal().blame() instanceof Refusal.Blame.Place)
                .orElse(false);
        Optional<PathBytes> blamed = place
                ? Optional.of(
                        ((Refusal.Blame.Place) reply.met().get(0).refusal().blame()).path())
                : Optional.empty();
        return refused.or(() -> reply.answer().file()).or(() -> script).or(() -> blamed);
    }
}
