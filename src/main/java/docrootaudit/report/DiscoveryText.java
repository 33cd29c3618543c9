package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.finding.Discovery;
import docrootaudit.server.ByteText;
import docrootaudit.server.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What web servers' configurations name, for people: server, site, root, each below the other. */
final class DiscoveryText {
    private final Names names;
    private final Page page;

    DiscoveryText(Names names, Page page) {
        this.names = names;
        this.page = page;
    }

    void write(Discovery discovery) throws IOException {
        boolean first = true;
        for (Discovery.Server server : discovery.servers()) {
            if (!first) {
                page.blank();
            }
            first = false;
            server(server);
        }
        for (Discovery.Pool pool : discovery.pools()) {
            pool(pool);
        }
        for (String note : discovery.notes()) {
            page.blank();
            page.marked(0, Mark.UNKNOWN, Prose.of(note));
        }
    }

    private void server(Discovery.Server server) throws IOException {
        page.prose(0, Prose.of(server.program() + ":").words(server.why()));
        if (server.worker().isPresent()) {
            IdentityWords words = new IdentityWords(server.worker().get(), names);
            page.prose(2, words.addSource(words.add(Prose.of("workers:")).glue(",")));
        }
        for (String note : server.notes()) {
            page.marked(2, Mark.UNKNOWN, Prose.of(note));
        }
        for (Site site : server.sites()) {
            page.blank();
            site(site);
        }
        if (!server.notUnderstood().isEmpty()) {
            page.blank();
            page.line(2, "Not understood:");
            for (String line : server.notUnderstood()) {
                page.prose(4, Prose.of(line));
            }
        }
    }

    private void site(Site site) throws IOException {
        Prose head = new Prose();
        if (site.names().isEmpty()) {
            head.words("(no name)");
        }
        for (String name : site.names()) {
            head.atom(ByteText.visible(name));
        }
        page.prose(2, head.glue(":").atom(site.source()));
        String listens = site.listens().stream().map(DiscoveryText::listen).collect(Collectors.joining(", "));
        page.prose(4, Prose.of("listens on " + (listens.isEmpty() ? "nothing" : listens)));
        if (site.account().isPresent()) {
            Site.Account account = site.account().get();
            page.prose(
                    4,
                    Prose.of("runs as")
                            .atom(ByteText.visible(account.user()))
                            .words(account.group()
                                    .map(g -> "group " + ByteText.visible(g))
                                    .orElse("")));
        }
        for (Site.Root root : site.roots()) {
            root(root);
        }
    }

    private static String listen(Site.Listen listen) {
        String address = listen.address()
                .map(a -> a.isV4() ? a.toString() : "[" + a + "]")
                .orElse("*");
        return address + ":" + listen.port() + " (" + listen.scheme().word() + ")";
    }

    private void root(Site.Root root) throws IOException {
        page.prose(
                4,
                new Prose()
                        .atom(ByteText.visible(root.prefix()))
                        .words("is")
                        .atom(root.directory())
                        .glue(":")
                        .atom(root.source()));
        List<String> facts = new ArrayList<>();
        facts.add("index " + (root.index().isEmpty() ? "none" : visible(root.index(), " ")));
        facts.add("listing " + (root.listing() == Site.Listing.ON ? "on" : "off"));
        if (!root.links().isEmpty()) {
            facts.add("links: " + ByteText.visible(root.links()));
        }
        if (!root.handlers().isEmpty()) {
            facts.add("handlers: " + visible(root.handlers(), ", "));
        }
        if (!root.passwords().isEmpty()) {
            facts.add("passwords: "
                    + root.passwords().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        page.prose(6, Prose.of(String.join("; ", facts)));
    }

    private static String visible(List<String> texts, String between) {
        return texts.stream().map(ByteText::visible).collect(Collectors.joining(between));
    }

    private void pool(Discovery.Pool pool) throws IOException {
        page.blank();
        page.prose(
                0,
                Prose.of("PHP-FPM pool")
                        .atom(ByteText.visible(pool.name()))
                        .glue(":")
                        .atom(pool.source()));
        if (pool.worker().isPresent()) {
            IdentityWords words = new IdentityWords(pool.worker().get(), names);
            page.prose(2, words.addSource(words.add(Prose.of("workers:")).glue(",")));
        }
        String settings = pool.settings().stream()
                .map(s -> s.key() + " = " + ByteText.visible(s.value()))
                .collect(Collectors.joining("; "));
        page.prose(2, Prose.of(settings));
    }
}
