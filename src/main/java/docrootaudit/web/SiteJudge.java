package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.ServerCause;
import docrootaudit.audit.ServerRules;
import docrootaudit.finding.CauseKind;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a server's answer to the URL of a file or directory says about that. */
final class SiteJudge {
    /** So often a rule is lifted to learn what lies behind it. */
    private static final int DEEPEST = 4;

    private final SiteCauses causes;
    private final Inquiry.Pools pools;

    SiteJudge(SiteCauses causes, Inquiry.Pools pools) {
        this.causes = causes;
        this.pools = pools;
    }

    /**
     * What is asked.
     *
     * @param file what the URL ought to lead to
     * @param missing the directory as walked, if an index is missed in it; most directories of a site have none on purpose
     */
    record Question(SiteView site, Request request, Tree tree, PathBytes file, Optional<PathBytes> missing) {}

    /**
     * What a server says.
     *
     * @param isAboutName whether the very file decides, as where a program is run
     */
    record Judged(List<ServerRules.Ruling> rulings, boolean isAboutName) {
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

    Judged of(Question question) {
        SiteView site = question.site();
        Reply reply = ask(question, Set.of());
        int status = reply.status().orElse(0);
        boolean runs = (reply.answer().outcome() instanceof Answer.Outcome.PassedTo passed
                        && passed.script().isPresent())
                || reply.met().stream().anyMatch(m -> !m.seer().equals(site.worker()));
        boolean sure = reply.answer().doubts().isEmpty();
        if ((status < 400 && sure) || !leadsTo(question, reply, Set.of())) {
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
        Optional<ServerCause> cause = cause(question, reply);
        if (cause.isEmpty()) {
            return new Judged(List.of(), runs);
        }
        List<ServerRules.Ruling> rulings = new ArrayList<>();
        rulings.add(new ServerRules.Ruling.Refused(cause.get(), site));
        rulings.addAll(behind(question, reply));
        return new Judged(rulings, runs);
    }

    private static ServerRules.Ruling unknown(SiteView site, String why) {
        return new ServerRules.Ruling.Unknown(why, site.server());
    }

    /** Permissions are the scan's own question; what is not there has no entry. */
    private Optional<ServerCause> cause(Question question, Reply reply) {
        Refusal refusal = reply.met().get(0).refusal();
        int status = reply.status().orElse(0);
        if (refusal.reason() == Reason.PERMISSION || refusal.reason() == Reason.MISSING) {
            return Optional.empty();
        }
        SiteView site = question.site();
        if (refusal.reason() == Reason.MISSING_INDEX) {
            return Optional.of(question.missing()
                    .map(path -> SiteCauses.withoutIndex(site, refusal, status, path))
                    .orElseGet(() -> SiteCauses.withoutIndexOnPurpose(site, refusal, status)));
        }
        return Optional.of(causes.of(site, refusal, status, question.tree(), question.file()));
    }

    /** What would refuse next, each lifted in its turn: it has not recovered because another stands before it. */
    private List<ServerRules.Ruling> behind(Question question, Reply first) {
        List<ServerRules.Ruling> behind = new ArrayList<>();
        Set<Source> lifted = new HashSet<>();
        Reply reply = first;
        for (int i = 0; i < DEEPEST; i++) {
            Optional<Source> line = line(reply);
            if (line.isEmpty() || !lifted.add(line.get())) {
                return behind;
            }
            reply = ask(question, lifted);
            boolean refuses = reply.answer().doubts().isEmpty()
                    && reply.status().orElse(0) >= 400
                    && !reply.met().isEmpty()
                    && leadsTo(question, reply, lifted);
            if (!refuses) {
                return behind;
            }
            cause(question, reply)
                    .ifPresent(cause -> behind.add(new ServerRules.Ruling.Behind(cause, question.site())));
        }
        return behind;
    }

    private static Optional<Source> line(Reply reply) {
        return reply.met().stream().findFirst().flatMap(Reply.Met::line);
    }

    private Reply ask(Question question, Set<Source> lifted) {
        SiteView site = question.site();
        try {
            return new Asking(site.served().server(), question.request(), site.worker(), question.tree(), lifted)
                    .ask(pools, Mended.NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the URL is one of that file: by what it was mapped to, behind the rules that refuse before anything is. */
    private boolean leadsTo(Question question, Reply first, Set<Source> already) {
        Set<Source> lifted = new HashSet<>(already);
        Reply reply = first;
        for (int i = 0; i < DEEPEST; i++) {
            Optional<PathBytes> mapped = mapped(reply);
            if (mapped.isPresent()) {
                PathBytes bare = mapped.get().withoutDots();
                PathBytes asked = question.file().withoutDots();
                boolean within = question.request().target().endsWith("/") && bare.startsWith(asked);
                // what stands for a file, compressed, is answered by the file's URL
                return within || bare.equals(asked) || bare.equals(ByteText.path(ByteText.of(asked) + ".gz"));
            }
            Optional<Source> line = line(reply);
            if (line.isEmpty() || !lifted.add(line.get())) {
                return false;
            }
            reply = ask(question, lifted);
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
