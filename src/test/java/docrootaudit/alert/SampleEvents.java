package docrootaudit.alert;

import docrootaudit.access.PathBytes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** SampleEvents and batches for tests. */
final class SampleEvents {
    static final Instant THEN = Instant.parse("2026-11-24T12:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final PathBytes WWW = PathBytes.of("/srv/www");

    private SampleEvents() {}

    static Batch batch(Event... events) {
        return new Batch(
                "<one@web1>", Optional.empty(), List.of(), "kim@example.org", NOW, Arrays.asList(events), List.of());
    }

    /** A directory that was closed and hides most of a shop. */
    static Event shop(Event.Kind kind) {
        return shop(kind, WWW, "aa6258f635b3422d", 1204);
    }

    static Event shop(Event.Kind kind, PathBytes root, String cause, long paths) {
        PathBytes shop = root.resolve("shop");
        return new Event(
                kind,
                NOW,
                kind == Event.Kind.BASELINE ? Optional.empty() : Optional.of(THEN),
                root,
                "www-data",
                33,
                cause,
                shop,
                1,
                "search",
                "other::---",
                Optional.of(kind == Event.Kind.RECOVERED ? "drwx------ kim:users" : "drwxr-xr-x root:root"),
                kind == Event.Kind.RECOVERED ? "drwxr-xr-x root:root" : "drwx------ kim:users",
                paths,
                names(shop, (int) Math.min(Event.EXAMPLES, paths)),
                List.of(
                        new Event.Fix(
                                "setfacl -m u:www-data:x " + shop,
                                "what lies below it becomes reachable where its own permissions allow it"),
                        new Event.Fix("chmod o+x " + shop, "lets every local user search this directory")),
                Optional.empty(),
                Optional.of("audit now " + root + " --as www-data --no-store --cause " + cause + " --each"));
    }

    /** A line of a configuration. */
    static Event rule(Event.Kind kind) {
        return new Event(
                        kind,
                        NOW,
                        Optional.of(THEN),
                        WWW,
                        "www-data",
                        33,
                        "5d1f0a7c3b9e2468",
                        PathBytes.of("/etc/nginx/sites-enabled/shop:9"),
                        1,
                        "deny-rule",
                        "deny all",
                        Optional.empty(),
                        "",
                        12,
                        kind == Event.Kind.RECOVERED ? List.of() : names(WWW.resolve("news"), 3),
                        kind == Event.Kind.OPENED
                                ? List.of(new Event.Fix("sed -i 9d /etc/nginx/sites-enabled/shop", ""))
                                : List.of(),
                        Optional.empty(),
                        Optional.empty())
                .byRulesOf("nginx (/etc/nginx/nginx.conf)");
    }

    /** Six files that were uploaded with a wrong mode. */
    static Event uploads(Event.Kind kind) {
        PathBytes uploads = WWW.resolve("uploads");
        return new Event(
                kind,
                NOW,
                kind == Event.Kind.BASELINE ? Optional.empty() : Optional.of(THEN),
                WWW,
                "www-data",
                33,
                "7f2054f45a0c38ae",
                uploads,
                6,
                "mode",
                "other::---",
                Optional.of("-rw------- kim:users").filter(refused -> kind == Event.Kind.RECOVERED),
                kind == Event.Kind.RECOVERED ? "" : "-rw------- kim:users",
                6,
                names(uploads, 6),
                List.of(),
                Optional.of("Files that arrive in /srv/www/uploads later may be refused again: a default ACL on it with"
                        + " an entry for www-data is the lasting cure."),
                Optional.empty());
    }

    /** One link, which no command mends and of which there is no more to tell. */
    static Event link(Event.Kind kind) {
        PathBytes link = WWW.resolve("tmp/link");
        return new Event(
                kind,
                NOW,
                Optional.of(THEN),
                WWW,
                "www-data",
                33,
                "00000000000000aa",
                link,
                1,
                "symlink",
                "fs.protected_symlinks=1",
                Optional.of("lrwxrwxrwx www-data:www-data"),
                "lrwxrwxrwx kim:users",
                1,
                List.of(link),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** A part that could not be looked at. */
    static Event blind(Event.Kind kind) {
        return new Event(
                kind,
                NOW,
                Optional.of(THEN),
                WWW,
                "www-data",
                33,
                "blind",
                WWW.resolve("nfs"),
                1,
                "blind",
                "the mount did not answer within 10 s",
                Optional.empty(),
                "",
                0,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static List<PathBytes> names(PathBytes directory, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> directory.resolve("page" + i + ".html"))
                .toList();
    }
}
