package docrootaudit.config;

import java.util.List;
import java.util.Optional;

/** Tells whether users and groups that a file names are there. */
public interface Accounts {
    /** Takes every name: for where nobody can be asked. */
    Accounts ANY = new Accounts() {
        @Override
        public boolean hasUser(String name) {
            return true;
        }

        @Override
        public boolean hasGroup(String name) {
            return true;
        }
    };

    boolean hasUser(String name);

    boolean hasGroup(String name);

    /** Reports what a section names and nobody has; numbers need no account. */
    default void check(Section section, String key, Optional<String> user) {
        user.filter(name -> !isNumber(name) && !hasUser(name))
                .ifPresent(name -> section.problem(
                        key,
                        "\"" + key + "\" is " + Problems.quote(name)
                                + ": no such user; expected an account of this machine or a number"));
    }

    /** The same for groups. */
    default void checkGroups(Section section, String key, List<String> groups) {
        groups.stream()
                .filter(name -> !isNumber(name) && !hasGroup(name))
                .forEach(name -> section.problem(
                        key,
                        "\"" + key + "\" names " + Problems.quote(name)
                                + ": no such group; expected one of this machine or a number"));
    }

    private static boolean isNumber(String name) {
        return name.matches("[0-9]+");
    }
}
