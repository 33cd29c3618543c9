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
        Optional<Hop> chosen = choice(variants);
        if (chosen.isEmpty()) {
            journey.step(
                    "multiviews", ByteText.path(directory + wanted), "none of the files is what the visitor accepts");
            return hop.refuse(Journey.request(Reason.DENY_RULE, 406));
        }
        Hop best = chosen.get();
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

    /** {@code best_match()}: the file that suits the visitor best; empty where none does. */
    private Optional<Hop> choice(List<Hop> files) {
        if (journey.request().header("Negotiate").isPresent()) {
            journey.doubt("the visitor wants to choose among several files");
        } else if (files.stream().anyMatch(Content::isTypeMap)) {
            journey.doubt("a type map names the files to choose from, and is not followed");
        }
        List<Variant> variants = files.stream().map(Variant::new).toList();
        Optional<String> preferred = Optional.ofNullable(hop.env().get("prefer-language"))
                .filter(p -> variants.stream().anyMatch(v -> v.hasLanguage(p)));
        return preferred
                .flatMap(p -> best(variants, preferred))
                .or(() -> best(variants, Optional.empty()))
                .map(v -> v.file);
    }

    private Optional<Variant> best(List<Variant> variants, Optional<String> preferred) {
        List<Accepted> types = new ArrayList<>(Accepted.of(hop, "Accept").orElse(List.of(new Accepted("*/*", 1, 0))));
        boolean sayQualities = types.stream().anyMatch(t -> t.quality() < 1);
        boolean scripts =
                !hop.isGet() || hop.args().isPresent() || !hop.pathInfo().isEmpty();
        types.add(new Accepted("application/x-httpd-cgi", scripts ? 2 : 0.001, 0));
        Optional<List<Accepted>> languages = Accepted.of(hop, "Accept-Language");
        double standard = variants.stream().anyMatch(Variant::hasLanguage) ? 0.0001 : 1;
        List<String> force = words("forcelanguagepriority");
        boolean prefer = force.isEmpty() || force.stream().anyMatch("prefer"::equalsIgnoreCase);
        boolean fallback = force.stream().anyMatch("fallback"::equalsIgnoreCase);
        Optional<Variant> best = Optional.empty();
        for (Variant variant : variants) {
            boolean out =
                    isDiscarded(variant) || !preferred.map(variant::hasLanguage).orElse(true);
            if (out) {
                continue;
            }
            variant.suitType(types, sayQualities);
            if (preferred.isPresent()) {
                variant.preferLanguage();
            } else {
                variant.suitLanguage(languages, standard);
                variant.order(words("languagepriority"), prefer, fallback);
            }
            variant.suitEncoding(Accepted.of(hop, "Accept-Encoding"));
            variant.suitCharset(Accepted.of(hop, "Accept-Charset"));
            boolean better = best.isEmpty() || variant.isBetterThan(best.get());
            best = variant.isAcceptable() && better ? Optional.of(variant) : best;
        }
        return best;
    }

    private List<String> words(String key) {
        return hop.config().find(key).map(Directive::words).orElse(List.of());
    }

    /** {@code discard_variant_by_env()}: browsers that are said not to understand what is compressed. */
    private boolean isDiscarded(Variant variant) {
        boolean html = "1".equals(hop.env().get("gzip-only-text/html"));
        return variant.isEncoded() && (hop.env().containsKey("no-gzip") || (html && !variant.isHtml()));
    }
}
