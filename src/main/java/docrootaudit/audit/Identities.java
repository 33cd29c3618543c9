package docrootaudit.audit;

import docrootaudit.access.Principal;
import docrootaudit.finding.Account;
import docrootaudit.finding.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settles whose access is judged: by what was said, else by the web server that runs, else by the usual accounts. */
public final class Identities {
    private static final List<String> USUAL = List.of("www-data", "nginx", "apache", "http");

    private final Host host;

    public Identities(Host host) {
        this.host = host;
    }

    /**
     * The identity that settings name.
     *
     * @param settings names and numbers as given
     * @param source what gave them, such as {@code --as}; a part of the explanation
     * @throws IdentityException if a name is unknown, or if nothing is named and nothing can be found
     */
    public Identity choose(IdentitySettings settings, String source) throws IdentityException {
        if (settings.user().isEmpty()) {
            Identity found = running()
                    .or(this::usual)
                    .orElseThrow(() -> new IdentityException("no web server is running and none of the accounts "
                            + String.join(", ", USUAL) + " exists: name the web server's user with --as USER"));
            return withGroups(found, settings);
        }
        return withGroups(named(settings.user().get(), source), settings);
    }

    /**
     * The identity of a running process.
     *
     * @throws IdentityException if there is no such process
     */
    public Identity ofProcess(long pid) throws IdentityException {
        try {
            Principal principal = host.identityOf(pid);
            return new Identity(
                    host.account(principal.uid()).map(Account::name),
                    principal,
                    "process " + pid + " runs as it, with the groups the kernel has for it");
        } catch (IOException e) {
            throw new IdentityException("there is no process " + pid + " to take the identity from");
        }
    }

    private Identity named(String user, String source) throws IdentityException {
        Optional<Account> account = host.account(user);
        if (account.isPresent()) {
            return new Identity(Optional.of(user), account.get().principal(), "named by " + source);
        }
        Optional<Integer> number = number(user);
        if (number.isEmpty()) {
            throw new IdentityException("there is no user " + show(user) + ": name one that exists, or a number, with "
                    + (source.startsWith("--") ? source : "--as or in " + source));
        }
        int uid = number.get();
        return host.account(uid)
                .map(a -> new Identity(Optional.of(a.name()), a.principal(), "named by " + source))
                .orElseGet(() -> new Identity(
                        Optional.empty(),
                        Principal.of(uid, uid),
                        "named by " + source + "; no account has this number, so its group is the same and it is in"
                                + " no others"));
    }

    /** The most frequent user of running workers. */
    private Optional<Identity> running() {
        Map<Integer, List<Host.Worker>> byUid = host.webWorkers().stream()
                .collect(Collectors.groupingBy(Host.Worker::uid, LinkedHashMap::new, Collectors.toList()));
        return byUid.values().stream()
                .max(java.util.Comparator.comparingInt(List::size))
                .map(workers -> {
                    Host.Worker first = workers.get(0);
                    String why = String.format(
                            Locale.ROOT, "the running %s worker %d is this user", first.program(), first.pid());
                    Optional<Account> account = host.account(first.uid());
                    return new Identity(
                            account.map(Account::name),
                            account.map(Account::principal).orElseGet(() -> Principal.of(first.uid(), first.uid())),
                            why);
                });
    }

    private Optional<Identity> usual() {
        return USUAL.stream()
                .flatMap(name -> host.account(name).stream())
                .findFirst()
                .map(a -> new Identity(
                        Optional.of(a.name()),
                        a.principal(),
                        "no web server is running; this is the first of " + String.join(", ", USUAL) + " that exists"));
    }

    private Identity withGroups(Identity identity, IdentitySettings settings) throws IdentityException {
        if (settings.group().isEmpty() && settings.groups().isEmpty()) {
            return identity;
        }
        Principal was = identity.principal();
        int gid = settings.group().isPresent() ? gid(settings.group().get()) : was.gid();
        List<Integer> groups = new ArrayList<>();
        if (settings.groups().isPresent()) {
            for (String group : settings.groups().get()) {
                groups.add(gid(group));
            }
        } else {
            for (int group : was.groups().gids()) {
                if (group != was.gid()) {
                    groups.add(group);
                }
            }
        }
        int[] gids = groups.stream().mapToInt(Integer::intValue).toArray();
        Principal with = new Principal(
                was.uid(), gid, Principal.of(was.uid(), gid, gids).groups(), was.capabilities(), was.reach());
        return new Identity(identity.user(), with, identity.why() + ", with the groups given");
    }

    private int gid(String group) throws IdentityException {
        Optional<Integer> gid = host.group(group).or(() -> number(group));
        return gid.orElseThrow(() ->
                new IdentityException("there is no group " + show(group) + ": name one that exists, or a number"));
    }

    private static Optional<Integer> number(String text) {
        try {
            int number = Integer.parseUnsignedInt(text);
            // (uid_t) -1 is no id: setresuid(2) takes it for "leave unchanged"
            return number == -1 || text.startsWith("+") ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String show(String name) {
        return docrootaudit.access.PathBytes.of(name).toString();
    }
}
