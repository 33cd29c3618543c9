package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import docrootaudit.server.apache.FirewallRule.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** ModSecurity 2.9: rules that look at a request and may refuse it, in the two phases before there is an answer. */
final class Firewall {
    private final Hop hop;
    private final Journey journey;
    private final FirewallVariables variables;
    private final List<String> removed = new ArrayList<>();
    private boolean off;
    private boolean detects;
    private boolean allowed;

    Firewall(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
        this.variables = new FirewallVariables(hop);
    }

    /** {@code hook_request_early()}: the first phase, by what the whole server says. */
    int early() {
        if (hop.previous().isPresent()) {
            return Hop.OK;
        }
        return run(hop.host().defaults(), 1);
    }

    /**
     * {@code hook_request_late()}: the second phase, by what sections say too.
     *
     * <p>The first is gone through again, for the variables that it sets; it refused nothing.
     */
    int late() {
        if (hop.previous().isPresent()) {
            return Hop.OK;
        }
        run(hop.host().defaults(), 1);
        return allowed ? Hop.OK : run(hop.config(), 2);
    }

    private int run(DirConfig config, int phase) {
        if (!journey.has("mod_security2") || !isOn(config)) {
            return Hop.OK;
        }
        List<List<FirewallRule>> chains = new FirewallRules(config).chains();
        String skipTo = "";
        int skip = 0;
        for (List<FirewallRule> chain : chains) {
            FirewallRule first = chain.get(0);
            if (first.line().is("secmarker")) {
                skipTo = first.line().first().equals(skipTo) ? "" : skipTo;
                continue;
            }
            if (first.phase() != phase || !skipTo.isEmpty() || removed.contains(first.id())) {
                continue;
            } else if (skip > 0) {
                skip--;
                continue;
            }
            Optional<Boolean> matched = matches(chain);
            if (matched.isEmpty()) {
                doubt(first);
            } else if (matched.get()) {
                int status = act(chain);
                if (status != Hop.OK || off || allowed) {
                    return status;
                }
                skipTo = first.action("skipafter").orElse("");
                skip = first.action("skip")
                        .map(s -> (int) ExpressionRun.number(s))
                        .orElse(0);
            }
        }
        return Hop.OK;
    }

    private boolean isOn(DirConfig config) {
        String engine = "off";
        for (Directive line : config.firewall()) {
            engine = line.is("secruleengine") ? line.first().toLowerCase(Locale.ROOT) : engine;
        }
        detects = engine.equals("detectiononly");
        return (engine.equals("on") || detects) && !off;
    }

    /** A rule that may match or not matters only where it would do something about the request. */
    private void doubt(FirewallRule rule) {
        String does = rule.disruptive();
        boolean matters = !does.equals("pass") || rule.has("setvar") || rule.has("ctl") || rule.has("skipafter");
        if (matters && !detects && !journey.isLifted(rule.line())) {
            journey.doubt("rule " + ByteText.visible(rule.id()) + " of the firewall is not decided here", rule.line());
        }
    }

    private Optional<Boolean> matches(List<FirewallRule> chain) {
        for (FirewallRule rule : chain) {
            Optional<Boolean> one = matches(rule);
            if (one.isEmpty() || !one.get()) {
                return one;
            }
        }
        return Optional.of(true);
    }

    private Optional<Boolean> matches(FirewallRule rule) {
        if (rule.targets().isEmpty()) {
            assign(rule);
            return Optional.of(true);
        }
        boolean matched = false;
        Optional<String> argument = argument(rule);
        boolean unknown = argument.isEmpty();
        for (Target target : rule.targets()) {
            if (target.kind() == Target.Kind.EXCLUDED) {
                continue;
            }
            Optional<List<FirewallVariables.Value>> values = variables.values(target);
            if (values.isEmpty()) {
                unknown = true;
                continue;
            }
            List<FirewallVariables.Value> asked = target.kind() == Target.Kind.COUNT
                    ? List.of(new FirewallVariables.Value(
                            "", String.valueOf(values.get().size())))
                    : values.get().stream()
                            .filter(v -> !isExcluded(rule, target, v))
                            .toList();
            for (FirewallVariables.Value value : asked) {
                Optional<Boolean> one = argument.flatMap(a -> ask(rule, a, value.value()));
                if (one.isPresent() && one.get()) {
                    matched = true;
                    assign(rule);
                }
                unknown |= one.isEmpty();
            }
        }
        boolean counts = rule.has("setvar") && unknown;
        return matched && !counts ? Optional.of(true) : unknown ? Optional.empty() : Optional.of(false);
    }

    /** What the operator compares with: expressions as they are, files by what they hold, texts with variables put in. */
    private Optional<String> argument(FirewallRule rule) {
        return switch (rule.operator()) {
            case "rx" -> Optional.of(rule.argument());
            case "pmfromfile", "pmf", "ipmatchfromfile", "ipmatchf" -> lines(rule);
            default -> variables.expand(rule.argument());
        };
    }

    /** The lines of the files that a rule names, relative to its own ({@code resolve_relative_path()} in msc_util.c). */
    private Optional<String> lines(FirewallRule rule) {
        List<String> lines = new ArrayList<>();
        for (String name : Words.of(rule.argument())) {
            PathBytes file = ByteText.path(name);
            PathBytes around = rule.line().source().file().parent().orElse(PathBytes.ROOT);
            Tree.Contents contents = journey.tree().read(file.isAbsolute() ? file : around.resolve(file));
            if (!(contents instanceof Tree.Contents.Read read)) {
                return Optional.empty();
            }
            read.text()
                    .lines()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty() && !l.startsWith("#"))
                    .forEach(lines::add);
        }
        return Optional.of(String.join("\n", lines));
    }

    /** What it sets is set once for every value that matches. */
    private void assign(FirewallRule rule) {
        rule.actions().stream().filter(a -> a.name().equals("setvar")).forEach(a -> set(a.value()));
    }

    private static boolean isExcluded(FirewallRule rule, Target target, FirewallVariables.Value value) {
        return rule.targets().stream()
                .filter(t -> t.kind() == Target.Kind.EXCLUDED && t.variable().equals(target.variable()))
                .anyMatch(t -> t.selector()
                        .map(s -> FirewallVariables.isSelected(value.name(), s))
                        .orElse(true));
    }

    private static Optional<Boolean> ask(FirewallRule rule, String argument, String value) {
        String text = value;
        for (String name : rule.transformations()) {
            Optional<String> transformed = FirewallText.transform(name, text);
            if (transformed.isEmpty()) {
                return Optional.empty();
            }
            text = transformed.get();
        }
        return FirewallText.matches(rule.operator(), argument, text).map(m -> m != rule.negated());
    }

    /** {@code setvar:tx.name=value}, also with {@code =+} and {@code =-}, and {@code !tx.name}. */
    private void set(String assignment) {
        String lower = assignment.toLowerCase(Locale.ROOT);
        if (lower.startsWith("!tx.")) {
            variables.transaction().remove(lower.substring(4));
        } else if (lower.startsWith("tx.")) {
            int equals = assignment.indexOf('=');
            String name = equals < 0 ? lower.substring(3) : lower.substring(3, equals);
            String written = equals < 0 ? "1" : assignment.substring(equals + 1);
            String value = variables.expand(written).orElse("");
            long before = ExpressionRun.number(variables.transaction().getOrDefault(name, "0"));
            if (value.startsWith("+")) {
                value = String.valueOf(before + ExpressionRun.number(value.substring(1)));
            } else if (value.startsWith("-")) {
                value = String.valueOf(before - ExpressionRun.number(value.substring(1)));
            }
            variables.transaction().put(name, value);
        }
    }

    private int act(List<FirewallRule> chain) {
        FirewallRule first = chain.get(0);
        for (FirewallRule rule : chain) {
            rule.actions().stream().filter(a -> a.name().equals("ctl")).forEach(a -> control(a.value(), rule));
        }
        String does = first.disruptive();
        if (does.equals("allow")) {
            allowed = true;
            return Hop.OK;
        } else if (does.equals("pass") || does.equals("pause") || detects || journey.isLifted(first.line())) {
            return Hop.OK;
        }
        String written = first.action("status").orElse("");
        int status = written.matches("\\d{3}") ? Integer.parseInt(written) : 403;
        if (does.equals("redirect")) {
            status = status >= 300 && status < 400 ? status : 302;
        } else if (!does.equals("deny")) {
            journey.doubt("the firewall drops the connection, or hands the request to another", first.line());
        }
        journey.step("firewall", first.line(), "matches: " + does);
        if (status < 400) {
            return status;
        }
        Refusal line = Journey.line(Reason.WAF, first.line(), status, hop.mapped());
        return hop.refuse(
                new Refusal(Reason.WAF, line.blame(), ByteText.visible(first.id()), status, line.file(), line.meant()));
    }

    private void control(String value, FirewallRule rule) {
        int equals = value.indexOf('=');
        String name = (equals < 0 ? value : value.substring(0, equals)).toLowerCase(Locale.ROOT);
        String argument = equals < 0 ? "" : value.substring(equals + 1);
        switch (name) {
            case "ruleengine" -> {
                off = argument.equalsIgnoreCase("off");
                detects |= argument.equalsIgnoreCase("detectiononly");
            }
            case "ruleremovebyid" -> removed.add(argument);
            case "ruleremovebytag", "ruleremovetargetbyid", "ruleremovetargetbytag", "ruleremovebymsg" -> doubt(rule);
            default -> {
                // what is logged, and how bodies are read
            }
        }
    }
}
