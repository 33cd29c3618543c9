package docrootaudit.history;

import java.io.IOException;

/**
 * Turns the process into the account that owns the store, for good. Called as root only, before the store is touched:
 * files that root created there would lock the owner out.
 */
@FunctionalInterface
public interface StoreOwner {
    /**
     * Becomes that account, with its groups and without capabilities.
     *
     * @param uid unsigned, never 0
     * @throws IOException if that fails; the store is then not opened
     */
    void become(int uid) throws IOException;
}
