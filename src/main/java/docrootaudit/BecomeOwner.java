package docrootaudit;

import docrootaudit.history.StoreOwner;
import docrootaudit.linux.Accounts;
import docrootaudit.linux.Credentials;
import java.io.IOException;
import java.util.Optional;

/** Root becomes the account that owns the store, with that account's groups, before it touches the store. */
final class BecomeOwner implements StoreOwner {
    @Override
    public void become(int uid) throws IOException {
        Accounts accounts = new Accounts();
        Optional<Accounts.User> user = accounts.byUid(uid);
        int gid = user.map(Accounts.User::gid).orElse(uid);
        int[] groups = user.map(accounts::groupsOf).orElseGet(() -> new int[] {gid});
        Credentials.become(uid, gid, groups);
    }
}
