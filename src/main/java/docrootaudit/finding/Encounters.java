package docrootaudit.finding;

import java.time.Instant;
import java.util.Optional;

/**
 * Whom a cause has met, as far as the logs that are followed tell; about, where they are many.
 *
 * @param requests how many were refused
 * @param visitors from how many different addresses, without bots
 * @param bots how many that call themselves a program
 * @param first when the first request was, to the second; empty if no log said
 * @param last when the last one was
 */
public record Encounters(long requests, long visitors, long bots, Optional<Instant> first, Optional<Instant> last) {}
