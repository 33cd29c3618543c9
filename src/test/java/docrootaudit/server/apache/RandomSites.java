package docrootaudit.server.apache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws small sites: trees with closed parts and links, sections, .htaccess files good and bad, and requests. */
public final class RandomSites {
    private static final List<String> DIRECTORIES = List.of("a", "b", "c.d", ".git", "pub");
    private static final List<String> FILES =
            List.of("index.html", "index.txt", "x.html", "y.txt", "z.bak", "s.cgi", "page.html.en", "page.txt", ".hid");
    private static final List<String> ADDRESSES =
            List.of("127.0.0.1", "127.0.0.2", "127.0.1.7", "127.0.2.2", "127.0.0.9");
    private static final List<String> REQUIRES = List.of(
            "Require all granted",
            "Require all granted",
            "Require all granted",
            "Require all denied",
            "Require ip 127.0.0.1",
            "Require ip 127.0.0.0/24",
            "Require local",
            "Require ip 127.0.1 127.0.2.2",
            "Require env flag",
            "Require method GET HEAD",
            "Require user ada",
            "Require valid-user",
            "Require group team",
            "Require expr \"%{QUERY_STRING} =~ /ok/\"",
            "Require expr %{REMOTE_USER} == 'ada'",
            "<RequireAll>\nRequire all granted\nRequire not ip 127.0.0.2\n</RequireAll>",
            "<RequireAll>\nRequire valid-user\nRequire not env flag\n</RequireAll>",
            "<RequireAny>\nRequire ip 127.0.1.7\nRequire user bob\n</RequireAny>",
            "<RequireAll>\nRequire ip 127.0.0.0/16\n<RequireNone>\nRequire user bob\nRequire ip 127.0.0.9\n</RequireNone>\n</RequireAll>",
            "AuthMerging And\nRequire ip 127.0.0.0/8",
            "AuthMerging Or\nRequire ip 127.0.0.9",
            "<Limit POST PUT>\nRequire all denied\n</Limit>",
            "<LimitExcept GET POST>\nRequire all denied\n</LimitExcept>",
            "Order allow,deny\nAllow from 127.0.0",
            "Order deny,allow\nDeny from 127.0.0.2",
            "Order allow,deny",
            "Order allow,deny\nAllow from all\nDeny from env=flag",
            "Order deny,allow\nDeny from all\nSatisfy Any\nRequire valid-user",
            "Deny from all\nSatisfy Any\nRequire all granted");
    private static final List<String> OPTIONS = List.of(
            "Options None",
            "Options FollowSymLinks",
            "Options Indexes FollowSymLinks",
            "Options SymLinksIfOwnerMatch",
            "Options +Indexes",
            "Options -FollowSymLinks",
            "Options +SymLinksIfOwnerMatch -FollowSymLinks",
            "Options +MultiViews",
            "Options ExecCGI FollowSymLinks",
            "Options +ExecCGI",
            "Options All",
            "Options -Indexes",
            "Options FollowSymLinks SymLinksIfOwnerMatch",
            "Options Indexes MultiViews");
    private static final List<String> OVERRIDES = List.of(
            "AllowOverride None",
            "AllowOverride All",
            "AllowOverride All",
            "AllowOverride All",
            "AllowOverride AuthConfig FileInfo",
            "AllowOverride Limit Indexes",
            "AllowOverride Options=Indexes,MultiViews",
            "AllowOverride AuthConfig Nonfatal=All",
            "AllowOverride None\nAllowOverrideList Require Redirect",
            "AllowOverride FileInfo Nonfatal=Override",
            "AllowOverride Indexes Nonfatal=Unknown");
    private static final List<String> FILE_RULES = List.of(
            "DirectoryIndex index.txt index.html",
            "DirectoryIndex disabled",
            "DirectoryIndex none.html x.html",
            "DirectoryIndex sub/x.html /x.html",
            "DirectorySlash Off",
            "AcceptPathInfo On",
            "AcceptPathInfo Off",
            "FallbackResource /x.html",
            "FallbackResource /none.html",
            "FallbackResource disabled",
            "ErrorDocument 403 /x.html",
            "ErrorDocument 404 /none",
            "ErrorDocument 403 http://example.org/",
            "AddHandler cgi-script .cgi",
            "RemoveHandler .cgi",
            "SetHandler cgi-script",
            "SetHandler none",
            "SetHandler server-status",
            "DirectoryIndexRedirect on",
            "AddLanguage en .en",
            "ForceType text/plain",
            "Redirect 403 /a",
            "Redirect gone /b",
            "RedirectMatch 301 ^(.*)/c\\.d/ /x.html",
            "Redirect /pub http://example.org/",
            "SetEnvIf User-Agent bad flag",
            "SetEnvIf Request_URI \\.txt$ flag",
            "SetEnvIf Remote_Addr ^127\\.0\\.2 flag",
            "SetEnv flag 1",
            "AuthType None",
            "AuthzSendForbiddenOnFailure On",
            "AllowMethods GET HEAD",
            "Header set X-A b",
            "DirectoryCheckHandler On");
    private static final List<String> REWRITES = List.of(
            "RewriteRule \\.bak$ - [F]",
            "RewriteRule ^x\\.html$ y.txt",
            "RewriteRule ^a/(.*)$ b/$1 [L]",
            "RewriteRule ^(.*)\\.old$ $1.html [R=301,L]",
            "RewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule . x.html [L]",
            "RewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule . /x.html [L]",
            "RewriteCond %{REQUEST_FILENAME} -d\nRewriteRule . - [F]",
            "RewriteCond %{HTTP_USER_AGENT} bad [NC]\nRewriteRule .* - [F]",
            "RewriteCond %{REMOTE_ADDR} ^127\\.0\\.0\\.\nRewriteRule ^b - [G]",
            "RewriteCond %{QUERY_STRING} ok [OR]\nRewriteCond %{REMOTE_ADDR} =127.0.2.2\nRewriteRule txt$ - [R=404]",
            "RewriteRule ^ - [E=flag:1]",
            "RewriteCond %{ENV:flag} =1\nRewriteRule z - [F]",
            "RewriteRule ^pub/?$ a/ [L]",
            "RewriteRule ^loop$ loop2\nRewriteRule ^loop2$ loop",
            "RewriteRule ^b(.*)$ /a$1 [PT]",
            "RewriteRule ^none$ /x.html [END]",
            "RewriteRule ^c\\.d - [S=1]\nRewriteRule ^c - [F]",
            "RewriteRule ^a - [C]\nRewriteRule x - [F]",
            "RewriteRule !\\.(html|txt|cgi|en)$ - [F]",
            "RewriteCond %{REQUEST_METHOD} ^(PUT|DELETE)$\nRewriteRule ^ - [R=405]",
            "RewriteRule ^page$ page.txt [H=cgi-script]",
            "RewriteRule (.*)/$ $1 [R]",
            "RewriteRule ^(.+)$ $1?x [QSA]",
            "RewriteRule ^q$ x.html?$1 [QSD,L]",
            "RewriteCond %{REQUEST_URI} ^/a/b\nRewriteRule . - [F,NC]",
            "RewriteCond expr \"%{QUERY_STRING} == 'no'\"\nRewriteRule ^ - [F]",
            "RewriteCond %{HTTP:X-A} .\nRewriteRule ^ - [F]");
    private static final List<String> BROKEN = List.of(
            "NoSuchThing on",
            "Options Bogus",
            "<Files x.html>",
            "Require nobody",
            "Order whatever",
            "DirectorySlash maybe",
            "RewriteRule",
            "RewriteCond %{X}",
            "RewriteRule ( -",
            "</Files>",
            "DocumentRoot /",
            "AuthType",
            "Include x",
            "<RequireAny>\n</RequireAny>",
            "Require not all granted",
            "<If \"true\">\nRequire all denied\n</If>",
            "<IfModule nothere>\nBad\n</IfModule>",
            "ErrorDocument 999 x",
            "Redirect 403 /x http://y/",
            "SetEnvIf");

    private final Random random;

    RandomSites(Random random) {
        this.random = random;
    }

    /** Makes one in the directory {@code site} of another, and a configuration beside it. */
    public static Path write(Random random, Path directory) throws Exception {
        Scenario scenario = new RandomSites(random).draw(directory.getFileName().toString());
        scenario.build(directory);
        String base =
                new String(RandomSites.class.getResourceAsStream("base.conf").readAllBytes(), UTF_8);
        String host = base + "<VirtualHost *:8080>\nServerName s.test\n" + scenario.server() + "</VirtualHost>\n";
        return Files.writeString(
                directory.resolve("httpd.conf"),
                host.replace("@DIR@", directory.toString()).replace("@PORT@", "8080"));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    Scenario draw(String name) {
        List<String> tree = new ArrayList<>(List.of("d site 0755"));
        List<String> directories = new ArrayList<>(List.of("site"));
        List<String> paths = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String path = any(directories) + "/" + any(DIRECTORIES);
            if (!directories.contains(path)) {
                directories.add(path);
                tree.add("d " + path + " "
                        + any(List.of("0755", "0755", "0755", "0755", "0711", "0700", "0750", "0744")) + owner());
            }
        }
        for (String directory : directories) {
            for (String file : FILES) {
                if (chance(45)) {
                    paths.add(directory + "/" + file);
                    tree.add("f " + directory + "/" + file + " "
                            + any(List.of("0644", "0644", "0644", "0644", "0600", "0640", "0755", "0711")) + owner());
                }
            }
            if (chance(25)) {
                tree.add("l " + directory + "/link" + random.nextInt(3) + ".html " + any(FILES) + owner());
            }
            if (chance(15)) {
                tree.add("l " + directory + "/dirlink "
                        + any(List.of("a", "../a", "../pub", "@DIR@/site/b", "nowhere", ".", "dirlink")) + owner());
            }
        }
        List<String> seen = new ArrayList<>();
        tree.removeIf(line -> {
            String path = line.split(" ")[1];
            boolean twice = seen.contains(path);
            seen.add(path);
            return twice;
        });
        List<Scenario.TextFile> files = new ArrayList<>();
        files.add(new Scenario.TextFile(
                "passwords", "0644", "ada:{SHA}MJgvYgf2tRctgBqviyzN0HpBdyY=\nbob:{SHA}MJgvYgf2tRctgBqviyzN0HpBdyY=\n"));
        files.add(new Scenario.TextFile("groups", "0644", "team: ada\n"));
        for (String directory : directories) {
            if (chance(40)) {
                files.add(new Scenario.TextFile(
                        directory + "/.htaccess",
                        any(List.of("0644", "0644", "0644", "0644", "0644", "0600")),
                        htaccess()));
            }
        }
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            questions.add(question(directories, paths));
        }
        return new Scenario(name, tree, files, server(directories), questions);
    }

    private String owner() {
        return chance(15) ? " 61011" : "";
    }

    private String htaccess() {
        StringBuilder text = new StringBuilder();
        int lines = 1 + random.nextInt(3);
        for (int i = 0; i < lines; i++) {
            text.append(rule(chance(6) ? any(BROKEN) : body())).append('\n');
        }
        return text.toString();
    }

    private String rule(String inner) {
        if (chance(12)) {
            return "<Files " + any(List.of("x.html", "*.txt", "\"index.*\"", "~ \"^\\.\"")) + ">\n" + inner
                    + "\n</Files>";
        } else if (chance(4)) {
            return "<If \"" + any(List.of("%{QUERY_STRING} == 'ok'", "-R '127.0.2.0/24'", "%{REQUEST_URI} =~ m#/a/#"))
                    + "\">\n" + inner + "\n</If>\n<Else>\n" + any(REQUIRES) + "\n</Else>";
        }
        return inner;
    }

    private String body() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> any(REQUIRES);
            case 3 -> any(OPTIONS);
            case 4, 5, 6 ->
                "RewriteEngine On\n"
                        + (chance(10)
                                ? "RewriteOptions " + any(List.of("Inherit", "InheritBefore", "AllowNoSlash")) + "\n"
                                : "")
                        + (chance(15) ? "RewriteBase /\n" : "") + any(REWRITES)
                        + (chance(40) ? "\n" + any(REWRITES) : "");
            default -> any(FILE_RULES);
        };
    }

    private String server(List<String> directories) {
        StringBuilder text = new StringBuilder("DocumentRoot @DIR@/site\n");
        text.append(
                        "<Directory @DIR@/site>\nAuthType Basic\nAuthName x\nAuthUserFile @DIR@/passwords\nAuthGroupFile @DIR@/groups\n")
                .append(any(OPTIONS))
                .append('\n')
                .append(any(OVERRIDES))
                .append('\n')
                .append(chance(75) ? "Require all granted" : any(REQUIRES))
                .append("\n</Directory>\n");
        for (int i = 0; i < 3; i++) {
            String inner = body();
            String directory = any(directories);
            switch (random.nextInt(9)) {
                case 0, 1 ->
                    section(text, "Directory @DIR@/" + directory, inner + (chance(30) ? "\n" + any(OVERRIDES) : ""));
                case 2 -> section(text, "Location " + url(directory), inner);
                case 3 -> section(text, "LocationMatch " + any(List.of("^/a", "\\.txt$", "/[ab]/")), any(REQUIRES));
                case 4 -> section(text, "DirectoryMatch " + any(List.of("/\\.git", "/a$", "/b/")), any(REQUIRES));
                case 5 -> section(text, "FilesMatch " + any(List.of("\\.(bak|txt)$", "^\\.", "^x")), any(REQUIRES));
                case 6 -> text.append("Alias /al @DIR@/").append(directory).append('\n');
                case 7 ->
                    text.append("RewriteEngine On\n")
                            .append(any(REWRITES).replace("^", "^/"))
                            .append('\n');
                default ->
                    text.append(any(List.of(
                                    "Redirect 403 /pub",
                                    "TraceEnable Off",
                                    "RedirectMatch 404 \\.git",
                                    "SetEnvIf User-Agent bad flag",
                                    "AllowEncodedSlashes On",
                                    "ScriptAlias /cgi @DIR@/site/a",
                                    "ErrorDocument 404 /x.html",
                                    "FallbackResource /x.html")))
                            .append('\n');
            }
        }
        return text.toString();
    }

    private static void section(StringBuilder text, String head, String body) {
        text.append('<')
                .append(head.replaceFirst(" ", " \""))
                .append("\">\n")
                .append(body)
                .append("\n</")
                .append(head, 0, head.indexOf(' '))
                .append(">\n");
    }

    private static String url(String path) {
        return path.equals("site") ? "/" : path.substring("site".length());
    }

    private String question(List<String> directories, List<String> paths) {
        String path = chance(60) && !paths.isEmpty()
                ? url(any(paths))
                : url(any(directories))
                        + any(List.of(
                                "", "/", "/none", "/x.html", "/page", "/link1.html", "/dirlink/x.html", "/dirlink"));
        path = path.replace("//", "/");
        if (chance(6)) {
            path += any(List.of("/more", "/", "%2fx", "/../x.html", "?ok", "?no"));
        } else if (chance(4)) {
            path = any(List.of("/loop", "/al/x.html", "/al", "/cgi/s.cgi", "/q", "/none", "/", "//x.html"));
        }
        StringBuilder question = new StringBuilder(any(
                        List.of("GET", "GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE")))
                .append(' ')
                .append(path);
        if (chance(20) && !path.contains("?")) {
            question.append(any(List.of("?ok", "?no", "?x=1")));
        }
        if (chance(40)) {
            question.append(" from=").append(any(ADDRESSES));
        }
        if (chance(30)) {
            question.append(" user=").append(any(List.of("ada:lovelace", "ada:wrong", "bob:lovelace", "eve:x")));
        }
        if (chance(15)) {
            question.append(" User-Agent:").append(any(List.of("bad", "good")));
        }
        if (chance(5)) {
            question.append(" X-A:1");
        }
        return question.toString();
    }
}
