package docrootaudit.alert;

import java.time.Instant;

/**
 * One call of a webhook as it goes out.
 *
 * @param id the same at each try
 * @param date when it was composed
 * @param json the body
 */
public record Notice(String id, Instant date, String json) implements Message {}
