package docrootaudit.audit;

import docrootaudit.finding.ShellQuote;

/** Finds the web servers that run on this machine, and reads what they are told. */
@FunctionalInterface
public interface RulesFinder {
    /**
     * Their rules as they are now, as the schedule asks them. A server of which nothing can be said is among those that
     * are {@link ServerRules#unseen}.
     *
     * @param quote how commands are written
     * @param settings by which paths are judged
     */
    ServerRules running(Host host, ShellQuote quote, AuditSettings settings);
}
