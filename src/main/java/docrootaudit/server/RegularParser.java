package docrootaudit.server;

import docrootaudit.server.RegularExpression.Instruction;
import docrootaudit.server.RegularExpression.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Reads what is regular of an expression that {@link Pattern} compiles. Whatever else there is, and whatever is rare,
 * makes it give up: who asks has Java's own engine for that.
 */
final class RegularParser {
    private static final int CHARACTERS = 256;

    private final String in;
    private final boolean dotAll;
    private boolean caseless;
    private final List<Instruction> program = new ArrayList<>();
    private int at;

    /** Something that is not read here. */
    private static final class ForeignException extends RuntimeException {
        ForeignException() {
            super("not read", null, false, false);
        }
    }

    /**
     * What was read, which is at the end of the program.
     *
     * @param from where it begins there
     * @param ways in how many ways it can be laid over a text that begins at one place, stars aside
     * @param stars how often it can be laid as many times as the text is long
     * @param isOne whether it is one character
     */
    private record Part(int from, double ways, int stars, boolean isOne) {}

    RegularParser(String in, int flags) {
        this.in = in;
        this.dotAll = (flags & Pattern.DOTALL) != 0;
        this.caseless = (flags & Pattern.CASE_INSENSITIVE) != 0;
    }

    Optional<RegularExpression> expression() {
        try {
            if (in.startsWith("(?i)")) {
                caseless = true;
                at = 4;
            }
            Part all = alternatives();
            if (at < in.length()) {
                throw new ForeignException();
            }
            add(new Instruction.Found());
            return Optional.of(new RegularExpression(program, all.ways(), all.stars()));
        } catch (ForeignException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private void add(Instruction instruction) {
        program.add(instruction);
        if (program.size() > RegularExpression.LONGEST_PROGRAM) {
            throw new ForeignException();
        }
    }

    /** Makes room before what was written last; it refers to nothing behind itself but by numbers, which move too. */
    private void insert(int before, Instruction instruction) {
        for (int i = before; i < program.size(); i++) {
            if (program.get(i) instanceof Instruction.Fork fork) {
                program.set(i, new Instruction.Fork(moved(fork.one(), before), moved(fork.other(), before)));
            }
        }
        program.add(before, instruction);
    }

    private static int moved(int to, int before) {
        return to >= before ? to + 1 : to;
    }

    private Part alternatives() {
        int from = program.size();
        Part all = sequence();
        while (at < in.length() && in.charAt(at) == '|') {
            at++;
            insert(from, new Instruction.Fork(from + 1, program.size() + 2));
            int jump = program.size();
            add(new Instruction.Fork(0, 0));
            Part more = sequence();
            program.set(jump, new Instruction.Fork(program.size(), program.size()));
            all = new Part(from, all.ways() + more.ways(), Math.max(all.stars(), more.stars()), false);
        }
        return all;
    }

    private Part sequence() {
        Part all = new Part(program.size(), 1, 0, false);
        while (at < in.length() && in.charAt(at) != '|' && in.charAt(at) != ')') {
            Part next = repeated(atom());
            all = new Part(all.from(), all.ways() * next.ways(), all.stars() + next.stars(), false);
        }
        return all;
    }

    private Part atom() {
        char c = in.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> take(set());
            case '.' -> take(matching(x -> dotAll || x != '\n'));
            case '^' -> only(Place.BEGINNING);
            case '$' -> only(Place.END);
            case '\\' -> escape();
            case '*', '+', '?', '{' -> throw new ForeignException();
            default -> take(literal(c));
        };
    }

    private Part group() {
        if (in.startsWith("?:", at)) {
            at += 2;
        } else if (in.startsWith("?", at)) {
            throw new ForeignException();
        }
        Part inside = alternatives();
        if (at == in.length()) {
            throw new ForeignException();
        }
        at++;
        return inside;
    }

    private Part escape() {
        char c = next();
        return switch (c) {
            case 'A' -> only(Place.BEGINNING);
            case 'z' -> only(Place.END);
            default -> take(named(c).orElseGet(() -> literal(plain(c))));
        };
    }

    private char next() {
        if (at == in.length()) {
            throw new ForeignException();
        }
        return in.charAt(at++);
    }

    /** A character that a backslash makes itself. */
    private static char plain(char c) {
        if (c >= 0x80 || Character.isLetterOrDigit(c)) {
            throw new ForeignException();
        }
        return c;
    }

    private static Optional<BitSet> named(char c) {
        return switch (c) {
            case 'd' -> Optional.of(matching(RegularParser::isDigit));
            case 'D' -> Optional.of(matching(x -> !isDigit(x)));
            case 'w' -> Optional.of(matching(RegularParser::isOfWord));
            case 'W' -> Optional.of(matching(x -> !isOfWord(x)));
            case 's' -> Optional.of(matching(RegularParser::isSpace));
            case 'S' -> Optional.of(matching(x -> !isSpace(x)));
            default -> Optional.empty();
        };
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isOfWord(int c) {
        return isDigit(c) || c == '_' || (lower(c) >= 'a' && lower(c) <= 'z');
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    private static BitSet matching(IntPredicate is) {
        BitSet characters = new BitSet(CHARACTERS);
        for (int c = 0; c < CHARACTERS; c++) {
            characters.set(c, is.test(c));
        }
        return characters;
    }

    private BitSet literal(char c) {
        return range(c, c);
    }

    private BitSet range(char first, char last) {
        if (last >= CHARACTERS || first > last) {
            throw new ForeignException();
        }
        BitSet characters = new BitSet(CHARACTERS);
        for (int c = first; c <= last; c++) {
            characters.set(c);
            int small = lower(c);
            if (caseless && small >= 'a' && small <= 'z') {
                characters.set(small);
                characters.set(small - ('a' - 'A'));
            }
        }
        return characters;
    }

    private BitSet set() {
        boolean others = in.startsWith("^", at);
        at += others ? 1 : 0;
        BitSet characters = new BitSet(CHARACTERS);
        char c = next();
        do {
            if ("[]&".indexOf(c) >= 0) {
                throw new ForeignException(); // sets of sets; where they mean themselves a backslash stands before
            }
            boolean escaped = c == '\\';
            char one = escaped ? next() : c;
            Optional<BitSet> many = escaped ? named(one) : Optional.empty();
            if (many.isPresent()) {
                characters.or(many.get());
            } else {
                characters.or(ranged(escaped ? plain(one) : one));
            }
            c = next();
        } while (c != ']');
        if (others) {
            characters.flip(0, CHARACTERS);
        }
        return characters;
    }

    /** A character of a set, or the first of a range. */
    private BitSet ranged(char first) {
        boolean isRange = in.startsWith("-", at) && at + 1 < in.length() && in.charAt(at + 1) != ']';
        if (!isRange) {
            return literal(first);
        }
        at++;
        char last = next();
        if ("[-&".indexOf(last) >= 0) {
            throw new ForeignException();
        }
        return range(first, last == '\\' ? plain(next()) : last);
    }

    private Part take(BitSet characters) {
        add(new Instruction.Take(characters));
        return new Part(program.size() - 1, 1, 0, true);
    }

    private Part only(Place place) {
        add(new Instruction.Only(place));
        if (at < in.length() && "*+?{".indexOf(in.charAt(at)) >= 0) {
            throw new ForeignException();
        }
        return new Part(program.size() - 1, 1, 0, false);
    }

    private Part repeated(Part part) {
        char c = at < in.length() ? in.charAt(at) : 0;
        if ("*+?".indexOf(c) < 0) {
            if (c == '{') {
                throw new ForeignException();
            }
            return part;
        }
        at++;
        if (in.startsWith("?", at)) {
            at++; // whether long or short is tried first
        }
        if (at < in.length() && "*+?{".indexOf(in.charAt(at)) >= 0) {
            throw new ForeignException();
        }
        if (c == '?') {
            insert(part.from(), new Instruction.Fork(part.from() + 1, program.size() + 1));
            return new Part(part.from(), 1 + part.ways(), part.stars(), false);
        }
        if (!part.isOne()) {
            // laid over a text in more ways than anybody can try
            throw new ForeignException();
        }
        if (c == '*') {
            insert(part.from(), new Instruction.Fork(part.from() + 1, part.from() + 3));
            add(new Instruction.Fork(part.from(), part.from()));
        } else {
            add(new Instruction.Fork(part.from(), part.from() + 2));
        }
        return new Part(part.from(), 1, 1, false);
    }
}
