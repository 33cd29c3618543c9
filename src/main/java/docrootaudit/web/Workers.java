package docrootaudit.web;

import docrootaudit.audit.Host;
import docrootaudit.audit.Identities;
import docrootaudit.audit.IdentityException;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.finding.Identity;
import docrootaudit.server.Site;
import docrootaudit.server.Source;
import java.util.Optional;

/** Settles whom a server's workers run as: what runs is the truth, then what is configured, then the server's default. */
record Workers(Host host) {
    /** nginx's own default, compiled in ({@code NGX_USER} in {@code auto/options}). */
    private static final IdentitySettings NOBODY =
            new IdentitySettings(Optional.of("nobody"), Optional.empty(), Optional.empty());

    Identity of(Served served) throws WebException {
        Identities identities = new Identities(host);
        try {
            if (served.worker().isPresent()) {
                long pid = served.worker().get().pid();
                Identity identity = identities.ofProcess(pid);
                String why = "the running " + served.master().orElseThrow().program() + " worker " + pid
                        + " runs as it, with the groups the kernel has for it";
                return new Identity(identity.user(), identity.principal(), why);
            }
            Optional<Site.Account> account = served.server().account();
            boolean nobody =
                    served.program() == Program.NGINX && host.account("nobody").isPresent();
            IdentitySettings configured =
                    account.map(Workers::settings).orElse(nobody ? NOBODY : IdentitySettings.DEFAULT);
            String source =
                    account.flatMap(Site.Account::source).map(Source::toString).orElse("the server's own default");
            return identities.choose(configured, source);
        } catch (IdentityException e) {
            throw new WebException(e.getMessage(), e);
        }
    }

    /** An account as a configuration names it; Apache writes numbers as {@code #33}. */
    private static IdentitySettings settings(Site.Account account) {
        return new IdentitySettings(
                Optional.of(account.user().replaceFirst("^#", "")),
                account.group().map(g -> g.replaceFirst("^#", "")),
                Optional.empty());
    }
}
