package docrootaudit.alert;

import java.nio.file.Path;

/** Where a password or key is kept: never in the configuration, which anybody may read. */
public sealed interface Secret {
    /** A file of its own, which others must not be able to read. */
    record InFile(Path file) implements Secret {}

    /** A credential that systemd hands to the service (systemd.exec(5), {@code LoadCredential=}). */
    record Credential(String name) implements Secret {}
}
