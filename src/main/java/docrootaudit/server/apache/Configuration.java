package docrootaudit.server.apache;

import docrootaudit.server.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the server was told.
 *
 * @param definitions what was defined and loaded at the end
 * @param directives all, the main server's, in order
 * @param main the server that answers where no virtual one does
 * @param hosts the virtual ones, in order
 * @param listens where it listens
 * @param types the types that endings of names stand for by the system's list
 */
record Configuration(
        Definitions definitions,
        List<Directive> directives,
        Host main,
        List<Host> hosts,
        List<Listen> listens,
        Map<String, String> types) {
    /**
     * A {@code Listen}.
     *
     * @param address empty for all
     * @param secure whether it is told to speak TLS
     */
    record Listen(Optional<Address> address, int port, boolean secure) {}

    Modules modules() {
        return definitions.modules();
    }

    boolean has(String module) {
        return definitions.modules().provides(module);
    }
}
