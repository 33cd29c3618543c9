package docrootaudit.server.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A small tree and a server for it, both by chance, made of what people write and of what they get wrong. */
public final class RandomSite {
    private static final List<String> NAMES =
            List.of("a", "b", "c", "ab", "index.html", "index.htm", "x.php", "y.txt", ".dot", "z.txt.gz", "z.txt");
    private static final List<String> DIRECTORY_MODES =
            List.of("0755", "0755", "0755", "0755", "0711", "0744", "0700", "0750");
    private static final List<String> FILE_MODES = List.of("0644", "0644", "0644", "0600", "0640", "0604", "0755");

    private final Random random;
    private final Path root;
    private final String host;
    private final int port;
    private final List<String> files = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private String configuration = "";

    RandomSite(Random random, Path root, String host, int port) {
        this.random = random;
        this.root = root;
        this.host = host;
        this.port = port;
    }

    /** Makes one in the directory {@code site} of another, and a configuration beside it. */
    public static Path write(Random random, Path directory) throws IOException {
        RandomSite site = new RandomSite(random, directory.resolve("site"), "r.test", 8080);
        site.build();
        return Files.writeString(
                directory.resolve("nginx.conf"),
                "user www-data;\nevents {}\nhttp {\n" + site.configuration() + "\n}\n");
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private int status() {
        return one(List.of(403, 404, 410, 418, 402, 500, 503));
    }

    void build() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolve("pw"), "joe:{PLAIN}secret\nann:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n");
        List<Path> closing = new ArrayList<>();
        grow(root, "", 0, closing);
        for (int i = closing.size() - 1; i >= 0; i--) {
            boolean directory = Files.isDirectory(closing.get(i));
            String mode = one(directory ? DIRECTORY_MODES : FILE_MODES);
            Files.setAttribute(closing.get(i), "unix:mode", Integer.parseInt(mode, 8));
        }
        Files.setAttribute(root, "unix:mode", chance(3) ? 0700 : 0755);
        configuration = server();
    }

    private void grow(Path directory, String url, int depth, List<Path> closing) throws IOException {
        for (String name : NAMES) {
            if (!chance(depth == 0 ? 75 : 50)) {
                continue;
            }
            Path path = directory.resolve(name);
            files.add(url + "/" + name);
            boolean isDirectory = name.length() <= 2 ? chance(75) : chance(8);
            if (chance(8)) {
                Files.createSymbolicLink(
                        path, Path.of(one(List.of("a", "b", "../a", "none", name, "index.html", "y.txt"))));
                if (chance(30)) {
                    Files.setAttribute(path, "unix:uid", 65534, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                }
            } else if (isDirectory && depth < 3) {
                Files.createDirectory(path);
                closing.add(path);
                grow(path, url + "/" + name, depth + 1, closing);
            } else {
                Files.writeString(path, name);
                closing.add(path);
            }
        }
    }

    String configuration() {
        return configuration;
    }

    private String server() {
        StringBuilder text = new StringBuilder();
        text.append("server {\nlisten 127.0.0.1:")
                .append(port)
                .append(";\nserver_name ")
                .append(host);
        text.append(";\nroot ").append(root).append(";\n");
        if (chance(20)) {
            text.append("merge_slashes off;\n");
        }
        if (chance(30)) {
            text.append("error_page ")
                    .append(one(List.of("403", "404", "403 404", "405 404")))
                    .append(' ');
            text.append(one(List.of("", "=200 ", "= ", "=410 ")))
                    .append(one(List.of("/y.txt", "/a/", "@n", "/b/none")));
            text.append(";\n");
        }
        if (chance(15)) {
            text.append("rewrite ^/(a|b)/old/(.*)$ /$1/$2")
                    .append(one(List.of("", " last", " break")))
                    .append(";\n");
        }
        if (chance(15)) {
            text.append("set $v $arg_q;\nif ($v ")
                    .append(condition())
                    .append(") { return ")
                    .append(status())
                    .append("; }\n");
        }
        if (chance(15)) {
            text.append("set_real_ip_from 127.0.0.").append(one(List.of("1;\n", "0/29;\nreal_ip_recursive on;\n")));
            text.append(one(List.of("", "real_ip_header X-Forwarded-For;\n")));
        }
        if (chance(10)) {
            text.append("recursive_error_pages on;\n");
        }
        settings(text, 25);
        int locations = 1 + random.nextInt(5);
        for (int i = 0; i < locations; i++) {
            location(text, 0, "/");
        }
        text.append("location @n { ")
                .append(one(List.of("return 409;", "return 200 x;", "try_files /y.txt =404;", "")));
        text.append(" }\n}\n");
        return text.toString();
    }

    private void settings(StringBuilder text, int percent) {
        if (chance(percent / 2)) {
            int rules = 1 + random.nextInt(3);
            for (int i = 0; i < rules; i++) {
                text.append(one(List.of("allow ", "deny ")));
                text.append(one(List.of("127.0.0.1", "127.0.0.9", "127.0.0.8/29", "all", "10.0.0.0/8")))
                        .append("; ");
            }
        }
        if (chance(percent / 2)) {
            text.append("auth_basic ")
                    .append(one(List.of("in", "in", "off", "$arg_q")))
                    .append("; ");
        }
        if (chance(percent / 2)) {
            text.append("auth_basic_user_file ")
                    .append(root)
                    .append(one(List.of("/pw", "/pw", "/none", "/a/index.html")));
            text.append("; ");
        }
        if (chance(percent / 3)) {
            text.append("satisfy ").append(one(List.of("any", "all"))).append("; ");
        }
        if (chance(percent / 2)) {
            text.append("autoindex ").append(one(List.of("on", "on", "off"))).append("; ");
        }
        if (chance(percent)) {
            text.append("index ");
            text.append(one(List.of(
                    "index.htm index.html",
                    "x.php index.html",
                    "none /y.txt",
                    "$arg_q index.html",
                    "a",
                    "none",
                    "b/index.html index.htm")));
            text.append("; ");
        }
        if (chance(percent / 3)) {
            text.append("disable_symlinks ");
            text.append(
                    one(List.of("on", "if_not_owner", "on from=" + root, "if_not_owner from=$document_root", "off")));
            text.append("; ");
        }
        if (chance(percent / 3)) {
            text.append("gzip_static ").append(one(List.of("on", "always"))).append("; ");
        }
        text.append('\n');
    }

    private String condition() {
        return one(List.of("", "= x", "!= x", "~ ^(.)b", "!~ b$", "~* ^A", "= 0"));
    }

    private void location(StringBuilder text, int depth, String below) {
        String name = locationName(below);
        if (!taken.add(depth + below + name.replace("^~ ", ""))) {
            return;
        }
        text.append("location ").append(name).append(" {\n");
        boolean pattern = name.startsWith("~");
        boolean captures = name.contains("(");
        if (chance(15)) {
            text.append("root ")
                    .append(root)
                    .append(one(List.of("", "/a", "/none")))
                    .append(";\n");
        } else if (chance(20)) {
            String tail = pattern
                    ? captures ? one(List.of("/$1", "/a/$1", "/a/y.txt")) : "/a/index.html"
                    : one(List.of("/", "/a/", "/b", ""));
            text.append("alias ").append(root).append(tail).append(";\n");
        }
        settings(text, 25);
        rewrites(text, captures);
        if (chance(30)) {
            text.append("try_files ");
            text.append(one(List.of("$uri ", "$uri $uri/ ", "/a/index.html ", "$uri/index.html $uri ", "$uri/ ")));
            text.append(one(List.of("=404", "=410", "/index.html", "@n", "/x.php?q=$arg_q", "/none")))
                    .append(";\n");
        }
        if (chance(8)) {
            text.append("internal;\n");
        }
        if (chance(10)) {
            text.append("limit_except ")
                    .append(one(List.of("GET", "GET POST", "PUT")))
                    .append(" { ");
            text.append(one(List.of("deny all;", "allow 127.0.0.9; deny all;", "")))
                    .append(" }\n");
        }
        if (chance(10)) {
            text.append("error_page 404 403 ")
                    .append(one(List.of("=", "", "=201 ")))
                    .append(" /a/index.html;\n");
        }
        if (!pattern && chance(8)) {
            text.append("proxy_pass http://unix:@RUN@/")
                    .append(one(List.of("open", "shut", "gone")))
                    .append(".sock:/;\n");
        }
        if (depth < 2 && !name.startsWith("=") && chance(25)) {
            location(text, depth + 1, pattern ? "" : name.replace("^~ ", ""));
        }
        text.append("}\n");
    }

    private void rewrites(StringBuilder text, boolean captures) {
        if (chance(15)) {
            text.append("rewrite ")
                    .append(one(List.of("^/a/(.*)$ /b/$1", "^(.*)b$ $1", "y ^", "^ /a/y.txt", "c(.) /a/$1?")));
            text.append(one(List.of("", " last", " break", " redirect"))).append(";\n");
        }
        if (chance(20)) {
            text.append("if (")
                    .append(one(List.of(
                            "$arg_q " + condition(),
                            "-f $request_filename",
                            "!-e $request_filename",
                            "-d " + root + "/a",
                            "$request_method = POST",
                            "$uri ~ (a)(b)?",
                            "$http_referer",
                            "$request_filename ~ \\.txt$",
                            "$remote_addr = 127.0.0.9")));
            text.append(") { ")
                    .append(one(List.of(
                            "return " + status() + ";",
                            "break;",
                            "set $w $1;",
                            "rewrite ^ /y.txt last;",
                            "rewrite ^ /c break;",
                            "root " + root + "/a;",
                            "error_page 404 =402 /a/;")));
            text.append(" }\n");
        }
        if (chance(10)) {
            text.append("valid_referers ")
                    .append(one(List.of("none a.test", "blocked a.test", "none *.test", "server_names")));
            text.append(";\nif ($invalid_referer) { return 403; }\n");
        }
        if (chance(6)) {
            text.append("return ")
                    .append(one(List.of("403", "200 x", "404 y", "301 /a", "204")))
                    .append(";\n");
        }
        if (captures && chance(10)) {
            text.append("set $one $1; if ($one = y.txt) { return 406; }\n");
        }
    }

    private String locationName(String below) {
        List<String> patterns = List.of("~ \\.php$", "~ ^/a/(.*)$", "~* \\.(TXT|htm)$", "~ /\\.", "~ ^/(a|b)/", "~ b");
        if (below.isEmpty() || chance(35)) {
            return one(patterns);
        }
        String base = below.endsWith("/") ? below : below + "/";
        return one(List.of(
                base,
                base + "a",
                base + "a/",
                base + "b/",
                base + "ab",
                "= " + base + "y.txt",
                "= " + base + "a/",
                "^~ " + base + "a/",
                "^~ " + base + "c"));
    }

    /** Requests of files that are there, and of others. */
    List<Asked> asked(int count) {
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder line =
                    new StringBuilder(one(List.of("GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT")));
            line.append(' ').append(target());
            if (chance(20)) {
                line.append('?').append(one(List.of("q=x", "q=ab", "q=off", "q=0", "q=", "q=index.htm", "r")));
            }
            if (chance(25)) {
                line.append(" | from 127.0.0.").append(one(List.of("9", "10", "2")));
            }
            if (chance(25)) {
                line.append(" | user ").append(one(List.of("joe:secret", "joe:wrong", "ann:secret", "eve:x")));
            }
            if (chance(15)) {
                line.append(" | header Accept-Encoding: gzip");
            }
            if (chance(15)) {
                line.append(" | header Referer: ")
                        .append(one(List.of("http://a.test/", "x", "https://b.a.test", "http://" + host)));
            }
            if (chance(15)) {
                line.append(" | header ")
                        .append(one(List.of("X-Real-IP", "X-Forwarded-For")))
                        .append(": ");
                line.append(one(List.of("127.0.0.9", "10.0.0.1, 127.0.0.2", "127.0.0.1", "junk")));
            }
            asked.add(Asked.of(line.toString(), host));
        }
        return asked;
    }

    private String target() {
        if (chance(70) && !files.isEmpty()) {
            String file = one(files);
            return switch (random.nextInt(8)) {
                case 0 -> file + "/";
                case 1 -> file.replaceFirst("/", "//");
                case 2 -> file.substring(0, file.lastIndexOf('/') + 1);
                case 3 -> file.replace("a", "%61");
                default -> file;
            };
        }
        return one(List.of(
                "/",
                "/none",
                "/a/none/",
                "/a/../b/",
                "/a/old/y.txt",
                "/b/old/",
                "/%",
                "/..",
                "/c/x",
                "/ab",
                "/a/./y.txt",
                "/x.php/y",
                "/.git",
                "/A",
                "/a//b//"));
    }
}
