package docrootaudit.server.fpm;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PHP-FPM's configuration: sections of {@code key = value}, and {@code include} with a pattern of names. */
public final class Pools {
    private static final Pattern HEAD = Pattern.compile("\\s*\\[([^]]*)\\]\\s*(?:;.*)?");
    private static final Pattern SETTING = Pattern.compile("\\s*([A-Za-z0-9_.]+(?:\\[[^]]*\\])?)\\s*=\\s*(.*)");
    private static final int DEEPEST = 5;

    private final ConfigFiles files;
    private final List<Pool> pools = new ArrayList<>();
    private final Set<PathBytes> reading = new HashSet<>();
    private Optional<Open> open = Optional.empty();

    /** The section that lines go to. */
    private record Open(String name, Source source, List<Pool.Setting> settings) {}

    private Pools(ConfigFiles files) {
        this.files = files;
    }

    /**
     * The pools of a configuration, in its order.
     *
     * @throws ConfigSyntaxException if it cannot be read
     */
    public static List<Pool> load(ConfigFiles files, PathBytes config) throws ConfigSyntaxException {
        Pools pools = new Pools(files);
        try {
            pools.read(config, Optional.empty());
        } catch (IOException e) {
            throw new ConfigSyntaxException(Optional.empty(), e.getMessage());
        }
        pools.close();
        return List.copyOf(pools.pools);
    }

    private void close() {
        open.filter(o -> !o.name().equals("global"))
                .ifPresent(o -> pools.add(new Pool(o.name(), o.source(), o.settings())));
        open = Optional.empty();
    }

    /** @param by the line that includes it */
    private void read(PathBytes file, Optional<Source> by) throws IOException, ConfigSyntaxException {
        if (reading.size() >= DEEPEST || !reading.add(file)) {
            throw new ConfigSyntaxException(by, file + " is included by itself, or too deep");
        }
        String[] lines = files.read(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            line(lines[i], new Source(file, i + 1));
        }
        reading.remove(file);
    }

    private void line(String line, Source source) throws IOException, ConfigSyntaxException {
        Matcher head = HEAD.matcher(line);
        Matcher setting = SETTING.matcher(line);
        if (head.matches()) {
            close();
            open = Optional.of(new Open(head.group(1).trim(), source, new ArrayList<>()));
        } else if (setting.matches()) {
            String value = value(setting.group(2));
            if (setting.group(1).equals("include")) {
                include(value, source);
            } else {
                open.ifPresent(o ->
                        o.settings().add(new Pool.Setting(setting.group(1), value.replace("$pool", o.name()), source)));
            }
        }
    }

    private static String value(String written) {
        String text = written.trim();
        for (String quote : List.of("\"", "'")) {
            int end = text.indexOf(quote, 1);
            if (text.startsWith(quote) && end > 0) {
                return text.substring(1, end);
            }
        }
        int comment = text.indexOf(';');
        return (comment < 0 ? text : text.substring(0, comment)).trim();
    }

    private void include(String pattern, Source source) throws IOException, ConfigSyntaxException {
        int slash = pattern.lastIndexOf('/');
        if (!pattern.startsWith("/") || pattern.substring(0, slash).contains("*")) {
            throw new ConfigSyntaxException(Optional.of(source), "this include is not understood");
        }
        PathBytes directory = ByteText.path(slash == 0 ? "/" : pattern.substring(0, slash));
        Pattern names = names(pattern.substring(slash + 1));
        for (PathBytes name : files.names(directory)) {
            String text = ByteText.of(name);
            if (names.matcher(text).matches() && (!text.startsWith(".") || pattern.charAt(slash + 1) == '.')) {
                read(directory.resolve(name), Optional.of(source));
            }
        }
    }

    private static Pattern names(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String piece : glob.split("(?<=[*?])|(?=[*?])")) {
            regex.append(
                    switch (piece) {
                        case "*" -> "[^/]*";
                        case "?" -> "[^/]";
                        default -> Pattern.quote(piece);
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
