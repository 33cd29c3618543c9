package docrootaudit.report;

import docrootaudit.access.PathBytes;
import docrootaudit.finding.Discovery;
import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Site;
import java.io.IOException;
import java.util.List;

/** What web servers' configurations name, in JSON. */
final class DiscoveryJson {
    private final JsonOut out;

    DiscoveryJson(JsonOut out) {
        this.out = out;
    }

    void write(Discovery discovery) throws IOException {
        out.begin("discover");
        out.json.writeArrayFieldStart("servers");
        for (Discovery.Server server : discovery.servers()) {
            server(server);
        }
        out.json.writeEndArray();
        out.json.writeArrayFieldStart("pools");
        for (Discovery.Pool pool : discovery.pools()) {
            pool(pool);
        }
        out.json.writeEndArray();
        out.strings("notes", discovery.notes());
        out.end();
    }

    private void server(Discovery.Server server) throws IOException {
        out.json.writeStartObject();
        out.json.writeStringField("program", server.program());
        out.path("config", server.config());
        out.json.writeStringField("why", server.why());
        if (server.worker().isPresent()) {
            out.identity(server.worker().get());
        } else {
            out.json.writeNullField("as");
        }
        out.json.writeArrayFieldStart("sites");
        for (Site site : server.sites()) {
            site(site);
        }
        out.json.writeEndArray();
        out.strings("not_understood", server.notUnderstood());
        out.strings("notes", server.notes());
        out.end();
    }

    private void site(Site site) throws IOException {
        out.json.writeStartObject();
        out.strings("names", visible(site.names()));
        out.json.writeStringField("source", site.source().toString());
        out.json.writeArrayFieldStart("listens");
        for (Site.Listen listen : site.listens()) {
            out.json.writeStartObject();
            out.json.writeStringField(
                    "address", listen.address().map(Address::toString).orElse(null));
            out.json.writeNumberField("port", listen.port());
            out.json.writeStringField("scheme", listen.scheme().word());
            out.end();
        }
        out.json.writeEndArray();
        out.textOrNull(
                "user", ByteText.visible(site.account().map(Site.Account::user).orElse("")));
        out.textOrNull(
                "group",
                ByteText.visible(site.account().flatMap(Site.Account::group).orElse("")));
        out.json.writeArrayFieldStart("roots");
        for (Site.Root root : site.roots()) {
            root(root);
        }
        out.json.writeEndArray();
        out.end();
    }

    private void root(Site.Root root) throws IOException {
        out.json.writeStartObject();
        out.json.writeStringField("prefix", ByteText.visible(root.prefix()));
        out.path("directory", root.directory());
        out.json.writeStringField("source", root.source().toString());
        out.strings("index", visible(root.index()));
        out.json.writeBooleanField("listing", root.listing() == Site.Listing.ON);
        out.textOrNull("links", ByteText.visible(root.links()));
        out.strings("handlers", visible(root.handlers()));
        out.paths("passwords", root.passwords());
        out.end();
    }

    private void pool(Discovery.Pool pool) throws IOException {
        out.json.writeStartObject();
        out.path("name", PathBytes.of(ByteText.visible(pool.name())));
        out.json.writeStringField("source", pool.source());
        if (pool.worker().isPresent()) {
            out.identity(pool.worker().get());
        } else {
            out.json.writeNullField("as");
        }
        out.json.writeObjectFieldStart("settings");
        for (Discovery.Pool.Setting setting : pool.settings()) {
            out.json.writeStringField(setting.key(), ByteText.visible(setting.value()));
        }
        out.json.writeEndObject();
        out.end();
    }

    private static List<String> visible(List<String> texts) {
        return texts.stream().map(ByteText::visible).toList();
    }
}
