package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import docrootaudit.server.log.Spot;
import java.time.Instant;
import java.util.List;

/**
 * What logs have told while they were followed. Nothing of a visitor is in it.
 *
 * @param since when counting began
 * @param files what is followed
 * @param refused how many answers of 403 the access logs got
 * @param unexplained how many of these no line of an error log tells about
 * @param places how many files or URLs refused somebody
 * @param worst those of them that met most requests
 */
public record LogCounts(
        Instant since, List<Followed> files, long refused, long unexplained, long places, List<Spot> worst) {
    /**
     * A file.
     *
     * @param state what kind of log it is, or what is wrong with it, a clause
     */
    public record Followed(PathBytes path, String state) {}

    public LogCounts {
        files = List.copyOf(files);
        worst = List.copyOf(worst);
    }
}
