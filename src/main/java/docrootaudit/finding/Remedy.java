package docrootaudit.finding;

/**
 * One line for a shell that mends a refusal; it was simulated before it is shown.
 *
 * @param command safe to paste for any name
 * @param alsoAllows what else it opens, in words; empty if nothing
 * @param scope how many (who, what, right) triples it newly grants
 */
public record Remedy(String command, String alsoAllows, long scope) {}
