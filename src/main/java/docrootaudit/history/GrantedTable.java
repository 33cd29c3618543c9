package docrootaudit.history;

import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PosixAcl;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.finding.GrantedFiles;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The statements about what directories and files were like when they were last seen granted. They are kept in a few hundred rows
 * a subject, by the first byte of the hash of their path; a row is written when something in it changed.
 */
final class GrantedTable implements Alerting.Granted {
    private static final String ROWS = "SELECT bucket, entries FROM granted WHERE subject = ?";
    private static final String ROW = "SELECT entries FROM granted WHERE subject = ? AND bucket = ?";
    private static final String PUT =
            "MERGE INTO granted (subject, bucket, entries) KEY (subject, bucket) VALUES (?, ?, ?)";
    private static final String DELETE = "DELETE FROM granted WHERE subject = ? AND bucket = ?";
    private static final String SHAPE = "SELECT attributes FROM shape WHERE id = ?";
    private static final String SHAPE_ID = "SELECT id FROM shape WHERE attributes = ?";
    private static final String NEW_SHAPE = "INSERT INTO shape (attributes) VALUES (?)";

    private static final int ENTRY = Long.BYTES + Integer.BYTES;

    /** Attributes that are not kept. */
    private static final int UNKNOWN = -1;

    private final Connection connection;
    private final long subject;

    GrantedTable(Connection connection, long subject) {
        this.connection = connection;
        this.subject = subject;
    }

    @Override
    public Optional<Attributes> of(PathBytes directory) throws SQLException {
        long path = GrantedDirectories.hash(directory);
        return attributes(row(path), path);
    }

    @Override
    public GrantedFiles files(PathBytes directory) throws SQLException {
        long path = GrantedDirectories.hash(directory);
        Map<Long, Integer> row = row(path);
        List<Attributes> shapes = new ArrayList<>();
        for (int kind = 0; kind < GrantedDirectories.FILE_SHAPES; kind++) {
            attributes(row, GrantedDirectories.ofFiles(path, kind)).ifPresent(shapes::add);
        }
        Integer set = row.getOrDefault(GrantedDirectories.ofFileSet(path), UNKNOWN);
        return new GrantedFiles(shapes, GrantedDirectories.fileSet(set));
    }

    private Map<Long, Integer> row(long path) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(ROW)) {
            row.setLong(1, subject);
            row.setInt(2, GrantedDirectories.bucket(path));
            try (ResultSet rows = row.executeQuery()) {
                return rows.next() ? entries(rows.getBytes(1)) : Map.of();
            }
        }
    }

    private Optional<Attributes> attributes(Map<Long, Integer> row, long path) throws SQLException {
        Integer id = row.get(path);
        if (id == null) {
            return Optional.empty();
        }
        try (PreparedStatement shape = connection.prepareStatement(SHAPE)) {
            shape.setInt(1, id);
            try (ResultSet rows = shape.executeQuery()) {
                return rows.next() ? attributes(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    /**
     * Writes what changed.
     *
     * @param scope whether those that were not seen are gone
     */
    void replace(GrantedDirectories seen, Scope scope) throws SQLException {
        int[] ids = ids(seen.shapes());
        Map<Integer, byte[]> before = rows();
        try (PreparedStatement put = connection.prepareStatement(PUT);
                PreparedStatement delete = connection.prepareStatement(DELETE)) {
            seen.<SQLException>forEach((bucket, numbers) -> {
                byte[] old = before.getOrDefault(bucket, new byte[0]);
                byte[] now = merge(old, numbers, ids, scope);
                if (now.length == 0 && old.length > 0) {
                    delete.setLong(1, subject);
                    delete.setInt(2, bucket);
                    delete.addBatch();
                } else if (!Arrays.equals(old, now)) {
                    put.setLong(1, subject);
                    put.setInt(2, bucket);
                    put.setBytes(3, now);
                    put.addBatch();
                }
            });
            put.executeBatch();
            delete.executeBatch();
        }
    }

    /** How far a scan saw. */
    enum Scope {
        ALL,
        A_PART
    }

    private static byte[] merge(byte[] old, Map<Long, Integer> seen, int[] ids, Scope scope) {
        Map<Long, Integer> before = entries(old);
        Map<Long, Integer> all = new TreeMap<>();
        if (scope == Scope.A_PART) {
            all.putAll(before);
        }
        seen.forEach((path, number) -> {
            Integer kept = number == GrantedDirectories.REFUSED ? before.get(path) : stored(number, ids);
            if (kept == null || kept == UNKNOWN) {
                all.remove(path);
            } else {
                all.put(path, kept);
            }
        });
        ByteBuffer out = ByteBuffer.allocate(all.size() * ENTRY);
        all.forEach((path, id) -> out.putLong(path).putInt(id));
        return out.array();
    }

    private static Map<Long, Integer> entries(byte[] row) {
        Map<Long, Integer> entries = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(row);
        while (in.hasRemaining()) {
            long path = in.getLong();
            entries.put(path, in.getInt());
        }
        return entries;
    }

    private static Integer stored(int number, int[] ids) {
        if (GrantedDirectories.isFileSet(number)) {
            return number;
        }
        return number == GrantedDirectories.FORGOTTEN ? UNKNOWN : ids[number];
    }

    private Map<Integer, byte[]> rows() throws SQLException {
        Map<Integer, byte[]> all = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
            statement.setLong(1, subject);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.put(rows.getInt(1), rows.getBytes(2));
                }
            }
        }
        return all;
    }

    private int[] ids(List<Attributes> shapes) throws SQLException {
        int[] ids = new int[shapes.size()];
        try (PreparedStatement find = connection.prepareStatement(SHAPE_ID);
                PreparedStatement add = connection.prepareStatement(NEW_SHAPE, Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < ids.length; i++) {
                Optional<byte[]> bytes = bytes(shapes.get(i));
                ids[i] = bytes.isPresent() ? id(find, add, bytes.get()) : UNKNOWN;
            }
        }
        return ids;
    }

    private static int id(PreparedStatement find, PreparedStatement add, byte[] shape) throws SQLException {
        find.setBytes(1, shape);
        try (ResultSet rows = find.executeQuery()) {
            if (rows.next()) {
                return rows.getInt(1);
            }
        }
        add.setBytes(1, shape);
        add.executeUpdate();
        try (ResultSet keys = add.getGeneratedKeys()) {
            keys.next();
            return keys.getInt(1);
        }
    }

    /** Type and mode, owner, group, and a POSIX ACL as the kernel takes it; other lists are not kept. */
    private static Optional<byte[]> bytes(Attributes what) {
        if (what.acl().isPresent() && what.posixAcl().isEmpty()) {
            return Optional.empty();
        }
        byte[] acl = what.posixAcl().map(PosixAcl::toBytes).orElse(new byte[0]);
        return Optional.of(ByteBuffer.allocate(3 * Integer.BYTES + acl.length)
                .putInt(what.type().bits() | what.mode())
                .putInt(what.uid())
                .putInt(what.gid())
                .put(acl)
                .array());
    }

    private static Optional<Attributes> attributes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int mode = in.getInt();
        int uid = in.getInt();
        int gid = in.getInt();
        byte[] acl = new byte[in.remaining()];
        in.get(acl);
        return Optional.of(new Attributes(
                FileType.ofMode(mode),
                mode & 07777,
                uid,
                gid,
                acl.length == 0 ? Optional.empty() : Optional.of(PosixAcl.parse(acl))));
    }
}
