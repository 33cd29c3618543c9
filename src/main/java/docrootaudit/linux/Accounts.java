package docrootaudit.linux;

import com.sun.jna.Pointer;
import docrootaudit.access.Names;
import docrootaudit.access.Principal;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Accounts and groups through the C library's name service (nsswitch.conf(5)), so that those of LDAP or systemd-userdb
 * are known as well. Layout of the records as in every 64-bit C library: getpwnam(3), getgrnam(3).
 */
public final class Accounts implements Names {
    private static final int RESULT = 0;
    private static final int RECORD = 64;
    private static final int ARGUMENT = 256;
    private static final int BUFFER = 4096;
    private static final int MAX_ARGUMENT = BUFFER - ARGUMENT - 1;
    private static final int MAX_BUFFER = 1 << 22;
    private static final byte[] NO_NAME = {};

    private final Map<Integer, Optional<String>> users = new ConcurrentHashMap<>();
    private final Map<Integer, Optional<String>> groups = new ConcurrentHashMap<>();

    /**
     * An account.
     *
     * @param name login name
     * @param uid its number (unsigned)
     * @param gid its primary group (unsigned)
     */
    public record User(String name, int uid, int gid) {}

    private interface Lookup {
        int call(long name, long record, long buffer, long size, long result);
    }

    /** The account of that name. */
    public Optional<User> byName(String name) {
        return argument(name).flatMap(bytes -> find(bytes, Libc::getpwnam_r, Accounts::user));
    }

    /** The account of that number. */
    public Optional<User> byUid(int uid) {
        Lookup lookup = (name, record, buffer, size, result) -> Libc.getpwuid_r(uid, record, buffer, size, result);
        return find(NO_NAME, lookup, Accounts::user);
    }

    /** The number of the group of that name. */
    public Optional<Integer> gid(String name) {
        return argument(name).flatMap(bytes -> find(bytes, Libc::getgrnam_r, record -> record.getInt(16)));
    }

    /** The groups a login of this account gets (getgrouplist(3)), the primary one included. */
    public int[] groupsOf(User user) {
        Scratch scratch = new Scratch(BUFFER);
        byte[] name = user.name().getBytes(StandardCharsets.UTF_8);
        for (int room = 256; ; room *= 4) {
            Scratch list = new Scratch(room * 4);
            scratch.bytes.putInt(RESULT, room);
            int found =
                    Libc.getgrouplist(scratch.put(ARGUMENT, name), user.gid(), list.address, scratch.address + RESULT);
            if (found >= 0 || room > 1 << 20) {
                int[] gids = new int[Math.max(found, 0)];
                for (int i = 0; i < gids.length; i++) {
                    gids[i] = list.bytes.getInt(i * 4);
                }
                return gids;
            }
        }
    }

    /** The account as a principal, with its supplementary groups. */
    public Principal principal(User user) {
        return Principal.of(user.uid(), user.gid(), groupsOf(user));
    }

    /** Every account that the name service lists, with its groups. */
    public List<Map.Entry<String, Principal>> all() {
        Map<String, List<Integer>> memberships = memberships();
        List<Map.Entry<String, Principal>> all = new ArrayList<>();
        synchronized (Accounts.class) {
            Libc.setpwent();
            for (long at = Libc.getpwent(); at != 0; at = Libc.getpwent()) {
                User user = user(new Pointer(at));
                int[] gids = memberships.getOrDefault(user.name(), List.of()).stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                all.add(Map.entry(user.name(), Principal.of(user.uid(), user.gid(), gids)));
            }
            Libc.endpwent();
        }
        return all;
    }

    private static Map<String, List<Integer>> memberships() {
        Map<String, List<Integer>> memberships = new HashMap<>();
        synchronized (Accounts.class) {
            Libc.setgrent();
            for (long at = Libc.getgrent(); at != 0; at = Libc.getgrent()) {
                Pointer group = new Pointer(at);
                Pointer members = group.getPointer(24);
                for (int i = 0; members != null && members.getPointer(8L * i) != null; i++) {
                    memberships
                            .computeIfAbsent(members.getPointer(8L * i).getString(0, "UTF-8"), n -> new ArrayList<>())
                            .add(group.getInt(16));
                }
            }
            Libc.endgrent();
        }
        return memberships;
    }

    @Override
    public Optional<String> user(int uid) {
        return users.computeIfAbsent(uid, u -> byUid(u).map(User::name));
    }

    @Override
    public Optional<String> group(int gid) {
        return groups.computeIfAbsent(gid, g -> {
            Lookup lookup = (name, record, buffer, size, result) -> Libc.getgrgid_r(g, record, buffer, size, result);
            return find(NO_NAME, lookup, Accounts::name);
        });
    }

    private static String name(Pointer record) {
        return record.getPointer(0).getString(0, "UTF-8");
    }

    private static User user(Pointer record) {
        return new User(name(record), record.getInt(16), record.getInt(20));
    }

    private static Optional<byte[]> argument(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length > MAX_ARGUMENT || name.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(bytes);
    }

    /** Calls a {@code _r} function with a buffer that grows until the record fits, and reads the record. */
    private static <T> Optional<T> find(byte[] argument, Lookup lookup, Function<Pointer, T> read) {
        for (int size = 1 << 14; size <= MAX_BUFFER; size *= 4) {
            Scratch scratch = new Scratch(BUFFER + size);
            long name = scratch.put(ARGUMENT, argument);
            try {
                int error = lookup.call(
                        name, scratch.address + RECORD, scratch.address + BUFFER, size, scratch.address + RESULT);
                if (error != Libc.ERANGE) {
                    long record = error == 0 ? scratch.bytes.getLong(RESULT) : 0;
                    return record == 0 ? Optional.empty() : Optional.of(read.apply(new Pointer(record)));
                }
            } finally {
                // the record points into this memory
                Reference.reachabilityFence(scratch);
            }
        }
        return Optional.empty();
    }
}
