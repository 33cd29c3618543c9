package docrootaudit.finding;

import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts of an imaginary web host. */
final class Host {
    static final Principal WWW_DATA = Principal.of(33, 33);
    static final Map<Integer, String> USERS =
            Map.of(0, "root", 33, "www-data", 1000, "kim", 1001, "ana", 1002, "deploy", 1003, "x y", 65534, "nobody");
    static final Map<Integer, String> GROUPS =
            Map.of(0, "root", 33, "www-data", 42, "shadow", 500, "web", 1000, "kim", 1001, "ana", 1002, "deploy");
    static final List<Account> ACCOUNTS = List.of(
            new Account("root", Principal.of(0, 0)),
            new Account("www-data", WWW_DATA),
            new Account("kim", Principal.of(1000, 1000, 500)),
            new Account("ana", Principal.of(1001, 1001, 500)),
            new Account("deploy", Principal.of(1002, 1002)),
            new Account("x y", Principal.of(1003, 1003)),
            new Account("nobody", Principal.of(65534, 65534)));
    static final Names NAMES = new Names() {
        @Override
        public Optional<String> user(int uid) {
            return Optional.ofNullable(USERS.get(uid));
        }

        @Override
        public Optional<String> group(int gid) {
            return Optional.ofNullable(GROUPS.get(gid));
        }
    };

    private Host() {}

    static RemedySearch search(Principal who) {
        Optional<String> user = Optional.ofNullable(USERS.get(who.uid()));
        return new RemedySearch(new PathCheck(who, true), user, ACCOUNTS, NAMES, ShellQuote.UNICODE);
    }

    static PathVerdict verdict(DrawnTree tree, String path, Need need) {
        return search(WWW_DATA).check().judge(tree.trace(path), need);
    }

    /** What is offered to www-data for a path. */
    static Remedies remedies(DrawnTree tree, String path, Need need) {
        return search(WWW_DATA).forPath(verdict(tree, path, need));
    }
}
