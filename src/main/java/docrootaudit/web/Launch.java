package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server was started with, as far as its configuration goes.
 *
 * @param config {@code -c} of nginx, {@code -f} of Apache, as written
 * @param prefix {@code -p} of nginx, {@code -d} of Apache, as written
 * @param defines {@code -D} of Apache
 * @param directives further directives given there ({@code -g}, {@code -C}, {@code -c} of Apache)
 */
record Launch(Optional<PathBytes> config, Optional<PathBytes> prefix, Set<String> defines, List<String> directives) {
    private static final String NGINX_TITLE = "nginx: master process ";

    Launch {
        defines = Set.copyOf(defines);
        directives = List.copyOf(directives);
    }

    /** Of nginx, whose master writes a title over its arguments: they are joined by blanks there. */
    static Launch ofNginx(List<PathBytes> arguments) {
        List<String> words = arguments.stream().map(ByteText::of).toList();
        if (words.size() == 1 && words.get(0).startsWith(NGINX_TITLE)) {
            words = rejoined(words.get(0).substring(NGINX_TITLE.length()));
        }
        Optional<PathBytes> config = Optional.empty();
        Optional<PathBytes> prefix = Optional.empty();
        List<String> directives = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.matches("(?s)-[cpge].*")) {
                continue;
            }
            boolean attached = word.length() > 2;
            String value = attached ? word.substring(2) : i + 1 < words.size() ? words.get(++i) : "";
            switch (word.charAt(1)) {
                case 'c' -> config = Optional.of(ByteText.path(value));
                case 'p' -> prefix = Optional.of(ByteText.path(value));
                case 'g' -> directives.add(value.trim());
                default -> {}
            }
        }
        return new Launch(config, prefix, Set.of(), directives);
    }

    /** Words of a title: what does not look like an option of nginx belongs to the value before it. */
    private static List<String> rejoined(String title) {
        List<String> words = new ArrayList<>();
        boolean valueOpen = false;
        for (String word : title.trim().split(" ")) {
            boolean option = word.matches("-[cpgetTqvVs?h]+");
            boolean continued = valueOpen
                    && !option
                    && words.size() > 1
                    && !words.get(words.size() - 1).startsWith("-");
            if (continued) {
                words.set(words.size() - 1, words.get(words.size() - 1) + " " + word);
            } else {
                words.add(word);
            }
            valueOpen = valueOpen || option;
        }
        return words;
    }

    /** Of Apache, as {@code apr_getopt} reads {@code D:C:c:d:E:e:f:k:n:R:w:...}. */
    static Launch ofApache(List<PathBytes> arguments) {
        List<String> words = arguments.stream().map(ByteText::of).toList();
        Optional<PathBytes> config = Optional.empty();
        Optional<PathBytes> prefix = Optional.empty();
        Set<String> defines = new LinkedHashSet<>();
        List<String> directives = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.matches("(?s)-[DCcdEefkR].*")) {
                continue;
            }
            boolean attached = word.length() > 2;
            String value = attached ? word.substring(2) : i + 1 < words.size() ? words.get(++i) : "";
            switch (word.charAt(1)) {
                case 'f' -> config = Optional.of(ByteText.path(value));
                case 'd' -> prefix = Optional.of(ByteText.path(value));
                case 'D' -> defines.add(value);
                case 'C', 'c' -> directives.add(value);
                default -> {}
            }
        }
        return new Launch(config, prefix, defines, directives);
    }

    /** The configuration of PHP-FPM, which its master's title names. */
    static Optional<PathBytes> configOfFpm(List<PathBytes> arguments) {
        String title = arguments.stream().map(ByteText::of).collect(Collectors.joining(" "));
        int open = title.indexOf("master process (");
        int close = title.lastIndexOf(')');
        return open >= 0 && close > open
                ? Optional.of(ByteText.path(title.substring(open + "master process (".length(), close)))
                : Optional.empty();
    }
}
