package docrootaudit.web;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Principal;
import docrootaudit.access.Step;
import docrootaudit.finding.CauseKind;
import docrootaudit.finding.FileCommands;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import docrootaudit.finding.UrlCause;
import docrootaudit.server.ByteText;
import docrootaudit.server.Edit;
import docrootaudit.server.Passwords;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.WebServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what mends an answer: each single change is laid over the configuration or the tree, and the server asked once
 * more, until nothing refuses. What does not lead there is not told.
 */
final class Planner {
    private static final int FIXES = 3;
    private static final int LONGEST = 8;

    private final Inquiry inquiry;
    private final RefusalExplainer explainer;
    private final FileCommands commands;
    private final Reload reload;
    private final UrlQuestion.Origin origin;
    private final Set<String> words = new LinkedHashSet<>();

    Planner(
            Inquiry inquiry,
            RefusalExplainer explainer,
            FileCommands commands,
            Reload reload,
            UrlQuestion.Origin origin) {
        this.inquiry = inquiry;
        this.explainer = explainer;
        this.commands = commands;
        this.reload = reload;
        this.origin = origin;
    }

    /**
     * One command, and what is then.
     *
     * @param effect when the command has an effect
     * @param opens the rights that it grants
     */
    private record Action(Remedy remedy, Assumed then, Effect effect, Set<Mended.Opened> opens) {
        Action(Remedy remedy, Assumed then, Effect effect) {
            this(remedy, then, effect, Set.of());
        }

        /** Whether the other is not needed beside it. */
        boolean covers(Action other) {
            return !other.opens.isEmpty() && opens.containsAll(other.opens);
        }
    }

    private enum Effect {
        AT_ONCE,
        AFTER_RELOAD
    }

    /** What mends the first refusal and all that would refuse next, least first. */
    Remedies remedies(Reply.Met first) throws IOException {
        List<Remedy> fixes = new ArrayList<>();
        for (Action action : actions(first, Assumed.NOTHING)) {
            complete(first, action).map(this::written).ifPresent(fixes::add);
            if (fixes.size() == FIXES) {
                break;
            }
        }
        return new Remedies(fixes, fixes.isEmpty() ? Optional.of(inWords(first)) : Optional.empty());
    }

    /** What to do about the first refusal, before what stands in the way of a command. */
    private String inWords(Reply.Met first) throws IOException {
        Explained explained = explainer.explain(first);
        Optional<String> own = explained.remedies().advice();
        List<String> all = new ArrayList<>();
        if (own.isEmpty()) {
            all.add(Words.of(explained.causes().get(0), origin));
        }
        own.ifPresent(all::add);
        words.stream().filter(w -> !all.contains(w)).forEach(all::add);
        return String.join(" ", all);
    }

    /** The action, and what has to follow it until nothing refuses; empty if that cannot be had. */
    private Optional<List<Action>> complete(Reply.Met refused, Action first) throws IOException {
        List<Action> actions = new ArrayList<>(List.of(first));
        Set<List<Object>> seen = new HashSet<>();
        if (refused.line().isPresent()) {
            seen.add(place(refused));
        }
        while (seen.size() <= LONGEST) {
            Assumed now = actions.get(actions.size() - 1).then();
            Optional<Reply> reply = inquiry.ask(now);
            if (reply.isEmpty()) {
                return Optional.empty();
            } else if (reply.get().isFine() || (isAddressToAdd(refused) && asksWho(reply.get()))) {
                return Optional.of(actions);
            }
            List<Reply.Met> met = reply.get().met();
            if (met.isEmpty() || !seen.add(place(met.get(0)))) {
                return Optional.empty();
            }
            List<Action> next = actions(met.get(0), now);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            actions.removeIf(next.get(0)::covers);
            actions.add(next.get(0));
        }
        return Optional.empty();
    }

    /** Whether all that is left is a name and password, which the visitor did not send. */
    private boolean asksWho(Reply reply) {
        return inquiry.request().visitor() instanceof Request.Visitor.Anonymous
                && reply.status().equals(Optional.of(401))
                && reply.met().stream()
                        .findFirst()
                        .map(m -> m.refusal().reason())
                        .equals(Optional.of(Reason.AUTH));
    }

    /** What refuses, whatever a change has made of its words: one change that leaves it refusing is not enough. */
    private static List<Object> place(Reply.Met met) {
        Refusal refusal = met.refusal();
        return List.of(
                met.seer().identity().principal(),
                refusal.reason(),
                refusal.blame(),
                refusal.rule().split(" ", 2)[0]);
    }

    private Remedy written(List<Action> actions) {
        List<String> lines = new ArrayList<>();
        Set<String> allows = new LinkedHashSet<>();
        long scope = 0;
        boolean reloads = false;
        for (Action action : actions) {
            lines.add(action.remedy().command());
            allows.add(action.remedy().alsoAllows());
            scope += action.remedy().scope();
            reloads |= action.effect() == Effect.AFTER_RELOAD;
        }
        if (reloads) {
            lines.add(reload.command());
        }
        allows.remove("");
        return new Remedy(String.join(" && ", lines), String.join("; ", allows), scope);
    }

    /** The single changes that might mend a refusal, the least first. */
    private List<Action> actions(Reply.Met met, Assumed now) throws IOException {
        Explained explained = explainer.explain(met, now.mended());
        if (explained.intended() && !isAddressToAdd(met)) {
            return List.of();
        }
        List<Action> actions = new ArrayList<>();
        if (explained.causes().stream().anyMatch(c -> c.kind() == CauseKind.STALE_GROUPS)) {
            inquiry.served().master().ifPresent(m -> actions.add(ofProcess(explained, m.pid(), now)));
            explained.remedies().advice().ifPresent(words::add);
            return actions;
        }
        if (met.refusal().reason() == Reason.CACHED) {
            met.line().ifPresent(line -> actions.addAll(forgetting(now.lifting(line))));
            return actions;
        }
        for (Remedy remedy : explained.remedies().fixes()) {
            Assumed then = now.mending(Mended.opening(explained.opens()));
            // whom a group is given to has to start anew for it
            Effect effect = remedy.command().contains("usermod ") ? Effect.AFTER_RELOAD : Effect.AT_ONCE;
            actions.add(new Action(remedy, then, effect, explained.opens()));
        }
        explained.remedies().advice().ifPresent(words::add);
        if (met.refusal().reason() == Reason.MISSING_INDEX) {
            actions.addAll(index(met, now));
        } else if (met.refusal().reason() == Reason.MISSING) {
            links(met, now).ifPresent(actions::add);
        } else if (met.refusal().reason() == Reason.AUTH) {
            passwords(met, now).ifPresent(actions::add);
        } else if (met.refusal().reason() == Reason.SYMLINK) {
            owners(met, now).ifPresent(actions::add);
        }
        actions.addAll(edits(met, now));
        return actions;
    }

    /** A list of addresses is made to be added to, once somebody says which. */
    private boolean isAddressToAdd(Reply.Met met) {
        return met.refusal().reason() == Reason.IP && origin == UrlQuestion.Origin.GIVEN;
    }

    /** A password file that is not there, with the visitor as the first in it. */
    private Optional<Action> passwords(Reply.Met met, Assumed now) {
        Optional<PathBytes> file = met.refusal().file();
        boolean missing = file.isPresent()
                && met.line().isPresent()
                && met.seer().traces().of(file.get()).trace().end().isEmpty();
        if (!missing || !(inquiry.request().visitor() instanceof Request.Visitor.Login login)) {
            return Optional.empty();
        }
        PathBytes directory = file.get().parent().orElse(PathBytes.ROOT);
        PathVerdict verdict = everybody(met.seer().traces(), directory);
        if (!(verdict.steps().get(verdict.steps().size() - 1).step() instanceof Step.Arrive arrive)) {
            return Optional.empty();
        }
        String entry = Passwords.entry(login.name(), login.password());
        PathBytes name = file.get().name();
        int group = met.seer().identity().principal().gid();
        if (commands.createFor(verdict, name, group, ByteText.path(entry)) instanceof FileCommands.Command.Line line) {
            Mended made = Mended.creating(arrive.path().resolve(name), entry + "\n");
            String allows = ByteText.visible(login.name()) + " comes in with this password, everywhere where that file"
                    + " is asked";
            return Optional.of(new Action(new Remedy(line.text(), allows, 1), now.mending(made), Effect.AT_ONCE));
        }
        return Optional.empty();
    }

    private Action ofProcess(Explained explained, long master, Assumed now) {
        Remedy told = explained.remedies().fixes().stream()
                .findFirst()
                .orElse(new Remedy("", "its new workers get every group that the account has now", 1));
        Remedy remedy = new Remedy(
                reload.reload(
                        inquiry.served().master().filter(m -> m.pid() == master).orElseThrow()),
                told.alsoAllows(),
                told.scope());
        return new Action(remedy, now.mending(Mended.opening(explained.opens())), Effect.AT_ONCE);
    }

    /** New workers remember nothing. */
    private List<Action> forgetting(Assumed then) {
        return inquiry.served().master().stream()
                .map(m -> new Action(new Remedy(reload.reload(m), "", 1), then, Effect.AT_ONCE))
                .toList();
    }

    private List<Action> edits(Reply.Met met, Assumed now) throws IOException {
        boolean anybody = origin == UrlQuestion.Origin.ANYWHERE && met.refusal().reason() == Reason.IP;
        Optional<WebServer> server = inquiry.server(now.edits());
        if (anybody || server.isEmpty()) {
            return List.of(); // an address that stands for everybody's is not to be let in by its number
        }
        List<Action> actions = new ArrayList<>();
        for (Edit edit : server.get().edits(met.refusal(), inquiry.request())) {
            action(edit, now).ifPresent(actions::add);
        }
        return actions;
    }

    private Optional<Action> action(Edit edit, Assumed now) throws IOException {
        PathBytes file = edit.at().file();
        Traces traces = new Traces(inquiry.served().tree());
        PathVerdict verdict = everybody(traces, file);
        if (verdict.steps().get(verdict.steps().size() - 1).step() instanceof Step.Arrive) {
            String text = new EditedFiles(new TreeFiles(inquiry.served().tree()), now.edits()).read(file);
            FileCommands.Command command =
                    commands.edit(verdict, EditedFiles.line(text, edit.at().line()), edit);
            if (command instanceof FileCommands.Command.Line line) {
                boolean main = inquiry.served().written().containsKey(file);
                return Optional.of(new Action(
                        new Remedy(line.text(), edit.alsoAllows(), 1),
                        now.edited(edit),
                        main ? Effect.AFTER_RELOAD : Effect.AT_ONCE));
            }
            words.add("No command for " + file + " is safe to run as root: "
                    + ((FileCommands.Command.None) command).why() + ".");
        }
        return Optional.empty();
    }

    /** Links that are followed where they are of the owner of what they lead to. */
    private Optional<Action> owners(Reply.Met met, Assumed now) throws IOException {
        if (met.refusal().file().isEmpty()) {
            return Optional.empty();
        }
        OwnedLinks found = OwnedLinks.on(met.refusal().file().get(), met.seer().traces(), commands);
        words.addAll(found.obstacles());
        List<OwnedLinks.Link> needed = new ArrayList<>(found.links());
        for (OwnedLinks.Link link : found.links()) {
            List<OwnedLinks.Link> others =
                    needed.stream().filter(l -> !l.equals(link)).toList();
            Optional<Reply> reply = inquiry.ask(owned(others, now));
            boolean enough = reply.isPresent()
                    && reply.get().met().stream().noneMatch(m -> m.refusal().reason() == Reason.SYMLINK);
            if (enough) {
                needed.remove(link);
            }
        }
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        String lines = String.join(
                " && ", needed.stream().map(OwnedLinks.Link::command).toList());
        Remedy remedy = new Remedy(lines, "what the link leads to, under its name", needed.size());
        return Optional.of(new Action(remedy, owned(needed, now), Effect.AT_ONCE));
    }

    private static Assumed owned(List<OwnedLinks.Link> links, Assumed now) {
        Map<PathBytes, Integer> owners = new HashMap<>();
        links.forEach(l -> owners.put(l.path(), l.owner()));
        return now.mending(Mended.owning(owners));
    }

    static PathVerdict everybody(Traces traces, PathBytes path) {
        Principal root = Principal.of(0, 0);
        return new PathCheck(root, false).judge(traces.of(path).trace(), Need.READ);
    }

    /** An empty page in the directory; it is served instead of a refusal, and tells nobody what else is there. */
    private List<Action> index(Reply.Met met, Assumed now) {
        if (!(met.refusal().blame() instanceof Refusal.Blame.Place)
                && met.refusal().file().isEmpty()) {
            return List.of();
        }
        PathBytes asked = met.refusal().blame() instanceof Refusal.Blame.Place place
                ? place.path()
                : met.refusal().file().get();
        PathVerdict verdict = everybody(met.seer().traces(), asked);
        boolean there = verdict.steps().get(verdict.steps().size() - 1).step() instanceof Step.Arrive arrive
                && arrive.inode().attributes().isDirectory();
        if (!there) {
            return List.of();
        }
        PathBytes directory =
                verdict.steps().get(verdict.steps().size() - 1).step().path();
        PathBytes name = PathBytes.of(indexName(met.refusal().rule()));
        if (commands.create(verdict, name) instanceof FileCommands.Command.Line line) {
            Mended made = Mended.creating(directory.resolve(name), "");
            String allows = "visitors get an empty page there until you write one";
            return List.of(new Action(new Remedy(line.text(), allows, 1), now.mending(made), Effect.AT_ONCE));
        }
        return List.of();
    }

    /** The first of the directive's names that a page without a program can have, or else its first: empty, it does nothing. */
    private static String indexName(String rule) {
        List<String> words = List.of(rule.replace(";", " ").trim().split("\\s+"));
        List<String> names = words.subList(1, words.size()).stream()
                .filter(w -> w.matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_.-]+"))
                .toList();
        return names.stream()
                .filter(w -> w.matches(".*\\.html?"))
                .findFirst()
                .or(() -> names.stream().findFirst())
                .orElse("index.html");
    }

    /** Where names differ in case alone: links by the names that were asked for. */
    private Optional<Action> links(Reply.Met met, Assumed now) {
        Optional<PathBytes> wanted = met.refusal().file();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Traces traces = met.seer().traces();
        Map<PathBytes, PathBytes> links = new HashMap<>();
        List<String> lines = new ArrayList<>();
        PathBytes here = PathBytes.ROOT;
        for (PathBytes name : wanted.get().names()) {
            PathBytes next = here.resolve(name);
            if (traces.of(next).trace().end().isEmpty()) {
                Optional<PathBytes> other = new Lookalike(traces).of(next);
                if (other.isEmpty()
                        || !(commands.link(
                                        everybody(traces, here),
                                        name,
                                        other.get().name())
                                instanceof FileCommands.Command.Line line)) {
                    return Optional.empty();
                }
                lines.add(line.text());
                links.put(next, other.get().name());
                next = other.get();
            }
            here = next;
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Remedy remedy = new Remedy(String.join(" && ", lines), "it is served under both names then", lines.size());
        return Optional.of(new Action(remedy, now.mending(Mended.linking(links)), Effect.AT_ONCE));
    }

    /** What can be done in words, where no command can or should be given. */
    private static final class Words {
        private Words() {}

        static String of(UrlCause cause, UrlQuestion.Origin origin) {
            return switch (cause.kind()) {
                case AUTH ->
                    cause.status() == 401
                            ? "It answers whoever sends a name and password that are let in: try --user NAME."
                            : "See to what checks names and passwords there, and who is let in.";
                case IP ->
                    origin == UrlQuestion.Origin.ANYWHERE
                            ? "It answers from the addresses that are let in: try --from ADDRESS."
                            : "Let the address in where the rule is, if it may come in.";
                case MISSING_INDEX -> "Put an index into the directory, or have it listed.";
                case NOT_REGULAR -> "A web server sends only files: put one in its place.";
                case NAME_TOO_LONG -> "No file can have such a name: ask for a shorter one.";
                case CACHED -> "Wait until the server has forgotten it, or have it start its workers anew.";
                case UPSTREAM -> "See to the server that it is passed to, and to its log.";
                default -> "Change the rule that is to blame, if what it refuses shall be served.";
            };
        }
    }
}
