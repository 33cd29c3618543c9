package docrootaudit.finding;

import docrootaudit.access.Principal;
import java.util.Optional;

/**
 * Whose access is judged, and how that was settled.
 *
 * @param user the account's name, if it has one
 * @param principal the numbers the kernel goes by
 * @param why where the identity comes from, such as {@code named by --as} or {@code nginx worker 4711 runs as it}
 */
public record Identity(Optional<String> user, Principal principal, String why) {
    /** The account's name, or its number. */
    public String label() {
        return user.orElseGet(() -> Integer.toUnsignedString(principal.uid()));
    }
}
