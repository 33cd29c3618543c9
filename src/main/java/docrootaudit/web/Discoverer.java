package docrootaudit.web;

import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Principal;
import docrootaudit.audit.Host;
import docrootaudit.finding.Discovery;
import docrootaudit.finding.Identity;
import docrootaudit.server.Answer;
import docrootaudit.server.ByteText;
import docrootaudit.server.Site;
import docrootaudit.server.fpm.Pool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells what the configurations of a machine's web servers name, and where a running server differs from them. */
public final class Discoverer {
    private static final List<String> OF_A_POOL = List.of(
            "user",
            "group",
            "listen",
            "listen.owner",
            "listen.group",
            "listen.mode",
            "security.limit_extensions",
            "chroot");

    private final Host host;

    public Discoverer(Host host) {
        this.host = host;
    }

    /**
     * Discovers.
     *
     * @throws WebException if there is no web server, or none whose configuration can be read
     * @throws IOException if the files cannot be had
     */
    public Discovery discover(WhichServer which) throws WebException, IOException {
        List<Discovery.Server> servers = new ArrayList<>();
        for (Served served : new Servers(host).all(which)) {
            servers.add(server(served));
        }
        PhpPools pools = PhpPools.of(host);
        List<Discovery.Pool> all = new ArrayList<>();
        for (PhpPools.Running running : pools.all()) {
            all.add(pool(pools, running));
        }
        return new Discovery(servers, all, pools.notes());
    }

    private Discovery.Server server(Served served) throws IOException {
        List<String> notes = new ArrayList<>(served.notes());
        Optional<Identity> worker = Optional.empty();
        try {
            worker = Optional.of(new Workers(host).of(served));
        } catch (WebException e) {
            notes.add(e.getMessage());
        }
        served.newer().ifPresent(notes::add);
        served.server().memories().forEach(m -> notes.add(m.sentence()));
        if (served.worker().isPresent() && worker.isPresent()) {
            staleGroups(served, worker.get()).ifPresent(notes::add);
            configured(served, worker.get()).ifPresent(notes::add);
            notes.addAll(hidden(served));
        }
        return new Discovery.Server(
                served.server().program(),
                served.place().config(),
                served.why(),
                worker,
                served.server().sites(),
                served.server().notUnderstood().stream()
                        .map(Answer.Doubt::toString)
                        .distinct()
                        .toList(),
                notes);
    }

    /** The account is in other groups than its running process. */
    private Optional<String> staleGroups(Served served, Identity worker) {
        Principal running = worker.principal();
        return host.account(running.uid())
                .map(a -> a.principal())
                .filter(a -> !a.groups().equals(running.groups()) || a.gid() != running.gid())
                .map(a -> {
                    List<String> more = missing(a, running);
                    return more.isEmpty()
                            ? worker.label() + " has other groups as " + served.name() + " runs than by its account"
                            : worker.label() + " is in group " + String.join(", ", more) + " since " + served.name()
                                    + " was started: reload it (stale-groups)";
                });
    }

    private List<String> missing(Principal account, Principal running) {
        List<String> names = new ArrayList<>();
        for (int gid : account.groups().gids()) {
            if (!running.isIn(gid)) {
                names.add(host.names().groupOrNumber(gid));
            }
        }
        return names;
    }

    /** The configuration names another account than the running worker's. */
    private Optional<String> configured(Served served, Identity worker) {
        return served.server()
                .account()
                .filter(a -> host.account(a.user())
                        .map(known ->
                                known.principal().uid() != worker.principal().uid())
                        .orElse(false))
                .map(a -> a.source().map(s -> s + ": ").orElse("") + "the configuration names user "
                        + ByteText.visible(a.user()) + ", and " + served.name() + " runs as " + worker.label());
    }

    /** Roots that lie below a mount which only the process has. */
    private List<String> hidden(Served served) throws IOException {
        if (!served.seesProcess()) {
            return List.of();
        }
        Set<Mount> common = Set.copyOf(host.tree().mounts().all());
        Set<PathBytes> own = served.tree().mounts().all().stream()
                .filter(m -> !common.contains(m) && !m.point().equals(PathBytes.ROOT))
                .map(Mount::point)
                .collect(Collectors.toSet());
        List<String> sentences = new ArrayList<>();
        for (Site site : served.server().sites()) {
            for (Site.Root root : site.roots()) {
                own.stream()
                        .filter(root.directory()::startsWith)
                        .map(point -> served.name() + " has a mount of its own at " + point + ", above "
                                + root.directory() + " (namespace)")
                        .forEach(sentences::add);
            }
        }
        return sentences.stream().distinct().toList();
    }

    private static Discovery.Pool pool(PhpPools pools, PhpPools.Running running) throws IOException {
        Pool pool = running.pool();
        List<Discovery.Pool.Setting> settings = OF_A_POOL.stream()
                .flatMap(key -> pool.setting(key).stream())
                .map(s -> new Discovery.Pool.Setting(s.key(), s.value()))
                .toList();
        return new Discovery.Pool(
                pool.name(),
                pool.source().toString(),
                settings,
                pools.seer(running).map(Seer::identity));
    }
}
