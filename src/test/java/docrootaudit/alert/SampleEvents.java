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
                new Event.View(root, "www-data", 33, ""),
                new Event.Culprit(cause, shop, 1, "search", "other::---"),
                new Event.Likeness(
                        Optional.of(kind == Event.Kind.RECOVERED ? "drwx------ kim:users" : "drwxr-xr-x root:root"),
                        Optional.empty(),
                        kind == Event.Kind.RECOVERED ? "drwxr-xr-x root:root" : "drwx------ kim:users"),
                new Event.Refused(paths, names(shop, (int) Math.min(Event.EXAMPLES, paths))),
                new Event.Mending(
                        List.of(
                                new Event.Fix(
                                        "setfacl -m u:www-data:x " + shop,
                                        "what lies below it becomes reachable where its own permissions allow it"),
                                new Event.Fix("chmod o+x " + shop, "lets every local user search this directory")),
                        Optional.empty(),
                        Optional.of("audit now " + root + " --as www-data --no-store --cause " + cause + " --each")));
    }

    /** A line of a configuration. */
    static Event rule(Event.Kind kind) {
        return new Event(
                kind,
                NOW,
                Optional.of(THEN),
                new Event.View(WWW, "www-data", 33, "nginx (/etc/nginx/nginx.conf)"),
                new Event.Culprit(
                        "5d1f0a7c3b9e2468",
                        PathBytes.of("/etc/nginx/sites-enabled/shop:9"),
                        1,
                        "deny-rule",
                        "deny all"),
                Event.Likeness.UNKNOWN,
                new Event.Refused(12, kind == Event.Kind.RECOVERED ? List.of() : names(WWW.resolve("news"), 3)),
                new Event.Mending(
                        kind == Event.Kind.OPENED
                                ? List.of(new Event.Fix("sed -i 9d /etc/nginx/sites-enabled/shop", ""))
                                : List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Six files that were uploaded with a wrong mode. */
    static Event uploads(Event.Kind kind) {
        return uploads(kind, Optional.empty());
    }

    static Event uploads(Event.Kind kind, Optional<String> beside) {
        PathBytes uploads = WWW.resolve("uploads");
        return new Event(
                kind,
                NOW,
                kind == Event.Kind.BASELINE ? Optional.empty() : Optional.of(THEN),
                new Event.View(WWW, "www-data", 33, ""),
                new Event.Culprit("7f2054f45a0c38ae", uploads, 6, "mode", "other::---"),
                new Event.Likeness(
                        Optional.of("-rw------- kim:users").filter(refused -> kind == Event.Kind.RECOVERED),
                        beside,
                        kind == Event.Kind.RECOVERED ? "" : "-rw------- kim:users"),
                new Event.Refused(6, names(uploads, 6)),
                new Event.Mending(
                        List.of(),
                        Optional.of(
                                "Files that arrive in /srv/www/uploads later may be refused again: a default ACL on it with"
                                        + " an entry for www-data is the lasting cure."),
                        Optional.empty()));
    }

    /** One link, which no command mends and of which there is no more to tell. */
    static Event link(Event.Kind kind) {
        PathBytes link = WWW.resolve("tmp/link");
        return new Event(
                kind,
                NOW,
                Optional.of(THEN),
                new Event.View(WWW, "www-data", 33, ""),
                new Event.Culprit("00000000000000aa", link, 1, "symlink", "fs.protected_symlinks=1"),
                new Event.Likeness(
                        Optional.of("lrwxrwxrwx www-data:www-data"), Optional.empty(), "lrwxrwxrwx kim:users"),
                new Event.Refused(1, List.of(link)),
                Event.Mending.NONE);
    }

    /** A part that could not be looked at. */
    static Event blind(Event.Kind kind) {
        return new Event(
                kind,
                NOW,
                Optional.of(THEN),
                new Event.View(WWW, "www-data", 33, ""),
                new Event.Culprit("blind", WWW.resolve("nfs"), 1, "blind", "the mount did not answer within 10 s"),
                Event.Likeness.UNKNOWN,
                Event.Refused.NOTHING,
                Event.Mending.NONE);
    }

    static List<PathBytes> names(PathBytes directory, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> directory.resolve("page" + i + ".html"))
                .toList();
    }
}
