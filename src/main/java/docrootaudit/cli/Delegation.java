package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.daemon.Answer;
import docrootaudit.daemon.ServiceSettings;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/**
 * Has the running service do a command, for it has the history open and sees every tree. Whoever names another history,
 * or none, does not mean the service.
 */
final class Delegation {
    private Delegation() {}

    /** Asks at the usual place, and then where the configuration says, which takes longer to find out. */
    static Answer ask(Services services, StoreOptions stores) throws UsageException, FailedException, IOException {
        if (stores.none || stores.store != null) {
            return new Answer.Nobody();
        }
        if (stores.config == null) {
            Answer answer = ask(services, ServiceSettings.USUAL_SOCKET);
            if (!(answer instanceof Answer.Nobody)) {
                return answer;
            }
        }
        Path socket = stores.everything(services).service().socket();
        boolean asked = stores.config == null && socket.equals(ServiceSettings.USUAL_SOCKET);
        return asked ? new Answer.Nobody() : ask(services, socket);
    }

    private static Answer ask(Services services, Path socket) throws FailedException, IOException {
        try {
            return services.service().ask(socket);
        } catch (AccessDeniedException e) {
            throw new FailedException(
                    "permission denied: the service at " + PathBytes.of(socket.toString())
                            + " answers root and the members of its group; what you may see yourself is shown with"
                            + " --no-store",
                    e);
        } catch (EOFException e) {
            throw new FailedException(e.getMessage(), e);
        }
    }
}
