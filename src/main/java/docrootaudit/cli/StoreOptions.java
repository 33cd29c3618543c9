package docrootaudit.cli;

import docrootaudit.audit.AuditSettings;
import docrootaudit.daemon.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where configuration and history are. */
final class StoreOptions {
    /** Of root and of the service. */
    static final Path USUAL = Path.of("/var/lib/docroot-audit");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: /etc/docroot-audit/audit.toml, if it is there).")
    String config;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "The history (default: the configured one, else /var/lib/docroot-audit as root,"
                    + " $$XDG_STATE_HOME/docroot-audit otherwise).")
    String store;

    @Option(names = "--no-store", description = "Neither read nor write history.")
    boolean none;

    private Optional<Settings> read = Optional.empty();

    void check() throws UsageException {
        if (store != null && store.isEmpty()) {
            throw new UsageException("--store is empty: name a directory, or leave it out");
        }
        if (none && store != null) {
            throw new UsageException("--store names a history and --no-store wants none: leave out one of them");
        }
    }

    AuditSettings settings(Services services) throws UsageException {
        return everything(services).audit();
    }

    /** All that the configuration says; read once. */
    Settings everything(Services services) throws UsageException {
        if (read.isEmpty()) {
            read = Optional.of(readAgain(services));
        }
        return read.get();
    }

    /** The same as it is now. */
    Settings readAgain(Services services) throws UsageException {
        return services.configuration().read(Optional.ofNullable(config).map(RawArguments::file));
    }

    /** The directory of the history; empty if there shall be none. */
    Optional<Path> directory(Services services, AuditSettings settings) throws UsageException {
        if (none) {
            return Optional.empty();
        } else if (store != null) {
            return Optional.of(RawArguments.file(store));
        } else if (settings.store().isPresent()) {
            return settings.store();
        } else if ("0".equals(String.valueOf(ownUid()))) {
            return Optional.of(USUAL);
        }
        String state = services.environment().getOrDefault("XDG_STATE_HOME", "");
        if (state.startsWith("/")) {
            return Optional.of(Path.of(state).resolve("docroot-audit"));
        }
        // of an account that does not exist Java makes a "?"
        String home = services.environment().getOrDefault("HOME", System.getProperty("user.home"));
        if (!home.startsWith("/")) {
            throw new UsageException("there is no home directory to keep a history in: name a place with --store, or"
                    + " leave it with --no-store");
        }
        return Optional.of(Path.of(home, ".local", "state", "docroot-audit"));
    }

    private static Object ownUid() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (java.io.IOException | UnsupportedOperationException e) {
            return -1;
        }
    }

    /** The options that say the same again, for a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (config != null) {
            words.addAll(List.of("--config", absoluteConfig()));
        }
        return words;
    }

    /** As it came, but absolute: a Path loses what the locale cannot spell. */
    private String absoluteConfig() {
        return config.startsWith("/") ? config : Path.of("").toAbsolutePath() + "/" + config;
    }
}
