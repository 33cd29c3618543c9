package docrootaudit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.AuditSettings;
import docrootaudit.audit.Glob;
import docrootaudit.audit.Handler;
import docrootaudit.audit.IdentitySettings;
import docrootaudit.audit.Listing;
import docrootaudit.audit.LogSettings;
import docrootaudit.audit.RootRules;
import docrootaudit.audit.RootSettings;
import docrootaudit.audit.Secrets;
import docrootaudit.config.Directories.State;
import docrootaudit.daemon.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @Test
    void accounts_that_nobody_has_are_told_with_their_lines() {
        Accounts kimAndWeb = new Accounts() {
            @Override
            public boolean hasUser(String name) {
                return name.equals("kim");
            }

            @Override
            public boolean hasGroup(String name) {
                return name.equals("web");
            }
        };
        String text = """
                user = "nosuch"
                groups = ["web", "nogroup", 4711]
                [[root]]
                path = "/srv/www"
                user = 4711
                handlers = [{glob = "*.php", as = "kim"}, {glob = "*.pl", as = "gone"}]
                """;

        var refused = assertThrows(
                ConfigException.class,
                () -> new ConfigFile(path -> State.DIRECTORY, kimAndWeb).parse(bytes(text), "audit.toml"));

        assertEquals("""
                audit.toml:1: "user" is "nosuch": no such user; expected an account of this machine or a number
                audit.toml:2: "groups" names "nogroup": no such group; expected one of this machine or a number
                audit.toml:6: "as" is "gone": no such user; expected an account of this machine or a number""", refused.getMessage());
    }

    @Test
    void an_empty_file_is_the_default() throws ConfigException {
        assertEquals(AuditSettings.DEFAULT, read(""));
        assertEquals(AuditSettings.DEFAULT, read("\uFEFF# nothing\n"));
    }

    @Test
    void every_key_arrives_where_it_belongs() throws ConfigException {
        AuditSettings settings = read("""
                user = 33
                group = "web"
                groups = []
                store = "/var/lib/audit"
                threads = 3
                retention = "2 weeks"

                [defaults]
                exclude = ["cache/**"]
                scripts = ["cgi-bin/**"]
                listing = true
                index = ["index.htm"]
                private = ["*.pem"]
                private-add = ["*.doc"]
                handlers = [{glob = "*.php", as = "fpm"}]
                visit-mounts = ["/mnt/nfs"]
                mount-timeout = "1 min"

                [[root]]
                path = "/srv/www"
                """);

        IdentitySettings identity = new IdentitySettings(Optional.of("33"), Optional.of("web"), Optional.of(List.of()));
        RootRules rules = new RootRules(
                Glob.all("cache/**"),
                Glob.all("cgi-bin/**"),
                Listing.ON,
                List.of("index.htm"),
                Glob.all("*.pem", "*.doc"),
                List.of(new Handler(Glob.of("*.php"), "fpm")),
                List.of(PathBytes.of("/mnt/nfs")),
                RootRules.Servers.UNASKED,
                Duration.ofMinutes(1));
        assertEquals(
                new AuditSettings(
                        identity,
                        rules,
                        AuditSettings.Choice.NAMED,
                        List.of(new RootSettings(PathBytes.of("/srv/www"), identity, rules)),
                        Optional.of(Path.of("/var/lib/audit")),
                        OptionalInt.of(3),
                        Duration.ofDays(14)),
                settings);
    }

    @Test
    void web_servers_may_say_which_roots_there_are() throws ConfigException {
        AuditSettings settings = read("""
                roots = "auto"
                [[root]]
                path = "/srv/more"
                """);

        assertEquals(AuditSettings.Choice.AUTO, settings.choice());
        assertEquals(1, settings.roots().size());
    }

    @Test
    void a_root_overrides_key_by_key() throws ConfigException {
        AuditSettings settings = read("""
                [defaults]
                exclude = ["cache/**"]
                private-add = ["*.doc"]
                handlers = [{glob = "*.php", as = "fpm"}]

                [[root]]
                path = "/srv/www"
                exclude = []
                listing = true
                private-add = ["*.xls"]

                [[root]]
                path = "/srv/blog"
                private = []
                handlers = []
                """);

        RootRules www = settings.roots().get(0).rules();
        RootRules blog = settings.roots().get(1).rules();
        assertEquals(List.of(), www.exclude());
        assertEquals(Listing.ON, www.listing());
        assertEquals(settings.defaults().handlers(), www.handlers());
        assertEquals(
                Stream.concat(Secrets.DEFAULT.stream(), Glob.all("*.doc", "*.xls").stream())
                        .toList(),
                www.secrets());
        assertEquals(Glob.all("cache/**"), blog.exclude());
        assertEquals(List.of(), blog.secrets());
        assertEquals(List.of(), blog.handlers());
    }

    @Test
    void a_root_with_its_own_user_takes_no_group_of_the_general_one() throws ConfigException {
        AuditSettings settings = read("""
                user = "www-data"
                group = "web"
                groups = ["web"]
                [[root]]
                path = "/srv/www"
                user = "kim"
                [[root]]
                path = "/srv/blog"
                groups = ["blog"]
                """);

        assertEquals(
                new IdentitySettings(Optional.of("kim"), Optional.empty(), Optional.empty()),
                settings.roots().get(0).identity());
        assertEquals(
                new IdentitySettings(Optional.of("www-data"), Optional.of("web"), Optional.of(List.of("blog"))),
                settings.roots().get(1).identity());
    }

    @Test
    void the_innermost_root_governs_a_path() throws ConfigException {
        AuditSettings settings = read("""
                [[root]]
                path = "/srv/www/"
                [[root]]
                path = "/srv/www/blog"
                listing = true
                """);

        assertEquals(
                PathBytes.of("/srv/www/blog"),
                settings.governing(PathBytes.of("/srv/www/blog/a")).path());
        assertEquals(
                PathBytes.of("/srv/www"),
                settings.governing(PathBytes.of("/srv/www/blogs")).path());
        assertEquals(
                new RootSettings(PathBytes.of("/srv/w"), settings.identity(), settings.defaults()),
                settings.governing(PathBytes.of("/srv/w")));
    }

    @Test
    void a_secret_is_one_also_below_no_root_that_is_configured() throws ConfigException {
        AuditSettings settings = read("""
                [[root]]
                path = "/srv/www"
                private = []
                """);

        for (String secret : List.of("/home/x/www/.env", "/opt/site/.git/config", "/opt/site/wp-config.php")) {
            RootSettings root = settings.judging(PathBytes.of(secret));
            assertTrue(root.rules().isPrivate(root.path(), PathBytes.of(secret)).isPresent(), secret);
        }
        assertEquals(
                PathBytes.of("/srv/www"),
                settings.judging(PathBytes.of("/srv/www/.env")).path());
    }

    @Test
    void a_link_to_a_directory_and_a_root_we_may_not_see_pass(@TempDir Path temp) throws Exception {
        // by its bytes, which any locale can spell
        Path directory = Path.of(URI.create(temp.toUri() + "d%C3%A9"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), Files.createDirectory(directory));
        Path file = Files.writeString(temp.resolve("file"), "");

        assertEquals(State.DIRECTORY, Directories.onDisk(PathBytes.of(link.toString())));
        assertEquals(
                State.DIRECTORY,
                Directories.onDisk(PathBytes.of(temp.toString()).resolve("d\u00e9")));
        assertEquals(State.DIRECTORY, Directories.onDisk(PathBytes.ROOT));
        assertEquals(State.NOT_A_DIRECTORY, Directories.onDisk(PathBytes.of(file.toString())));
        assertEquals(State.NOT_A_DIRECTORY, Directories.onDisk(PathBytes.of(file + "/below")));
        assertEquals(
                State.MISSING,
                Directories.onDisk(PathBytes.of(temp.resolve("gone").toString())));
        assertEquals(
                1,
                new ConfigFile(path -> State.HIDDEN, Accounts.ANY)
                        .parse(bytes("[[root]]\npath = \"/home/kim/www\"\n"), "audit.toml")
                        .audit()
                        .roots()
                        .size());
    }

    @Test
    void the_logs_that_servers_name_may_be_meant_instead_of_a_list() throws ConfigException {
        Settings settings = new ConfigFile(path -> State.DIRECTORY, Accounts.ANY)
                .parse(bytes("[log]\nfiles = \"auto\"\n"), "audit.toml");

        assertEquals(LogSettings.AUTO, settings.log());
        assertThrows(ConfigException.class, () -> read("[log]\nfiles = \"all\"\n"));
    }

    @Test
    void an_empty_file_on_disk_is_read(@TempDir Path temp) throws IOException, ConfigException {
        assertEquals(Settings.DEFAULT, new ConfigFile().read(Files.writeString(temp.resolve("audit.toml"), "")));
    }

    @Test
    void a_thousand_mistakes_are_all_told() {
        var refused = assertThrows(ConfigException.class, () -> read("a\n".repeat(1_000)));

        assertEquals(1_000, refused.problems().size());
    }

    private static AuditSettings read(String text) throws ConfigException {
        return new ConfigFile(path -> State.DIRECTORY, Accounts.ANY)
                .parse(bytes(text), "audit.toml")
                .audit();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
