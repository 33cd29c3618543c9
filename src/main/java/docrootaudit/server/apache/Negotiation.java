package docrootaudit.server.apache;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code MultiViews}: where nothing has the name, what has it with more endings ({@code handle_multi()}). */
final class Negotiation {
    private final Hop hop;
    private final Journey journey;

    Negotiation(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    int run() {
        OptionSet options = hop.config().options();
        String file = hop.file();
        int slash = file.lastIndexOf('/');
        if (hop.found().isPresent() || !options.has(OptionSet.Option.MULTI_VIEWS) || !file.startsWith("/")) {
            return Hop.DECLINED;
        }
        String directory = file.substring(0, slash + 1);
        String wanted = file.substring(slash + 1);
        Tree.Names names = journey.tree().names(ByteText.path(directory));
        if (names instanceof Tree.Names.Failed failed) {
            journey.step("multiviews", ByteText.path(directory), failed.errno().sentence());
            Errno errno = failed.errno();
            return hop.refuse(Journey.file(directory, Need.LIST, errno, 403, hop.mapped()));
        } else if (names instanceof Tree.Names.Unknown unknown) {
            journey.doubt(unknown.why());
            return Hop.DECLINED;
        }
        return choose(directory, wanted, ((Tree.Names.Read) names).names());
    }

    private int choose(String directory, String wanted, List<PathBytes> names) {
        boolean any = false;
        List<Hop> variants = new ArrayList<>();
        for (PathBytes name : names) {
            String text = ByteText.of(name);
            if (!text.startsWith(wanted + ".")
                    || journey.lstat(directory + text).is(FileType.DIRECTORY)) {
                continue;
            }
            any = true;
            Hop sub = hop.sub(UriPath.escape(hop.uri().substring(0, hop.uri().lastIndexOf('/') + 1) + text));
            sub.notes().add("variant");
            sub.file(directory + text);
            int status = journey.mayGoOn(sub) ? lookUp(sub) : 500;
            if (status == Hop.OK && sub.isRegular() && fits(sub, wanted) && isKnown(sub)) {
                variants.add(sub);
            }
        }
        if (variants.isEmpty()) {
            if (!any) {
                return Hop.DECLINED;
            }
            journey.step(
                    "multiviews", ByteText.path(directory + wanted), "files of the name, but none that can be served");
            return hop.refuse(Journey.place(Reason.MISSING, directory + wanted, 404, hop.mapped()));
        }
        if (variants.size() > 1) {
            doubtChoice(variants);
        }
        Hop best = variants.get(0);
        if (best.args().isEmpty()) {
            best.args(hop.args());
        }
        best.pathInfo(hop.pathInfo());
        hop.become(best);
        journey.step("multiviews", ByteText.path(best.file()), "stands for it");
        return Hop.OK;
    }

    /** {@code ap_sub_req_lookup_dirent()}: a file beside this one, with all that is asked of it. */
    private int lookUp(Hop sub) {
        int status = new DirectoryWalk(sub).run();
        if (status != Hop.OK) {
            return status;
        }
        Walks walks = new Walks(sub);
        walks.files();
        walks.locationsAndBranches();
        status = new AccessPhase(sub).run();
        if (status != Hop.OK) {
            return status;
        }
        Types types = new Types(sub);
        types.find();
        if (types.exceptions().isEmpty()) {
            return 404;
        }
        sub.notes().add("exceptions " + String.join(".", types.exceptions().get()));
        return new Fixups(sub).run();
    }

    private static boolean isKnown(Hop sub) {
        return sub.type().isPresent() || sub.handler().isPresent();
    }

    /** Each part of the name that means nothing has to be in the name that was asked for, in order. */
    private static boolean fits(Hop sub, String wanted) {
        String note = sub.notes().stream()
                .filter(n -> n.startsWith("exceptions "))
                .findFirst()
                .orElse("exceptions ");
        List<String> unknown = List.of(note.substring("exceptions ".length()).split("\\.", -1));
        int next = 0;
        for (String part : wanted.split("\\.", -1)) {
            if (next < unknown.size() && unknown.get(next).equals(part)) {
                next++;
            }
        }
        return next == unknown.size();
    }

    /** Which of several is sent depends on what the visitor prefers; only where they differ in access does it matter. */
    private void doubtChoice(List<Hop> variants) {
        boolean alike = variants.stream()
                        .map(v -> journey.access(v.file(), Need.READ).isThere()
                                + v.handler().orElse(""))
                        .distinct()
                        .count()
                == 1;
        boolean picky = List.of("Accept", "Accept-Language", "Accept-Encoding", "Accept-Charset").stream()
                .anyMatch(h -> journey.request().header(h).isPresent());
        if (!alike || picky) {
            Optional<Directive> line = hop.config().options().line(OptionSet.Option.MULTI_VIEWS);
            String why = "MultiViews has several files to choose from";
            line.ifPresentOrElse(l -> journey.doubt(why, l), () -> journey.doubt(why));
        }
    }
}
