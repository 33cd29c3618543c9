package docrootaudit.walk;

import java.util.List;

/**
 * What a walk came to.
 *
 * @param entries how many it saw
 * @param finished false if it was stopped
 * @param unvisited the parts it did not look at
 */
public record Walked(long entries, boolean finished, List<Unvisited> unvisited) {
    public Walked {
        unvisited = List.copyOf(unvisited);
    }
}
