package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import java.util.List;

/**
 * What a running web server answered to URLs whose answers had been predicted.
 *
 * @param server which web server, and how that was settled
 * @param asked how many URLs it was asked for
 * @param uncertain how many of them had no certain prediction
 * @param disagreements where it answered something else
 * @param failures what could not be asked, one sentence each
 */
public record UrlProof(
        String server, long asked, long uncertain, List<Disagreement> disagreements, List<String> failures) {
    /**
     * A URL on which prediction and server differ.
     *
     * @param request in words: method, host, from where to where
     * @param predicted the status
     * @param answered the status
     * @param cause what was predicted to refuse, in words; if nothing was, what may; empty if nothing is known
     */
    public record Disagreement(PathBytes url, String request, int predicted, int answered, String cause) {}

    public UrlProof {
        disagreements = List.copyOf(disagreements);
        failures = List.copyOf(failures);
    }
}
