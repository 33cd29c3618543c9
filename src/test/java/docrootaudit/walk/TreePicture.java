package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tree drawn as text, for any world that has files. A line is {@code DIRECTORY/ [MODE]}, {@code FILE [MODE]} or
 * {@code LINK -> TARGET}; directories stand before what they hold; {@code \n}, {@code \e} and {@code \xHH} are bytes.
 */
public final class TreePicture {
    private final List<Line> lines;

    private record Line(PathBytes path, String kind, String mode, String target) {}

    private TreePicture(List<Line> lines) {
        this.lines = lines;
    }

    public static TreePicture of(String text) {
        return new TreePicture(
                text.lines().filter(l -> !l.isBlank()).map(TreePicture::line).toList());
    }

    private static Line line(String text) {
        String[] words = text.strip().split(" +");
        if (words.length == 3 && words[1].equals("->")) {
            return new Line(unescape(words[0]), "link", "", words[2]);
        }
        boolean directory = words[0].endsWith("/");
        String path = directory ? words[0].substring(0, words[0].length() - 1) : words[0];
        String mode = words.length > 1 ? words[1] : directory ? "755" : "644";
        return new Line(unescape(path), directory ? "directory" : "file", mode, "");
    }

    static PathBytes unescape(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            switch (text.charAt(++i)) {
                case 'n' -> out.write('\n');
                case 'e' -> out.write(0x1b);
                default -> {
                    out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
            }
        }
        return PathBytes.of(out.toByteArray());
    }

    /** Makes it below an existing directory. */
    public TreePicture build(FileSystem world, PathBytes top) throws IOException {
        NioNames names = NioNames.of(world);
        for (Line line : lines) {
            Path path = names.path(top.resolve(line.path()));
            switch (line.kind()) {
                case "directory" -> Files.createDirectory(path);
                case "file" -> Files.createFile(path);
                default -> Files.createSymbolicLink(path, world.getPath(line.target()));
            }
            if (!line.mode().isEmpty()) {
                Files.setPosixFilePermissions(path, permissions(Integer.parseInt(line.mode(), 8)));
            }
        }
        return this;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        return PosixFilePermissions.fromString(
                "" + new Permissions(mode >>> 6 & 7) + new Permissions(mode >>> 3 & 7) + new Permissions(mode & 7));
    }

    /** Every path drawn, below that directory. */
    public Set<PathBytes> paths(PathBytes top) {
        Set<PathBytes> paths = new TreeSet<>();
        lines.forEach(line -> paths.add(top.resolve(line.path())));
        return paths;
    }
}
