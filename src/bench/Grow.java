import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Grows the tree of the benchmark, the same each time: {@code java Grow.java DIRECTORY FILES UID}. One directory for 67
 * files, nested up to eight deep; 30 % of the files owned by the uid, 5 % 0640, 2 % 0600, 1 % with an ACL entry for it;
 * 2 % of the directories 0711, 0.4 % 0700. Needs root.
 */
final class Grow {
    private static final int DEEPEST = 8;

    public static void main(String[] args) throws IOException, InterruptedException {
        Path top = Path.of(args[0]);
        int files = Integer.parseInt(args[1]);
        int uid = Integer.parseInt(args[2]);
        Random random = new Random(1);
        List<Path> directories = new ArrayList<>(List.of(Files.createDirectories(top)));
        for (int i = 0; i < files / 67; i++) {
            Path parent = directories.get(random.nextInt(directories.size()));
            if (parent.getNameCount() - top.getNameCount() >= DEEPEST) {
                parent = top;
            }
            Path directory = Files.createDirectory(parent.resolve("dir" + i));
            int dice = random.nextInt(1000);
            mode(directory, dice < 20 ? 0711 : dice < 24 ? 0700 : 0755);
            directories.add(directory);
        }
        List<Path> withAcl = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            Path file = Files.createFile(directories.get(i % directories.size()).resolve("file" + i + ".html"));
            int dice = random.nextInt(100);
            mode(file, dice >= 30 && dice < 35 ? 0640 : dice >= 35 && dice < 37 ? 0600 : 0644);
            if (dice < 30) {
                Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            } else if (dice == 99) {
                withAcl.add(file);
            }
        }
        setfacl(withAcl, uid);
    }

    private static void mode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }

    private static void setfacl(List<Path> files, int uid) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("xargs", "-0", "-r", "setfacl", "-m", "u:" + uid + ":r")
                .redirectErrorStream(true)
                .start();
        try (OutputStream names = process.getOutputStream()) {
            for (Path file : files) {
                names.write((file + "\0").getBytes(StandardCharsets.UTF_8));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("setfacl failed");
        }
    }
}
