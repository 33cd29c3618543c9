package docrootaudit.web;

import docrootaudit.access.Capability;
import docrootaudit.access.FileType;
import docrootaudit.access.GroupSet;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.Principal;
import docrootaudit.audit.ServerRules;
import docrootaudit.server.ByteText;
import docrootaudit.server.Kinds;
import docrootaudit.server.Request;
import docrootaudit.server.Sieve;
import docrootaudit.server.Tree;
import docrootaudit.server.WebServer;
import docrootaudit.walk.Entry;
import docrootaudit.walk.SourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks the servers about a walk's entries. Of the files of a directory that a configuration cannot tell apart one is
 * asked about ({@link Sieve}), and of such directories one; links are asked about one by one.
 */
final class SiteQuestions implements ServerRules.Questions {
    /** Names that somebody meant for a directory's index, whatever the configuration calls one. */
    private static final Pattern LIKE_AN_INDEX =
            Pattern.compile("(?i)(?:index|default|home)\\.(?:html?|php\\d?|xhtml|shtml|jsp|aspx?|cgi|pl|py)");

    /** After so many directories what was seen of files is forgotten. */
    private static final int REMEMBERED = 1000;

    private final List<SiteView> sites;
    private final SiteJudge judge;
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
        this.judge = new SiteJudge(causes, pools);
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
                return judge(uri + name, file(name), standing).rulings();
            }
            // this is for every file: no lambda that holds something, which only the second compiler makes cheap
            Alike.Answers answers = everywhere.answers(standing);
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
            boolean special = !isLikeOthers || missesIndex();
            Optional<List<Kinds.Kind>> kind =
                    special || standing == ServerRules.Standing.REFUSED ? Optional.empty() : kinds().ofDirectory();
            if (kind.isEmpty()) {
                return judge(uri, directory, standing).rulings();
            }
            TenantsTree tree = tree(site);
            Optional<Alike.Bare> known = Optional.ofNullable(everywhere.directories.get(kind.get()));
            if (known.isPresent() && tree.lacks(known.get().missed())) {
                return known.get().rulings();
            }
            tree.holdsItself();
            SiteJudge.Judged judged = judge(uri, directory, standing);
            TenantsTree.Heard heard = tree.release();
            if (heard.isOnTheWay() && judged.isAboutRules() && !judged.isAboutName()) {
                everywhere.directories.put(kind.get(), new Alike.Bare(judged.rulings(), heard.missed()));
            }
            return judged.rulings();
        }

        /** Whether an index is missed: in a site's own root, and where a file is called like one. */
        private boolean missesIndex() {
            return looksIndexed || directory.equals(site.directory());
        }

        private SiteJudge.Judged judge(String url, PathBytes file, ServerRules.Standing standing) {
            Optional<PathBytes> missing = missesIndex() ? Optional.of(path) : Optional.empty();
            return judge.of(new SiteJudge.Question(site, site.request(url), tree(site, standing), file, missing));
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
                SiteJudge.Judged judged = judge(uri + name, file(name), ServerRules.Standing.GRANTED);
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
            SiteJudge.Judged judged = judge(uri + name, file(name), standing);
            justHere.refused.learn(judged, kinds(), kind, entry);
            return judged.rulings();
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
            SiteJudge.Judged judged = one.judge(one.uri + ByteText.of(name) + slash, link, standing);
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
}
