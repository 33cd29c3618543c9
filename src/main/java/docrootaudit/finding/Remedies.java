package docrootaudit.finding;

import java.util.List;
import java.util.Optional;

/**
 * What can be done about a refusal.
 *
 * @param fixes least first; empty where no command can or should be given
 * @param advice what can be done instead, in words
 */
public record Remedies(List<Remedy> fixes, Optional<String> advice) {
    public static final Remedies NONE = new Remedies(List.of(), Optional.empty());

    public Remedies {
        fixes = List.copyOf(fixes);
    }

    public static Remedies advice(String words) {
        return new Remedies(List.of(), Optional.of(words));
    }
}
