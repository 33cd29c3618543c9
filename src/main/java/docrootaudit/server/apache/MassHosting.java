package docrootaudit.server.apache;

import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import java.util.Arrays;
import java.util.Locale;

/** {@code VirtualDocumentRoot}: a root that is made of the name of the server asked for (mod_vhost_alias). */
final class MassHosting {
    private final Hop hop;

    MassHosting(Hop hop) {
        this.hop = hop;
    }

    int run() {
        Directive line = hop.host().setting("virtualdocumentroot").orElseThrow();
        String pattern = line.first();
        if (pattern.equalsIgnoreCase("none")) {
            return new Translation(hop).below(hop.uri());
        }
        String name = new Variables(hop).serverName().toLowerCase(Locale.ROOT);
        StringBuilder root = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : 0;
            if (c != '%' || next == 0) {
                root.append(c);
                i++;
                continue;
            }
            int end = i + 1;
            switch (next) {
                case '%' -> root.append('%');
                case 'p' -> root.append(hop.journey().request().port());
                case '0' -> root.append(name);
                default -> end = part(pattern, end, name, root);
            }
            if (end < 0) {
                hop.journey().doubt("its pattern is not understood", line);
                return hop.refuse(Journey.line(Reason.MISSING, line, 404, hop.mapped()));
            }
            i = end + 1;
        }
        hop.file(UriPath.merge(root.toString(), UriPath.withoutFirstSlashes(hop.uri())));
        hop.journey().step("root", line, "the URL means " + ByteText.visible(hop.file()));
        return Hop.OK;
    }

    /** {@code %N}, {@code %-N}, {@code %N+}: a part of the name between dots; {@code _} where there is none. */
    private static int part(String pattern, int from, String name, StringBuilder root) {
        int at = from;
        boolean fromEnd = pattern.charAt(at) == '-';
        if (fromEnd) {
            at++;
        }
        if (at >= pattern.length() || !Character.isDigit(pattern.charAt(at))) {
            return -1;
        }
        int number = pattern.charAt(at) - '0';
        boolean more = at + 1 < pattern.length() && pattern.charAt(at + 1) == '+';
        if (at + 1 < pattern.length()
                && pattern.charAt(at + 1) == '.'
                && at + 2 < pattern.length()
                && (Character.isDigit(pattern.charAt(at + 2)) || pattern.charAt(at + 2) == '-')) {
            return -1;
        }
        String[] parts = name.split("\\.");
        int index = fromEnd ? parts.length - number : number - 1;
        if (index < 0 || index >= parts.length || number == 0) {
            root.append('_');
        } else if (!more) {
            root.append(parts[index]);
        } else {
            int first = fromEnd ? 0 : index;
            int last = fromEnd ? index : parts.length - 1;
            root.append(String.join(".", Arrays.asList(parts).subList(first, last + 1)));
        }
        return more ? at + 1 : at;
    }
}
