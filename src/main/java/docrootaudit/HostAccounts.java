package docrootaudit;

import docrootaudit.audit.Host;
import docrootaudit.config.Accounts;

/** The accounts of this machine, for whoever reads its configuration. */
record HostAccounts(Host host) implements Accounts {
    @Override
    public boolean hasUser(String name) {
        return host.account(name).isPresent();
    }

    @Override
    public boolean hasGroup(String name) {
        return host.group(name).isPresent();
    }
}
