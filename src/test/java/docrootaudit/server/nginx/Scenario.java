package docrootaudit.server.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree, a piece of configuration and requests, written down in a resource: {@code == NAME}, then {@code -- tree},
 * {@code -- http}, {@code -- server} and {@code -- ask}.
 */
final class Scenario {
    private static final String PASSWORDS = """
            # comment:{PLAIN}secret
            #comment:{PLAIN}secret
            plain:{PLAIN}secret
            apr:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/
            sha:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=
            ssha:{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0
            des:abNANd1rDfiNc
            md5:$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1
            sha256:$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA
            sha512:$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1
            bcrypt:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a
            bare:secret
            empty:
            third:{PLAIN}secret:and more
            colon:{PLAIN}a
            """;

    private final String name;
    private final List<String> tree = new ArrayList<>();
    private final List<String> http = new ArrayList<>();
    private final List<String> server = new ArrayList<>();
    private final List<String> ask = new ArrayList<>();

    private Scenario(String name) {
        this.name = name;
    }

    /** Those of the resources named. */
    static List<Scenario> read(List<String> resources) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (String resource : resources) {
            try (InputStream in = Scenario.class.getResourceAsStream("scenarios/" + resource)) {
                List<String> section = List.of();
                for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    if (line.startsWith("== ")) {
                        scenarios.add(new Scenario(line.substring(3)));
                    } else if (line.startsWith("-- ")) {
                        section = scenarios.get(scenarios.size() - 1).section(line.substring(3));
                    } else if (!line.isBlank()) {
                        section.add(line);
                    }
                }
            }
        }
        return scenarios;
    }

    private List<String> section(String word) {
        return switch (word) {
            case "tree" -> tree;
            case "http" -> http;
            case "server" -> server;
            case "ask" -> ask;
            default -> throw new AssertionError(word);
        };
    }

    String name() {
        return name;
    }

    /** The pieces for {@code http}, its own server among them. */
    String configuration(String host, Path root, int port) {
        String own = "server {\nlisten 127.0.0.1:" + port + ";\nserver_name " + host + ";\nroot " + root + ";\n"
                + String.join("\n", server) + "\n}\n";
        return (String.join("\n", http) + "\n" + own)
                .replace("@ROOT@", root.toString())
                .replace("@HOST@", host)
                .replace("@N@", host.replaceAll("\\D", ""))
                .replace("@PORT@", Integer.toString(port));
    }

    List<Asked> asked(String host) {
        return ask.stream()
                .map(a -> Asked.of(a.replace("@HOST@", host).replace("@N@", host.replaceAll("\\D", "")), host))
                .toList();
    }

    /** Builds the tree: {@code d MODE PATH}, {@code f MODE PATH [CONTENT]}, {@code l PATH TARGET}, {@code p MODE PATH}. */
    void build(Path root) throws IOException, InterruptedException {
        mode(Files.createDirectories(root), "0755");
        List<Runnable> last = new ArrayList<>();
        for (String line : tree) {
            String[] words = words(line);
            Path path = root.resolve(words[0].equals("l") ? words[1] : words[2]);
            Files.createDirectories(path.getParent());
            switch (words[0]) {
                case "d" -> Files.createDirectories(path);
                case "f" -> Files.writeString(path, words.length > 3 ? content(words[3]) : "content\n");
                case "l" -> {
                    Files.createSymbolicLink(path, Path.of(words[2].replace("@ROOT@", root.toString())));
                    if (words.length > 3) {
                        Files.setAttribute(path, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
                    }
                }
                case "p" ->
                    new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
                default -> throw new AssertionError(line);
            }
            if (!words[0].equals("l")) {
                last.add(() -> mode(path, words[1]));
            }
        }
        last.forEach(Runnable::run);
    }

    /** A name may hold spaces where no content follows. */
    private static String[] words(String line) {
        String bare = line.strip();
        boolean spaces = bare.startsWith("f ") && bare.endsWith(".html");
        return bare.split(" ", spaces ? 3 : 4);
    }

    /** The password files hold "secret" in each of its forms. */
    private static String content(String word) {
        return word.equals("@PASSWORDS@") ? PASSWORDS : word + "\n";
    }

    private static Path mode(Path path, String octal) {
        try {
            return Files.setAttribute(path, "unix:mode", Integer.parseInt(octal, 8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
