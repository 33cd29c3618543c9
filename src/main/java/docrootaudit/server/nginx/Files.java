package docrootaudit.server.nginx;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Memory;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.Optional;

/** How nginx opens and tests files: {@code ngx_open_cached_file()} with {@code disable_symlinks}. */
final class Files {
    private final Exchange exchange;

    Files(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Where the files of a location lie.
     *
     * @param path of the root or alias, evaluated
     */
    record Base(String path, Settings.Root root) {
        /** The path of a URI: below the root, or with the location's own part cut off. */
        String path(String uri, boolean addUriToAlias) {
            return switch (root.kind()) {
                case ROOT -> path + uri;
                case ALIAS -> path + uri.substring(Math.min(root.aliasLength(), uri.length()));
                case WHOLE -> addUriToAlias ? path + uri : path;
            };
        }
    }

    /** A path as nginx's working directory is not known. */
    PathBytes absolute(String path) {
        PathBytes bytes = ByteText.path(path);
        return bytes.isAbsolute() ? bytes : exchange.configuration.prefix().resolve(bytes);
    }

    /** Whether a path is there, and what. Where links are watched, nginx opens what it else only looks at. */
    Tree.Found stat(PathBytes path) {
        return policy(path).isPresent() ? open(path) : remembered(path, exchange.tree.stat(path));
    }

    /** Opens a path for reading. */
    Tree.Found open(PathBytes path) {
        Optional<Policy> policy = policy(path);
        if (policy.isPresent()) {
            Optional<Watched> refused = watch(policy.get(), path);
            if (refused.isPresent()) {
                return refused.get().found();
            }
            if (ByteText.of(path).endsWith("/")) {
                // opened as a dot in it, which wants search permission too
                return remembered(path, exchange.tree.access(path.resolve("."), Need.READ));
            }
        }
        return remembered(path, exchange.tree.access(path, Need.READ));
    }

    /**
     * What {@code open_file_cache_errors} makes of it: a refusal that was met before the path was mended is answered
     * once more until it is too old. Whether somebody met it nobody knows but the worker.
     */
    private Tree.Found remembered(PathBytes path, Tree.Found looked) {
        Tree.Found found = known(looked);
        Optional<Memory> memory = FileCache.of(exchange.settings()).filter(m -> !exchange.isLifted(m.source()));
        if (!found.isThere()
                || memory.isEmpty()
                || !exchange.tree.changedWithin(path, memory.get().longest())) {
            return found;
        }
        exchange.proof.doubt(
                "for " + memory.get().longest().toSeconds() + " s a worker remembers what was refused before " + path
                        + " was changed; whether it was asked then is not known",
                memory.get().source());
        exchange.proof.refuse(new Refusal(
                Reason.CACHED,
                new Refusal.Blame.Line(memory.get().source()),
                memory.get().rule(),
                403,
                Optional.of(path),
                Refusal.Meaning.ACCIDENT));
        return new Tree.Found.Failed(Errno.EACCES);
    }

    private Tree.Found known(Tree.Found found) {
        if (found instanceof Tree.Found.Unknown unknown) {
            exchange.proof.doubt(unknown.why());
            return new Tree.Found.Failed(Errno.ENOENT);
        }
        return found;
    }

    /** Notes a refusal that what comes next may hide; that there is nothing is no refusal. */
    void noteHidden(PathBytes path, Tree.Found found) {
        if (found instanceof Tree.Found.Failed failed
                && failed.errno() != Errno.ENOENT
                && failed.errno() != Errno.ENOTDIR) {
            refuse(path, failed.errno(), failed.errno() == Errno.EACCES ? 403 : 404);
        }
    }

    /** Notes that a path refuses, or the directive that forbids its links. */
    void refuse(PathBytes path, Errno errno, int status) {
        Optional<Policy> policy = policy(path);
        boolean link = policy.flatMap(p -> watch(p, path))
                .filter(w -> w.because() == Because.LINK)
                .isPresent();
        if (link) {
            Directive directive = policy.get().directive();
            exchange.proof.refuse(new Refusal(
                    Reason.SYMLINK,
                    new Refusal.Blame.Line(directive.source()),
                    directive.text(),
                    status,
                    Optional.of(path),
                    Refusal.Meaning.ACCIDENT));
        } else if (exchange.proof.refusals().stream().noneMatch(r -> isAbout(r, path))) {
            exchange.proof.refuse(path, Need.READ, errno, status);
        }
    }

    private static boolean isAbout(Refusal refusal, PathBytes path) {
        return refusal.file()
                .map(f -> f.withoutDots().equals(path.withoutDots()))
                .orElse(false);
    }

    /**
     * What is said of links.
     *
     * @param from how many leading bytes of the path are not looked at
     */
    private record Policy(Directive directive, boolean ifNotOwner, int from) {}

    /** {@code ngx_http_set_disable_symlinks()}; empty where links are free. */
    private Optional<Policy> policy(PathBytes path) {
        Optional<Directive> directive = exchange.settings().symlinks;
        if (directive.isEmpty() || directive.get().word(0).equals("off") || exchange.isLifted(directive.get())) {
            return Optional.empty();
        }
        boolean ifNotOwner = directive.get().word(0).equals("if_not_owner");
        String text = ByteText.of(path);
        int skipped = 0;
        for (String word : directive.get().words()) {
            if (word.startsWith("from=")) {
                String from = exchange.variables.text(word.substring(5), directive.get());
                if (from.isEmpty() || !text.startsWith(from)) {
                    skipped = 0;
                } else if (from.length() == text.length()) {
                    return Optional.empty();
                } else if (text.charAt(from.length()) == '/') {
                    skipped = from.length();
                } else if (from.endsWith("/")) {
                    skipped = from.length() - 1;
                }
            }
        }
        return Optional.of(new Policy(directive.get(), ifNotOwner, skipped));
    }

    /**
     * {@code ngx_open_file_wrapper()}: each part behind {@code from} must be no link, or one of its target's owner. A
     * link on the way is ENOTDIR, as openat(2) with O_PATH, O_DIRECTORY and O_NOFOLLOW has it; at the end ELOOP.
     */
    private Optional<Watched> watch(Policy policy, PathBytes path) {
        String text = ByteText.of(path);
        int end = text.length();
        int at = policy.from();
        while (at < end) {
            int next = text.indexOf('/', at + 1);
            int stop = next < 0 ? end : next;
            PathBytes part = ByteText.path(text.substring(0, stop));
            if (stop > at + 1) {
                Tree.Found link = known(exchange.tree.lstat(part));
                if (link instanceof Tree.Found.Failed) {
                    return Optional.of(new Watched(link, Because.PATH));
                }
                if (link.is(FileType.SYMLINK)) {
                    Optional<Watched> refused = refused(policy, part, (Tree.Found.There) link, stop == end);
                    if (refused.isPresent()) {
                        return refused;
                    }
                }
            }
            at = stop;
        }
        return Optional.empty();
    }

    /** Why a path cannot be opened where links are watched. */
    private enum Because {
        /** A link on the way is one of those that are not followed. */
        LINK,
        /** It could not be had if links were free either. */
        PATH
    }

    private record Watched(Tree.Found found, Because because) {
        static Optional<Watched> link(Errno errno) {
            return Optional.of(new Watched(new Tree.Found.Failed(errno), Because.LINK));
        }
    }

    private Optional<Watched> refused(Policy policy, PathBytes part, Tree.Found.There link, boolean last) {
        if (!policy.ifNotOwner()) {
            return Watched.link(last ? Errno.ELOOP : Errno.ENOTDIR);
        }
        // it is opened before its owner is asked for
        Tree.Found target = known(last ? exchange.tree.access(part, Need.READ) : exchange.tree.stat(part));
        if (!last && target.isThere() && !target.is(FileType.DIRECTORY)) {
            return Optional.of(new Watched(new Tree.Found.Failed(Errno.ENOTDIR), Because.PATH));
        }
        if (target instanceof Tree.Found.There there) {
            return there.uid() == link.uid() ? Optional.empty() : Watched.link(Errno.ELOOP);
        }
        return Optional.of(new Watched(target, Because.PATH));
    }
}
