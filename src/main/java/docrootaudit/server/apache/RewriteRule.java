package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code RewriteRule} with its conditions ({@code cmd_rewriterule()}).
 *
 * @param regex empty if it is not understood
 * @param output what the URL becomes; {@code -} leaves it
 * @param status the status that is forced: of a redirection, or of a refusal
 * @param skip how many rules are skipped behind it
 * @param escaping how what groups hold is escaped; empty where it is not
 * @param env what is set, not yet expanded
 */
record RewriteRule(
        Directive line,
        Optional<Pcre> regex,
        boolean negated,
        String output,
        Set<Flag> flags,
        int status,
        int skip,
        int rounds,
        List<String> env,
        Optional<String> handler,
        Optional<String> type,
        Optional<GroupEscaping> escaping,
        List<RewriteCondition> conditions) {
    /** What the letters in brackets mean. */
    enum Flag {
        CHAIN,
        LAST,
        END,
        NEXT,
        PROXY,
        PASS_THROUGH,
        REDIRECT,
        /** A status that is no redirection: F, G, R=404. */
        STATUS,
        NO_SUBSTITUTION,
        QUERY_APPEND,
        QUERY_DISCARD,
        QUERY_NONE,
        QUERY_LAST,
        NO_SUBREQUEST,
        NO_ESCAPE,
        DISCARD_PATH,
        ALLOW_3F,
        UNSAFE_PREFIX,
        UNC
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    static RewriteRule of(Directive line, List<RewriteCondition> conditions) throws BadDirectiveException {
        RewriteArguments arguments = RewriteArguments.of(line.args())
                .orElseThrow(() -> new BadDirectiveException(line, "RewriteRule has a bad argument line"));
        Reading reading = new Reading(line);
        if (arguments.flags().isPresent()) {
            List<String> flags = RewriteArguments.flags(arguments.flags().get())
                    .orElseThrow(() -> new BadDirectiveException(line, "RewriteRule has bad flag delimiters"));
            for (String flag : flags) {
                reading.flag(flag);
            }
        }
        String pattern = arguments.first();
        boolean negated = pattern.startsWith("!");
        if (negated) {
            pattern = pattern.substring(1);
        }
        if (arguments.second().equals("-")) {
            reading.flags.add(Flag.NO_SUBSTITUTION);
        }
        if (reading.flags.contains(Flag.STATUS)) {
            reading.flags.add(Flag.NO_SUBSTITUTION);
        }
        Optional<Pcre> regex = Regexes.compile(line, pattern, reading.caseless);
        return new RewriteRule(
                line,
                regex,
                negated,
                arguments.second(),
                reading.flags,
                reading.status,
                reading.skip,
                reading.rounds,
                reading.env,
                reading.handler,
                reading.type,
                reading.escaping(),
                conditions);
    }

    /** The flags as they are read. */
    private static final class Reading {
        private final Directive line;
        private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
        private final List<String> env = new ArrayList<>();
        private Optional<String> handler = Optional.empty();
        private Optional<String> type = Optional.empty();
        private boolean caseless;
        private int status = 302;
        private int skip;
        private int rounds = 10_000;
        private boolean escapes;
        private String only = "";
        private String never = "";
        private final Set<GroupEscaping.Way> ways = EnumSet.noneOf(GroupEscaping.Way.class);

        Reading(Directive line) {
            this.line = line;
        }

        private void flag(String flag) throws BadDirectiveException {
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            String value = equals < 0 ? "" : flag.substring(equals + 1);
            switch (name.toUpperCase(Locale.ROOT)) {
                case "C", "CHAIN" -> flags.add(Flag.CHAIN);
                case "L", "LAST" -> flags.add(Flag.LAST);
                case "END" -> flags.add(Flag.END);
                case "N", "NEXT" -> {
                    flags.add(Flag.NEXT);
                    rounds = value.isEmpty() ? rounds : number(value);
                }
                case "NC", "NOCASE" -> caseless = true;
                case "P", "PROXY" -> flags.add(Flag.PROXY);
                case "PT", "PASSTHROUGH" -> flags.add(Flag.PASS_THROUGH);
                case "F", "FORBIDDEN" -> refuse(403);
                case "G", "GONE" -> refuse(410);
                case "R", "REDIRECT" -> redirect(value);
                case "S", "SKIP" -> skip = number(value);
                case "E", "ENV" -> env.add(value);
                case "H", "HANDLER" -> handler = Optional.of(value);
                case "T", "TYPE" -> type = Optional.of(value);
                case "QSA", "QSAPPEND" -> flags.add(Flag.QUERY_APPEND);
                case "QSD", "QSDISCARD" -> flags.add(Flag.QUERY_DISCARD);
                case "QSL", "QSLAST" -> flags.add(Flag.QUERY_LAST);
                case "NS", "NOSUBREQ" -> flags.add(Flag.NO_SUBREQUEST);
                case "NE", "NOESCAPE" -> flags.add(Flag.NO_ESCAPE);
                case "DPI", "DISCARDPATH" -> flags.add(Flag.DISCARD_PATH);
                case "B", "BACKREFESCAPING" -> {
                    escapes = true;
                    only = value.isEmpty() ? only : value;
                }
                case "BCTLS" -> {
                    escapes = true;
                    ways.add(GroupEscaping.Way.CONTROLS);
                }
                case "BNE" -> {
                    if (value.isEmpty()) {
                        throw new BadDirectiveException(line, "RewriteRule has a flag that names no characters");
                    }
                    never = value;
                }
                case "BNP", "BACKREFERNOPLUS" -> ways.add(GroupEscaping.Way.NO_PLUS);
                case "UNSAFEALLOW3F" -> flags.add(Flag.ALLOW_3F);
                case "UNSAFEPREFIXSTAT" -> flags.add(Flag.UNSAFE_PREFIX);
                case "UNC" -> flags.add(Flag.UNC);
                case "CO", "COOKIE" -> {}
                default -> throw new BadDirectiveException(line, "RewriteRule has an unknown flag");
            }
        }

        Optional<GroupEscaping> escaping() {
            return escapes ? Optional.of(new GroupEscaping(only, never, ways)) : Optional.empty();
        }

        private void refuse(int code) {
            status = code;
            flags.add(Flag.STATUS);
        }

        /** {@code cmd_rewriterule_setflag()}: what is neither a name nor begins with a digit is left at 302. */
        private void redirect(String value) throws BadDirectiveException {
            boolean digits = !value.isEmpty() && Character.isDigit(value.charAt(0));
            status = switch (value.toLowerCase(Locale.ROOT)) {
                case "permanent" -> 301;
                case "seeother" -> 303;
                default -> digits ? number(value) : 302;
            };
            if (!Content.isKnown(status)) {
                throw new BadDirectiveException(line, "RewriteRule has an invalid status");
            }
            flags.add(status >= 300 && status < 400 ? Flag.REDIRECT : Flag.STATUS);
        }

        /** {@code atoi()}: 0 of what is no number. */
        private static int number(String value) {
            return (int) Math.max(0, Math.min(Integer.MAX_VALUE, ExpressionRun.number(value)));
        }
    }
}
