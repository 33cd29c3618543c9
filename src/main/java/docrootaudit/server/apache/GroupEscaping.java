package docrootaudit.server.apache;

import java.util.Set;

/**
 * How a rewrite rule escapes what its groups hold ({@code escape_backref()} in mod_rewrite.c).
 *
 * @param only the characters that are escaped ({@code B=…}); empty for all but letters, digits and the underscore
 * @param never those that are not ({@code BNE=…})
 * @param ways what else the flags say
 */
record GroupEscaping(String only, String never, Set<Way> ways) {
    /** What a flag without characters says. */
    enum Way {
        /** {@code BNP}: a space becomes {@code %20}, not a plus sign. */
        NO_PLUS,
        /** {@code BCTLS}: control characters and spaces, beside those that are named. */
        CONTROLS
    }

    GroupEscaping {
        ways = Set.copyOf(ways);
    }

    String escape(String group) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < group.length(); i++) {
            char c = group.charAt(i);
            if (!isEscaped(c) || c == '_' || isAlphanumeric(c)) {
                out.append(c);
            } else if (c == ' ' && !ways.contains(Way.NO_PLUS)) {
                out.append('+');
            } else {
                out.append('%').append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return out.toString();
    }

    private boolean isEscaped(char c) {
        boolean by = ways.contains(Way.CONTROLS) ? c <= ' ' || c == 0x7f : only.isEmpty();
        return (by || only.indexOf(c) >= 0) && never.indexOf(c) < 0;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
