package docrootaudit.access;

import java.util.Optional;

/** Account names for the numbers a filesystem stores; asked only when something is printed. */
public interface Names {
    /** Knows no name: everything prints as a number. */
    Names NUMERIC = new Names() {
        @Override
        public Optional<String> user(int uid) {
            return Optional.empty();
        }

        @Override
        public Optional<String> group(int gid) {
            return Optional.empty();
        }
    };

    /** The account of this uid (unsigned). */
    Optional<String> user(int uid);

    /** The group of this gid (unsigned). */
    Optional<String> group(int gid);

    default String userOrNumber(int uid) {
        return user(uid).orElseGet(() -> Integer.toUnsignedString(uid));
    }

    default String groupOrNumber(int gid) {
        return group(gid).orElseGet(() -> Integer.toUnsignedString(gid));
    }
}
