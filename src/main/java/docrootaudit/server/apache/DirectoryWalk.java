package docrootaudit.server.apache;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Tree;
import java.util.List;
import java.util.Optional;

/**
 * {@code ap_directory_walk()} in server/request.c: from the root to the file, the sections and .htaccess files on the
 * way, and whether links may be followed.
 */
final class DirectoryWalk {
    private final Hop hop;
    private final Journey journey;
    private final List<Section> sections;
    private OptionSet options;
    private AllowOverride override;
    private Optional<DirConfig> merged = Optional.empty();
    private int next;
    private String at = "/";
    private String rest;
    private int depth = 1;

    DirectoryWalk(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
        this.sections = hop.host().directories();
        this.options = OptionSet.DEFAULT.merge(hop.config().options());
        this.override = hop.config().override();
        this.rest = "";
    }

    /** Walks; a status of 400 and above ends the request. */
    int run() {
        if (hop.filename().isEmpty() || !hop.file().startsWith("/")) {
            return Hop.OK;
        }
        String whole = UriPath.merge("", hop.file());
        hop.file(whole);
        Tree.Found first = journey.stat(whole);
        Optional<Tree.Found.There> found =
                first instanceof Tree.Found.There there ? Optional.of(there) : Optional.empty();
        boolean slash = whole.endsWith("/") && whole.length() > 1;
        if (found.isPresent() && found.get().type() != FileType.DIRECTORY && slash) {
            found = Optional.empty();
        }
        String savedInfo = hop.pathInfo();
        if (found.isPresent() && found.get().type() == FileType.DIRECTORY && !savedInfo.isEmpty()) {
            whole = UriPath.merge(whole, UriPath.withoutFirstSlashes(savedInfo));
            savedInfo = "";
        }
        rest = whole.substring(1);
        int status = components(found);
        if (status != Hop.OK) {
            return status;
        }
        hop.file(at);
        hop.pathInfo(rest + savedInfo);
        expressions();
        merged.ifPresent(m -> hop.config(hop.config().merge(m)));
        return Hop.OK;
    }

    private int components(Optional<Tree.Found.There> whole) {
        Optional<Tree.Found.There> here = Optional.empty();
        boolean open = true;
        boolean begun = false;
        while (open) {
            String directory = begun && !at.endsWith("/") ? at + "/" : at;
            matching(directory);
            int status = htaccess(directory);
            if (status != Hop.OK) {
                return status;
            }
            if (rest.isEmpty()) {
                break;
            }
            begun = true;
            String name = takeName();
            if (name.isEmpty()) {
                at = directory;
                break;
            }
            at = directory + name;
            boolean trusted = whole.isPresent() && options.followsLinks() && !options.followsOwnersLinks();
            if (trusted) {
                depth++;
                continue;
            }
            Tree.Found found = journey.lstat(at);
            if (found.failedWith(Errno.ENOENT)) {
                here = Optional.empty();
                break;
            } else if (found instanceof Tree.Found.Failed failed) {
                journey.step("file", ByteText.path(at), failed.errno().sentence());
                Need need = rest.isEmpty() ? Need.READ : Need.SEARCH;
                return hop.refuse(Journey.file(at, need, failed.errno(), 403, Optional.of(intended())));
            }
            here = Optional.of((Tree.Found.There) found);
            if (here.get().type() == FileType.SYMLINK) {
                status = link(here.get());
                if (status != Hop.OK) {
                    return status;
                }
                here = journey.stat(at) instanceof Tree.Found.There target ? Optional.of(target) : Optional.empty();
            }
            FileType type = here.map(Tree.Found.There::type).orElse(FileType.REGULAR);
            if (type != FileType.REGULAR && type != FileType.DIRECTORY) {
                journey.step("file", ByteText.path(at), "neither a file nor a directory");
                return hop.refuse(Journey.place(Reason.NOT_REGULAR, at, 403, Optional.of(ByteText.path(at))));
            }
            open = type == FileType.DIRECTORY;
            depth++;
        }
        hop.found(whole.isPresent() ? whole : here);
        return Hop.OK;
    }

    /** The file that was meant: below a directory, what would stand for it. */
    private PathBytes intended() {
        String path = at + rest;
        if (!hop.uri().endsWith("/") || !hop.isMain()) {
            return ByteText.path(path);
        }
        List<String> index = hop.config().index().orElse(List.of("index.html"));
        String slash = path.endsWith("/") ? "" : "/";
        return ByteText.path(index.isEmpty() ? path : path + slash + index.get(0));
    }

    /** The next name of the path and, left in {@code rest}, what follows it with its slash. */
    private String takeName() {
        String path = rest.startsWith("/") ? rest.substring(1) : rest;
        int slash = path.indexOf('/');
        rest = slash < 0 ? "" : path.substring(slash);
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** {@code resolve_symlink()}: whether a link may be followed and leads anywhere. */
    private int link(Tree.Found.There link) {
        boolean any = options.followsLinks() && !options.followsOwnersLinks();
        boolean lifted = options.isLifted(OptionSet.Option.FOLLOW_SYM_LINKS, journey.lifted())
                || options.isLifted(OptionSet.Option.SYM_LINKS_IF_OWNER_MATCH, journey.lifted());
        if (!options.followsLinks() && !options.followsOwnersLinks() && !lifted) {
            return forbidLink(options.line(OptionSet.Option.FOLLOW_SYM_LINKS));
        }
        Tree.Found target = journey.stat(at);
        if (target instanceof Tree.Found.Failed failed) {
            journey.step(
                    "link",
                    ByteText.path(at),
                    "leads to nothing that can be reached: " + failed.errno().sentence());
            Need need = rest.isEmpty() ? Need.READ : Need.SEARCH;
            return hop.refuse(Journey.file(at, need, failed.errno(), 403, Optional.of(ByteText.path(at + rest))));
        }
        if (!any && !lifted && target instanceof Tree.Found.There there && there.uid() != link.uid()) {
            return forbidLink(options.line(OptionSet.Option.SYM_LINKS_IF_OWNER_MATCH));
        }
        return Hop.OK;
    }

    private int forbidLink(Optional<Directive> line) {
        Optional<PathBytes> mapped = Optional.of(ByteText.path(at));
        line.ifPresent(l -> journey.step("link", l, "links are not followed here"));
        journey.step("link", ByteText.path(at), "a link that may not be followed");
        return hop.refuse(
                line.isPresent()
                        ? Journey.line(Reason.SYMLINK, line.get(), 403, mapped)
                        : Journey.place(Reason.SYMLINK, at, 403, mapped));
    }

    /** The sections that are for just this directory; they are in order of depth. */
    private void matching(String directory) {
        while (next < sections.size()) {
            Section section = sections.get(next);
            if (section.regex().isPresent() || section.components() > depth) {
                return;
            }
            next++;
            boolean root = section.components() == 0;
            boolean fits = root
                    || (section.components() >= depth
                            && (section.isWildcard()
                                    ? Fnmatch.matches(section.pattern(), directory)
                                    : section.pattern().equals(directory)));
            if (fits) {
                merge(section.config());
            }
        }
    }

    private void expressions() {
        Walks walks = new Walks(hop);
        for (; next < sections.size(); next++) {
            Section section = sections.get(next);
            if (section.regex().isPresent() && walks.matches(section, hop.file())) {
                merge(section.config());
            }
        }
    }

    private void merge(DirConfig said) {
        options = options.merge(said.options());
        override = override.merge(said.override());
        merged = Optional.of(merged.map(m -> m.merge(said)).orElse(said));
    }

    private int htaccess(String directory) {
        if (!override.isAny()) {
            return Hop.OK;
        }
        Htaccess.Outcome outcome = new Htaccess(hop, override).read(directory);
        outcome.config().ifPresent(this::merge);
        return outcome.status();
    }
}
