package docrootaudit.server.apache;

import docrootaudit.server.Address;
import docrootaudit.server.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small site, what the server is told of it, and what it is asked.
 *
 * <p>As text: {@code [tree]} with lines {@code d PATH MODE [UID]}, {@code f PATH MODE [UID]}, {@code l PATH TARGET},
 * {@code p PATH MODE}, {@code t PATH TIME} for when it was written last; {@code [file PATH MODE]} with a file's lines; {@code [server]} with directives; {@code [ask]} with
 * requests, one a line: {@code METHOD TARGET [from=ADDRESS] [user=NAME:PASSWORD] [Header:value…]}. {@code @DIR@} is where
 * the tree is.
 */
record Scenario(String name, List<String> tree, List<TextFile> files, String server, List<String> questions) {
    record TextFile(String path, String mode, String text) {}

    static Scenario parse(String name, String text) {
        List<String> tree = new ArrayList<>();
        List<TextFile> files = new ArrayList<>();
        List<String> questions = new ArrayList<>();
        StringBuilder server = new StringBuilder();
        String part = "";
        StringBuilder file = new StringBuilder();
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.add("[end]");
        for (String line : lines) {
            if (line.startsWith("[") && line.endsWith("]")) {
                if (part.startsWith("file ")) {
                    String[] words = part.split(" ");
                    files.add(new TextFile(words[1], words.length > 2 ? words[2] : "0644", file.toString()));
                    file.setLength(0);
                }
                part = line.substring(1, line.length() - 1);
            } else if (part.startsWith("file ")) {
                file.append(line).append('\n');
            } else if (part.equals("server")) {
                server.append(line).append('\n');
            } else if (!line.isBlank() && !line.startsWith("#")) {
                (part.equals("tree") ? tree : questions).add(line);
            }
        }
        return new Scenario(name, tree, files, server.toString(), questions);
    }

    /** Builds the tree below a directory that is there. */
    void build(Path directory) throws Exception {
        for (String line : tree) {
            String[] words = line.split(" ");
            Path path = directory.resolve(words[1]);
            switch (words[0]) {
                case "d" -> Files.createDirectories(path);
                case "l" -> Files.createSymbolicLink(path, Path.of(words[2].replace("@DIR@", directory.toString())));
                case "p" -> run("mkfifo", path.toString());
                case "t" -> Files.setLastModifiedTime(path, FileTime.from(Instant.parse(words[2])));
                default -> Files.writeString(path, content(words[2]));
            }
            if (words.length > 3) {
                int uid = Integer.parseInt(words[3]);
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        }
        for (TextFile file : files) {
            Path path = directory.resolve(file.path());
            Files.writeString(path, file.text().replace("@DIR@", directory.toString()));
            Files.setPosixFilePermissions(path, permissions(file.mode()));
        }
        // closed last, and the innermost first
        for (int i = tree.size() - 1; i >= 0; i--) {
            String[] words = tree.get(i).split(" ");
            if (!words[0].matches("[lt]")) {
                Files.setPosixFilePermissions(directory.resolve(words[1]), permissions(words[2]));
            }
        }
    }

    private static String content(String mode) {
        return (Integer.parseInt(mode, 8) & 0111) != 0
                ? "#!/bin/sh\necho 'Content-Type: text/plain'\necho\necho ran\n"
                : "content\n";
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command));
        }
    }

    private static java.util.Set<java.nio.file.attribute.PosixFilePermission> permissions(String octal) {
        int mode = Integer.parseInt(octal, 8);
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >>> bit & 1) == 0 ? '-' : "rwxrwxrwx".charAt(8 - bit));
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    /** A question as a request to a server on a port, under a name. */
    static Request request(String question, String host, int port) {
        List<String> words = Words.of(question);
        Address from = Address.parse("127.0.0.1").orElseThrow();
        Request.Visitor visitor = new Request.Visitor.Anonymous();
        Optional<String> name = Optional.of(host + ":" + port);
        List<Request.Header> headers = new ArrayList<>();
        for (String word : words.subList(2, words.size())) {
            if (word.startsWith("from=")) {
                from = Address.parse(word.substring(5)).orElseThrow();
            } else if (word.startsWith("user=")) {
                int colon = word.indexOf(':');
                visitor = new Request.Visitor.Login(word.substring(5, colon), word.substring(colon + 1));
            } else if (word.startsWith("host=")) {
                name = Optional.of(word.substring(5)).filter(h -> !h.isEmpty());
            } else {
                int colon = word.indexOf(':');
                headers.add(new Request.Header(
                        word.substring(0, colon), word.substring(colon + 1).strip()));
            }
        }
        return new Request(
                Request.Scheme.HTTP,
                Address.parse("127.0.0.1"),
                port,
                from,
                words.get(0),
                words.get(1),
                name,
                headers,
                visitor);
    }
}
