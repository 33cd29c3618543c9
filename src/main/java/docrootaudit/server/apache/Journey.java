package docrootaudit.server.apache;

import docrootaudit.access.Errno;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One question to the server, with all the requests that it makes of it on the way, and what is found out. */
final class Journey {
    /** {@code LimitInternalRecursion}. */
    private static final int MOST_REDIRECTS = 10;

    /** Against a directory full of files that each cause requests of their own. */
    private static final int MOST_HOPS = 2000;

    private final Configuration configuration;
    private final Request request;
    private final Tree tree;
    private final Set<Source> lifted;
    private final List<Answer.Step> chain = new ArrayList<>();
    private final List<Refusal> hidden = new ArrayList<>();
    private final Set<Answer.Doubt> doubts = new LinkedHashSet<>();
    private final Instant now;
    private final Deque<Integer> upstream;
    private Address visitor;
    private boolean asksForName;
    private int hops;

    Journey(
            Configuration configuration,
            Request request,
            Tree tree,
            Set<Source> lifted,
            List<Integer> upstream,
            Instant now) {
        this.configuration = configuration;
        this.request = request;
        this.tree = tree;
        this.lifted = lifted;
        this.upstream = new ArrayDeque<>(upstream);
        this.now = now;
        this.visitor = request.from();
    }

    Configuration configuration() {
        return configuration;
    }

    boolean has(String module) {
        return configuration.has(module);
    }

    Request request() {
        return request;
    }

    Tree tree() {
        return tree;
    }

    /** What those answer that requests are passed to, as far as that is known. */
    Deque<Integer> upstream() {
        return upstream;
    }

    /** When it is asked. */
    Instant now() {
        return now;
    }

    /** The visitor's address: the connection's, or what a proxy says of it. */
    Address visitor() {
        return visitor;
    }

    void visitor(Address address) {
        visitor = address;
    }

    /** The visitor's name, as far as files tell; the server asks for it. */
    Optional<String> visitorsName() {
        asksForName = true;
        return names().of(visitor);
    }

    /** What files tell of names of addresses. */
    HostNames names() {
        return new HostNames(tree);
    }

    /** Whether the server knows the visitor's name by now: it keeps it for the connection. */
    boolean hasAskedForName() {
        return asksForName;
    }

    boolean isLifted(Directive line) {
        return lifted.contains(line.source());
    }

    Set<Source> lifted() {
        return lifted;
    }

    void step(String what, Directive line, String result) {
        chain.add(new Answer.Step(
                what, Optional.of(line.source()), Optional.empty(), ByteText.visible(line.rule()), result));
    }

    void step(String what, PathBytes path, String result) {
        chain.add(new Answer.Step(what, Optional.empty(), Optional.of(path), "", result));
    }

    void step(String what, String result) {
        chain.add(new Answer.Step(what, Optional.empty(), Optional.empty(), "", result));
    }

    void doubt(String reason, Directive line) {
        doubts.add(new Answer.Doubt(reason, Optional.of(line.source())));
    }

    void doubt(String reason) {
        doubts.add(new Answer.Doubt(reason, Optional.empty()));
    }

    List<Answer.Doubt> doubts() {
        return List.copyOf(doubts);
    }

    List<Answer.Step> chain() {
        return chain;
    }

    /** A refusal that the visitor does not get to see. */
    void hide(Refusal refusal) {
        if (!hidden.contains(refusal)) {
            hidden.add(refusal);
        }
    }

    List<Refusal> hidden() {
        return hidden;
    }

    /** Counts a request; false where there have been so many that the server has given up, or has to. */
    boolean mayGoOn(Hop next) {
        int redirects = 0;
        int nested = 0;
        for (Hop hop = next; hop != null; ) {
            if (hop.previous().isPresent()) {
                redirects++;
                hop = hop.previous().get();
            } else if (hop.parent().isPresent()) {
                nested++;
                hop = hop.parent().get();
            } else {
                hop = null;
            }
        }
        if (++hops > MOST_HOPS) {
            doubt("the request leads to more than " + MOST_HOPS + " others");
            return false;
        }
        return redirects <= MOST_REDIRECTS - 1 && nested <= MOST_REDIRECTS - 1;
    }

    // the file system, as the worker sees it

    Tree.Found stat(String path) {
        return known(path, tree.stat(ByteText.path(path)));
    }

    Tree.Found lstat(String path) {
        return known(path, tree.lstat(ByteText.path(path)));
    }

    Tree.Found access(String path, Need need) {
        return known(path, tree.access(ByteText.path(path), need));
    }

    private Tree.Found known(String path, Tree.Found found) {
        if (found instanceof Tree.Found.Unknown unknown) {
            doubt(ByteText.visible(path) + ": " + unknown.why());
            return new Tree.Found.Failed(Errno.ENOENT);
        }
        return found;
    }

    // refusals

    /** A call of the system that failed is to blame. */
    static Refusal file(String path, Need need, Errno errno, int status, Optional<PathBytes> mapped) {
        Reason reason = switch (errno) {
            case EACCES -> Reason.PERMISSION;
            case ELOOP -> Reason.SYMLINK_LOOP;
            case ENAMETOOLONG -> Reason.NAME_TOO_LONG;
            default -> Reason.MISSING;
        };
        Refusal.Blame blame = switch (reason) {
            case PERMISSION -> new Refusal.Blame.File(ByteText.path(path), need, errno);
            case NAME_TOO_LONG -> new Refusal.Blame.Request();
            default -> new Refusal.Blame.Place(ByteText.path(path));
        };
        return new Refusal(reason, blame, "", status, mapped, Refusal.Meaning.ACCIDENT);
    }

    /** A line is to blame. */
    static Refusal line(Reason reason, Directive line, int status, Optional<PathBytes> mapped) {
        return new Refusal(
                reason,
                new Refusal.Blame.Line(line.source()),
                ByteText.visible(line.rule()),
                status,
                mapped,
                Refusal.Meaning.ACCIDENT);
    }

    /** A place is to blame, whatever its permissions. */
    static Refusal place(Reason reason, String path, int status, Optional<PathBytes> mapped) {
        return new Refusal(
                reason, new Refusal.Blame.Place(ByteText.path(path)), "", status, mapped, Refusal.Meaning.ACCIDENT);
    }

    /** The request itself is to blame. */
    static Refusal request(Reason reason, int status) {
        return new Refusal(reason, new Refusal.Blame.Request(), "", status, Optional.empty(), Refusal.Meaning.ACCIDENT);
    }
}
