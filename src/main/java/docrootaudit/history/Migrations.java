package docrootaudit.history;

import docrootaudit.history.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbered steps from an empty database to the schema this program knows. */
final class Migrations {
    /** In order; the number in a name is its place, beginning with 1. */
    static final Migrations ALL = new Migrations(List.of("V001__refusals.sql", "V002__alerts.sql", "V003__mounts.sql"));

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private final List<String> resources;

    Migrations(List<String> resources) {
        this.resources = List.copyOf(resources);
    }

    int newest() {
        return resources.size();
    }

    /** Refuses a schema that reading cannot understand. */
    void check(Connection connection, StoreDirectory directory) throws SQLException, StoreException {
        int version = version(connection);
        refuseNewer(version, directory);
        if (version == 0) {
            throw directory.absent();
        }
        if (version < newest()) {
            throw new StoreException(
                    Kind.OLDER,
                    "the store in " + directory + " has schema " + version + ", this program reads " + newest()
                            + ": the next scan upgrades it");
        }
    }

    /** Runs what is missing; a store that holds something is backed up before. */
    void apply(Connection connection, StoreDirectory directory) throws SQLException, StoreException {
        int version = version(connection);
        refuseNewer(version, directory);
        if (version == newest()) {
            return;
        }
        if (version > 0) {
            backUp(connection, directory, version);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version"
                    + " (version INTEGER PRIMARY KEY, applied BIGINT NOT NULL)");
            for (int step = version + 1; step <= newest(); step++) {
                for (String sql : statements(resources.get(step - 1))) {
                    statement.execute(sql);
                }
                statement.execute("INSERT INTO schema_version (version, applied) VALUES (" + step + ", "
                        + Micros.of(Instant.now()) + ")");
                connection.commit();
            }
        }
    }

    static int version(Connection connection) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, null, "SCHEMA_VERSION", null)) {
            if (!tables.next()) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void refuseNewer(int version, StoreDirectory directory) throws StoreException {
        if (version <= newest()) {
            return;
        }
        Optional<Path> backup = Optional.of(directory.backup(newest())).filter(Files::exists);
        throw new StoreException(
                Kind.NEWER,
                "the store in " + directory + " was written by a newer version (schema " + version
                        + ", this program knows " + newest() + "): use that version, or "
                        + backup.map(file -> "go back to what it was before in " + file.getFileName() + " there")
                                .orElse("choose another with --store"));
    }

    private static void backUp(Connection connection, StoreDirectory directory, int version)
            throws SQLException, StoreException {
        Path backup = directory.backup(version);
        try {
            StoreDirectory.createFile(backup);
        } catch (IOException e) {
            throw StoreErrors.of(e, directory);
        }
        try (var statement = connection.prepareStatement("BACKUP TO ?")) {
            statement.setString(1, backup.toString());
            statement.execute();
        }
        LOG.info("the store in {} is upgraded; what it was before is kept in {}", directory, backup.getFileName());
    }

    private static List<String> statements(String resource) {
        String text;
        try (InputStream in = Migrations.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + resource);
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> statements = new ArrayList<>();
        for (String statement : text.replaceAll("(?m)^--.*$", "").split(";\\s*\n")) {
            if (!statement.isBlank()) {
                statements.add(statement);
            }
        }
        return statements;
    }
}
