package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.GlobProgram.Op;
import docrootaudit.audit.GlobProgram.SymbolSet;
import java.util.ArrayList;
import java.util.List;

/** Reads a pattern without braces, relative to wherever it is to be looked for, into a program. */
final class GlobParser {
    static final int LONGEST = 16_384;

    private final int[] in;
    private final List<Op> code = new ArrayList<>();
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private final StringBuilder run = new StringBuilder();
    private String needle = "";
    private boolean plain = true;
    private int at;

    private GlobParser(String pattern) {
        this.in = pattern.codePoints().toArray();
    }

    /** The pattern, if nothing but its syntax can be wrong with it. */
    static String checked(String pattern) {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
        }
        if (pattern.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no name holds a NUL");
        }
        if (pattern.contains("//")) {
            throw new IllegalArgumentException("there is no name between two slashes");
        }
        String body = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        for (String name : body.split("/", -1)) {
            if (name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("paths are matched by their names, \"" + name + "\" is none");
            }
        }
        return pattern;
    }

    static GlobProgram parse(String pattern) {
        GlobParser parser = new GlobParser(pattern);
        if (parser.in.length > 0) {
            boolean start = true;
            while (parser.at < parser.in.length) {
                start = parser.item(start);
            }
        } else {
            parser.repeat(SymbolSet.ALL);
        }
        parser.code.add(new Op.Done());
        return new GlobProgram(parser.code, parser.head.toString(), parser.needle, parser.tail.toString());
    }

    /** Reads one item, and tells whether what follows is the start of a name. */
    private boolean item(boolean start) {
        int c = in[at++];
        switch (c) {
            case '*' -> {
                return stars(start);
            }
            case '?' -> take(SymbolSet.NAME);
            case '[' -> take(set());
            case '/' -> {
                if (looksAt("**") && at + 2 == in.length) {
                    at += 2;
                    optional(() -> {
                        literal(Symbols.SLASH);
                        repeat(SymbolSet.ALL);
                    });
                    return false;
                }
                literal(c);
                return true;
            }
            case '\\' -> {
                if (at == in.length) {
                    throw new IllegalArgumentException("nothing follows the backslash");
                }
                literal(in[at++]);
            }
            default -> literal(c);
        }
        return false;
    }

    private boolean stars(boolean start) {
        int first = at - 1;
        while (at < in.length && in[at] == '*') {
            at++;
        }
        if (at - first < 2) {
            repeat(SymbolSet.NAME);
            return false;
        }
        if (start && at < in.length && in[at] == '/') {
            at++;
            optional(() -> {
                repeat(SymbolSet.ALL);
                literal(Symbols.SLASH);
            });
            return true;
        }
        repeat(SymbolSet.ALL);
        return false;
    }

    private SymbolSet set() {
        boolean negated = at < in.length && (in[at] == '!' || in[at] == '^');
        if (negated) {
            at++;
        }
        List<int[]> ranges = new ArrayList<>();
        for (boolean first = true; at < in.length && (first || in[at] != ']'); first = false) {
            if (looksAt("[:")) {
                throw new IllegalArgumentException("classes with a name, such as [:alpha:], are not known");
            }
            int from = member();
            int to = from;
            if (at + 1 < in.length && in[at] == '-' && in[at + 1] != ']') {
                at++;
                to = member();
            }
            if (from > to) {
                throw new IllegalArgumentException("the range " + show(from) + "-" + show(to) + " is upside down");
            }
            ranges.add(new int[] {from, to});
        }
        if (at >= in.length) {
            throw unclosed();
        }
        at++;
        return symbol -> symbol != Symbols.SLASH && contains(ranges, symbol) != negated;
    }

    private int member() {
        int c = in[at++];
        if (c == '\\') {
            if (at == in.length) {
                throw unclosed();
            }
            c = in[at++];
        }
        if (c == Symbols.SLASH) {
            throw new IllegalArgumentException("a slash cannot be in a set");
        }
        return c;
    }

    private static IllegalArgumentException unclosed() {
        return new IllegalArgumentException("a bracket is not closed");
    }

    private static boolean contains(List<int[]> ranges, int symbol) {
        for (int[] range : ranges) {
            if (range[0] <= symbol && symbol <= range[1]) {
                return true;
            }
        }
        return false;
    }

    private void optional(Runnable part) {
        int fork = code.size();
        code.add(new Op.Done());
        special();
        part.run();
        special();
        code.set(fork, new Op.Fork(code.size()));
    }

    private void literal(int symbol) {
        code.add(new Op.Take(SymbolSet.only(symbol)));
        tail.appendCodePoint(symbol);
        if (plain) {
            head.appendCodePoint(symbol);
        }
        if (symbol == Symbols.SLASH) {
            run.setLength(0);
        } else {
            run.appendCodePoint(symbol);
            needle = run.length() > needle.length() ? run.toString() : needle;
        }
    }

    private void take(SymbolSet set) {
        special();
        code.add(new Op.Take(set));
    }

    private void repeat(SymbolSet set) {
        special();
        code.add(new Op.TakeMany(set));
    }

    /** From here on the head is over, and the tail has not begun. */
    private void special() {
        plain = false;
        tail.setLength(0);
        run.setLength(0);
    }

    private boolean looksAt(String text) {
        return at + 1 < in.length && in[at] == text.charAt(0) && in[at + 1] == text.charAt(1);
    }

    private static String show(int symbol) {
        return PathBytes.of(Character.toString(symbol)).toString();
    }
}
