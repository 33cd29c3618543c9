package docrootaudit.web;

import docrootaudit.server.Address;
import java.util.Locale;

/** How the parts of a URL are written (RFC 3986). */
final class UrlText {
    private UrlText() {}

    /** An address as a host. */
    static String literal(Address address) {
        return address.isV4() ? address.toString() : "[" + address + "]";
    }

    /** Everything a target may not hold as it is, as bytes in hexadecimal. */
    static String encoded(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "/-._~".indexOf(c) >= 0);
            if (plain) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
