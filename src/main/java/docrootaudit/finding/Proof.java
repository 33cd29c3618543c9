package docrootaudit.finding;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import java.util.List;

/**
 * What the kernel said about paths that a scan had judged.
 *
 * @param identity whose access was judged
 * @param against whom the kernel was asked for, in words
 * @param paths how many paths the scan saw
 * @param asked how many of them the kernel was asked about
 * @param disagreements where it said something else
 * @param failures what could not be done, one sentence each
 */
public record Proof(
        Identity identity,
        String against,
        long paths,
        long asked,
        List<Disagreement> disagreements,
        List<String> failures) {
    /**
     * A path on which verdict and kernel differ.
     *
     * @param path absolute, as walked
     * @param need what was asked for
     * @param verdict {@code allowed} or {@code denied}, by the scan
     * @param kernel {@code allowed}, or what the kernel answered
     * @param explained the verdict on the path alone, asked again afterwards
     */
    public record Disagreement(PathBytes path, Need need, String verdict, String kernel, String explained) {}
}
