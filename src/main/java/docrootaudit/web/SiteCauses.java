package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.ServerCause;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.RuleLabel;
import docrootaudit.finding.UrlCause;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes causes of a server's refusals: the same rule of the same file is the same cause, whatever line it stands in. Lines
 * that are alike are told apart by where they stand ({@link RulePlaces}).
 */
final class SiteCauses {
    /** The history keeps no longer ones. */
    private static final int LONGEST_RULE = 1000;

    private final Map<Source, String> places = new ConcurrentHashMap<>();
    private final Map<PathBytes, RulePlaces> texts = new ConcurrentHashMap<>();

    /**
     * What refuses.
     *
     * @param tree the files as the worker meets them
     * @param path what is refused
     */
    ServerCause of(SiteView site, Refusal refusal, int status, Tree tree, PathBytes path) {
        CauseKind kind = RefusalExplainer.kind(refusal.reason());
        ServerCause.Intent intent = intent(site, refusal, status);
        String written = ByteText.visible(refusal.rule());
        String rule = written.substring(0, Math.min(written.length(), LONGEST_RULE));
        if (refusal.blame() instanceof Refusal.Blame.Line line) {
            Source source = line.source();
            String place = places.computeIfAbsent(
                    source,
                    s -> texts.computeIfAbsent(s.file(), file -> of(site, file, tree))
                            .of(s.line(), refusal.rule()));
            RuleLabel.Meant meant =
                    intent == ServerCause.Intent.ON_PURPOSE ? RuleLabel.Meant.ON_PURPOSE : RuleLabel.Meant.ACCIDENT;
            PathBytes label = RuleLabel.of(source.file(), rule, place, meant);
            return new ServerCause(
                    site.server(),
                    kind,
                    new ServerCause.Blamed(source.file().parent().orElse(PathBytes.ROOT), label),
                    rule,
                    status,
                    Optional.of(new UrlCause.Blame.Line(source.file(), source.line())),
                    intent);
        }
        PathBytes blamed = refusal.blame() instanceof Refusal.Blame.File file
                ? file.path()
                : refusal.blame() instanceof Refusal.Blame.Place place ? place.path() : path;
        return new ServerCause(
                site.server(),
                kind,
                ServerCause.Blamed.path(blamed.withoutDots()),
                rule,
                status,
                Optional.empty(),
                intent);
    }

    /**
     * A directory without an index where one has to be.
     *
     * @param path as walked
     */
    static ServerCause withoutIndex(SiteView site, Refusal refusal, int status, PathBytes path) {
        return new ServerCause(
                site.server(),
                CauseKind.MISSING_INDEX,
                ServerCause.Blamed.path(path),
                refusal.rule(),
                status,
                Optional.empty(),
                ServerCause.Intent.ACCIDENT);
    }

    /** All the directories of a site that nobody means to be looked at: of pictures, styles, scripts. */
    static ServerCause withoutIndexOnPurpose(SiteView site, Refusal refusal, int status) {
        return new ServerCause(
                site.server(),
                CauseKind.MISSING_INDEX,
                new ServerCause.Blamed(site.directory(), PathBytes.of("*/")),
                refusal.rule(),
                status,
                Optional.empty(),
                ServerCause.Intent.ON_PURPOSE);
    }

    /** A list of addresses and a question for a password are there to keep somebody out who may be anybody. */
    private static ServerCause.Intent intent(SiteView site, Refusal refusal, int status) {
        boolean meant = refusal.meant() == Refusal.Meaning.ON_PURPOSE
                || (refusal.reason() == Reason.IP && site.isFromAnywhere())
                || (refusal.reason() == Reason.AUTH && status == 401 && site.isAnonymous())
                // a rule that says there is nothing means to hide
                || status == 404
                || status == 410;
        return meant ? ServerCause.Intent.ON_PURPOSE : ServerCause.Intent.ACCIDENT;
    }

    private static RulePlaces of(SiteView site, PathBytes file, Tree tree) {
        if (site.served().written().containsKey(file)) {
            try {
                return RulePlaces.of(site.served().files().read(file));
            } catch (IOException gone) {
                return RulePlaces.of("");
            }
        }
        return RulePlaces.ofTenants(tree.read(file) instanceof Tree.Contents.Read read ? read.text() : "");
    }
}
