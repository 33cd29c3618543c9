package docrootaudit.audit;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.walk.PathTracer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What all workers of the scan of one root share. */
final class ScanContext {
    final PathTracer tracer;
    final RootRules rules;
    /** As configured: what patterns are relative to. */
    final PathBytes ruleRoot;

    /** As given, made absolute: how paths are called. */
    final PathBytes root;

    final PathBytes canonicalRoot;
    final List<Reader> readers;
    final Map<Handler, Reader> handlers;
    final Optional<ProcessView> process;
    final Question question;
    final ScanRequest.Detail detail;
    final ScanRequest.Follow follow;
    /** Whether a regular file has to be readable by the web server, and nothing else, whatever its name. */
    final boolean justReading;

    final Collected collected = new Collected();
    final EmptyDirectories empty = new EmptyDirectories();
    private final GlobIndex secrets;
    /** What directories are like, if anybody is to be told what they were like. */
    final Optional<GrantedDirectories> granted;

    /** What web servers are asked beside permissions, if they are. */
    final Optional<ServerRules> rulesOfServer;

    private final Set<PathBytes> followed = ConcurrentHashMap.newKeySet();

    ScanContext(
            PathTracer tracer,
            RootSettings settings,
            PathBytes root,
            PathBytes canonicalRoot,
            List<Reader> readers,
            Map<Handler, Reader> handlers,
            Optional<ProcessView> process,
            Optional<GrantedDirectories> granted,
            Optional<ServerRules> rulesOfServer,
            ScanRequest request) {
        this.tracer = tracer;
        this.rules = settings.rules();
        this.ruleRoot = settings.path();
        this.root = root;
        this.canonicalRoot = canonicalRoot;
        this.readers = readers;
        this.handlers = handlers;
        this.process = process;
        this.granted = granted;
        this.rulesOfServer = rulesOfServer;
        this.question = request.question();
        this.detail = request.detail();
        this.follow = request.follow();
        this.secrets = GlobIndex.of(Secrets.ALWAYS, rules.secrets());
        this.justReading = rules.handlers().isEmpty()
                && rules.scripts().isEmpty()
                && question.ofFile(Question.FileKind.CONTENT).equals(List.of(Need.READ));
    }

    Reader server() {
        return readers.get(0);
    }

    /** Who reads a file. */
    Reader readerOf(PathBytes path) {
        return rules.handler(ruleRoot, path).map(handlers::get).orElseGet(this::server);
    }

    boolean isExcluded(PathBytes path) {
        return Glob.first(rules.exclude(), ruleRoot, path).isPresent();
    }

    boolean isScript(PathBytes path) {
        return Glob.first(rules.scripts(), ruleRoot, path).isPresent();
    }

    /**
     * Whether a path is closed to a reader on purpose. To the web server, what is private is; an account that a handler
     * names has to read it, unless it is for nobody but root.
     */
    boolean isSecret(Reader reader, PathBytes path) {
        return reader == server()
                ? secrets.covers(ruleRoot, path)
                : Glob.first(Secrets.ALWAYS, ruleRoot, path).isPresent();
    }

    /** The same for the entries of a directory that is not, by their names; many times quicker. */
    Predicate<PathBytes> secretEntries(Reader reader, PathBytes directory) {
        return reader == server()
                ? secrets.entriesOf(ruleRoot, directory)::cover
                : name -> isSecret(reader, directory.resolve(name));
    }

    /** A canonical path as the walk calls it: below the root as given. */
    PathBytes asWalked(PathBytes canonical) {
        if (canonicalRoot.equals(root) || !canonical.startsWith(canonicalRoot)) {
            return canonical;
        }
        byte[] bytes = canonical.bytes();
        int cut = canonicalRoot.length() == 1 ? 0 : canonicalRoot.length();
        return cut == bytes.length ? root : root.resolve(PathBytes.of(bytes, cut + 1, bytes.length));
    }

    /** The directory a link leads to, if the walk should go on there: out of the root, and nowhere twice. */
    Optional<PathBytes> toFollow(PathBytes target) {
        boolean wanted = follow == ScanRequest.Follow.OUT_OF_ROOT && !target.startsWith(canonicalRoot);
        return wanted && followed.add(target) ? Optional.of(target) : Optional.empty();
    }
}
