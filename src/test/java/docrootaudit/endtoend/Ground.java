package docrootaudit.endtoend;

import docrootaudit.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A place on the real filesystem that everybody may enter, made by root for one test: a root in it, a store beside it.
 */
final class Ground implements AutoCloseable {
    static final String WWW_DATA = "33";

    private final Path path;

    private Ground(Path path) {
        this.path = path;
    }

    static Ground make() throws IOException, InterruptedException {
        Root.required();
        return new Ground(Path.of(Shell.bash(
                "umask 022; d=$(mktemp -d /var/tmp/audit-it.XXXXXX); chmod 755 $d;" + " mkdir $d/www; echo $d")));
    }

    Path path() {
        return path;
    }

    /** The root that tests scan, or something below it. */
    String www(String... below) {
        String root = path.resolve("www").toString();
        return below.length == 0 ? root : root + "/" + String.join("/", below);
    }

    String store() {
        return path.resolve("store").toString();
    }

    /** Runs a script in the root, as root, with the umask that sites have. */
    String bash(String script) throws IOException, InterruptedException {
        return Shell.bash("umask 022; cd " + www() + "; " + script);
    }

    /** Writes the configuration. */
    String config(String toml) throws IOException {
        return Files.writeString(path.resolve("audit.toml"), toml.replace("$WWW", www()))
                .toString();
    }

    /** Scans the root for www-data with the store of this place. */
    Answer now(String... options) throws IOException, InterruptedException {
        return now(Jar.audit(), options);
    }

    Answer now(Jar jar, String... options) throws IOException, InterruptedException {
        List<String> arguments = new java.util.ArrayList<>(List.of("now", www(), "--as", WWW_DATA, "--store", store()));
        arguments.addAll(Arrays.asList(options));
        return jar.run(arguments.toArray(String[]::new)).clean();
    }

    /** The same as JSON. */
    Json scan(String... options) throws IOException, InterruptedException {
        List<String> json = new java.util.ArrayList<>(List.of("--format", "json"));
        json.addAll(Arrays.asList(options));
        return now(json.toArray(String[]::new)).json();
    }

    Answer history(String... arguments) throws IOException, InterruptedException {
        List<String> all = new java.util.ArrayList<>(List.of("history", "--store", store()));
        all.addAll(Arrays.asList(arguments));
        return Jar.audit().run(all.toArray(String[]::new)).clean();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Shell.run("for m in $(findmnt -rno TARGET | grep -F " + path + "/ | sort -r); do umount -l \"$m\"; done;"
                + " chattr -R -i " + path + " 2>/dev/null; rm -rf --one-file-system " + path);
    }
}
