package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A bash, given scripts in ASCII. */
final class Shell {
    private Shell() {}

    /** Runs a script to its end, whatever that is. */
    static Answer run(String script) throws IOException, InterruptedException {
        return Running.start(script).end();
    }

    /** Runs a script that must succeed, and returns what it printed. */
    static String bash(String script) throws IOException, InterruptedException {
        Answer answer = run("set -e; " + script);
        if (answer.status() != 0) {
            throw new IllegalStateException(script + ": " + answer.status() + ": " + answer.err());
        }
        return answer.text().stripTrailing();
    }

    /** A word that is these bytes, spelled in nothing that a locale or a shell could take otherwise. */
    static String quote(byte[] word) {
        StringBuilder quoted = new StringBuilder("$'");
        for (byte b : word) {
            boolean plain = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '/';
            quoted.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02x", b & 0xff));
        }
        return quoted.append('\'').toString();
    }

    static String quote(Path path) {
        return quote(path.toString().getBytes(UTF_8));
    }
}
