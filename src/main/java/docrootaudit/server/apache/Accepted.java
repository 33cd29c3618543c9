package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a visitor accepts ({@code get_entry()} in mod_negotiation.c).
 *
 * @param name in small letters
 * @param quality how much he likes it, from 0 to 1
 * @param level of HTML
 */
record Accepted(String name, double quality, double level) {
    /** What a header lists; empty where there is none. */
    static Optional<List<Accepted>> of(Hop hop, String header) {
        return hop.journey().request().header(header).map(Accepted::parse);
    }

    private static List<Accepted> parse(String line) {
        List<Accepted> all = new ArrayList<>();
        for (String entry : line.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = entry.split(";");
            String name = parts[0].strip();
            if (name.isEmpty()) {
                continue;
            }
            double quality = 1;
            double level = name.equals("text/html") ? 2 : 0;
            for (int i = 1; i < parts.length; i++) {
                String[] pair = parts[i].split("=", 2);
                String value = pair.length > 1 ? pair[1].strip().replaceAll("^\"|\".*$", "") : "";
                switch (pair.length > 1 ? pair[0].strip() : "") {
                    case "q", "qs" -> quality = quality(value);
                    case "level" -> level = value.matches("\\d{1,3}") ? Integer.parseInt(value) : 0;
                    default -> {}
                }
            }
            all.add(new Accepted(name, quality, level));
        }
        return all;
    }

    /** {@code atoq()}: three digits count, and what begins with anything but 0 is all. */
    private static double quality(String text) {
        if (!text.startsWith(".") && !text.startsWith("0")) {
            return 1;
        }
        int point = text.indexOf('.');
        if (point < 0 || point > 1) {
            return 0;
        }
        String digits = text.substring(point + 1).replaceFirst("\\D.*$", "");
        String three = (digits + "000").substring(0, 3);
        return Integer.parseInt(three) / 1000.0;
    }
}
