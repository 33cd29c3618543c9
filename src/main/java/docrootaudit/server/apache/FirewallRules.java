package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules that are in force, after all that adds to them and takes from them, those of a chain together. */
final class FirewallRules {
    private final List<List<FirewallRule>> chains = new ArrayList<>();
    private final Map<Integer, List<FirewallRule.Action>> defaults = new HashMap<>();

    FirewallRules(DirConfig config) {
        boolean open = false;
        for (Directive line : config.firewall()) {
            switch (line.key()) {
                case "secrule", "secaction" -> {
                    FirewallRule rule = rule(line, open);
                    if (open) {
                        chains.get(chains.size() - 1).add(rule);
                    } else {
                        chains.add(new ArrayList<>(List.of(rule)));
                    }
                    open = rule.has("chain");
                }
                case "secmarker" -> chains.add(List.of(FirewallRule.of(line, List.of())));
                case "secdefaultaction" -> {
                    List<FirewallRule.Action> actions = FirewallRule.actions(line.first());
                    FirewallRule probe = new FirewallRule(line, List.of(), "", "", false, actions);
                    defaults.put(probe.phase(), actions);
                }
                case "secruleremovebyid" -> remove(r -> line.words().stream().anyMatch(w -> covers(w, r.id())));
                case "secruleremovebytag" ->
                    remove(r -> r.actions().stream().anyMatch(a -> a.name().equals("tag") && fits(line, a.value())));
                case "secruleremovebymsg" ->
                    remove(r -> fits(line, r.action("msg").orElse("")));
                default -> {}
            }
        }
    }

    List<List<FirewallRule>> chains() {
        return chains;
    }

    private FirewallRule rule(Directive line, boolean inChain) {
        FirewallRule bare = FirewallRule.of(line, List.of());
        if (inChain) {
            return bare;
        }
        return FirewallRule.of(line, defaults.getOrDefault(bare.phase(), List.of()));
    }

    private interface Which {
        boolean test(FirewallRule rule);
    }

    private void remove(Which which) {
        chains.removeIf(chain -> !chain.get(0).line().is("secmarker") && which.test(chain.get(0)));
    }

    private static boolean fits(Directive line, String text) {
        Optional<Pcre> regex = Pcre.httpd(line.first());
        return regex.map(r -> r.match(text) instanceof Pcre.Result.Match).orElse(false);
    }

    /** An id or a range of them. */
    private static boolean covers(String word, String id) {
        for (String part : word.split("[, ]+")) {
            int dash = part.indexOf('-');
            if (part.equals(id)) {
                return true;
            } else if (dash > 0 && id.matches("\\d{1,18}")) {
                long number = Long.parseLong(id);
                if (ExpressionRun.number(part) <= number && number <= ExpressionRun.number(part.substring(dash + 1))) {
                    return true;
                }
            }
        }
        return false;
    }
}
