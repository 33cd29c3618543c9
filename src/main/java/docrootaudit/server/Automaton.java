package docrootaudit.server;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An expression that is looked for with one look at each character: a deterministic automaton, made of it as texts need
 * its states (K. Thompson, <i>Regular Expression Search Algorithm</i>, 1968). It can stop in the middle of a text and go
 * on with many others: the names in a directory. States are numbers; an odd one means that the expression is in the text
 * if it ends here, which must not be where it begins. Safe for several threads.
 */
final class Automaton {
    /** It is in the text, whatever follows. */
    static final int FOUND = 1;

    /** It is not, whatever follows. */
    static final int LOST = 2;

    /** This cannot tell: of a text with a newline, or of an expression that has too many states. */
    static final int UNKNOWN = 0;

    /** A row of 256 numbers each. */
    private static final int MOST_STATES = 256;

    private static final int CHARACTERS = 256;

    private final RegularExpression expression;
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final BitSet[] states = new BitSet[MOST_STATES];
    /**
     * The state after a character, one more than its number; zero where it was not made yet. Read without a lock: a zero
     * that another thread has replaced meanwhile is made again, and comes out the same.
     */
    private final int[][] next = new int[MOST_STATES][];

    private final BitSet again;
    private final int start;
    private final int longest;
    private int made = (LOST >> 1) + 1;

    private Automaton(RegularExpression expression, int longest) {
        this.expression = expression;
        this.longest = longest;
        this.again = expression.from(List.of(0), RegularExpression.Place.INSIDE);
        this.start = number(expression.from(List.of(0), RegularExpression.Place.BEGINNING));
        next[UNKNOWN >> 1] = filled(UNKNOWN);
        next[LOST >> 1] = filled(LOST);
    }

    private static int[] filled(int state) {
        int[] row = new int[CHARACTERS];
        Arrays.fill(row, state + 1);
        return row;
    }

    /**
     * Of an expression as Java spells it, which it compiles; empty where it is none of those, or looks behind, ahead or
     * back at what it has found.
     *
     * @param mostSteps beyond them who matches by trial gives up
     */
    static Optional<Automaton> of(String java, int flags, int mostSteps) {
        return RegularExpression.parse(java, flags).map(e -> new Automaton(e, e.longest(mostSteps)));
    }

    /** The longest text on which who matches by trial is sure to come to the same. */
    int longest() {
        return longest;
    }

    /** Before the first character. */
    int start() {
        return start;
    }

    /** After these characters, which come next. */
    int run(int from, String text) {
        int state = from;
        for (int i = 0; i < text.length(); i++) {
            state = step(state, text.charAt(i));
        }
        return state;
    }

    /** After these bytes, which come next. */
    int run(int from, byte[] text) {
        int state = from;
        for (byte b : text) {
            state = step(state, b & 0xff);
        }
        return state;
    }

    static boolean isIn(int state) {
        return (state & 1) != 0;
    }

    private int step(int state, int c) {
        if (state == FOUND) {
            return FOUND;
        }
        int[] row = next[state >> 1];
        int known = row == null ? 0 : row[c];
        return known != 0 ? known - 1 : make(state, c);
    }

    private synchronized int make(int state, int c) {
        // the servers' dollar may stand before a last newline
        int to = c == '\n' ? UNKNOWN : after(states[state >> 1], c);
        if (next[state >> 1] == null) {
            next[state >> 1] = new int[CHARACTERS];
        }
        next[state >> 1][c] = to + 1;
        return to;
    }

    private int after(BitSet state, int c) {
        BitSet reached = expression.after(state, c);
        reached.or(again);
        return number(reached);
    }

    private int number(BitSet state) {
        if (expression.isFound(state)) {
            return FOUND;
        } else if (state.isEmpty()) {
            return LOST;
        }
        Integer known = numbers.get(state);
        if (known != null) {
            return known;
        } else if (made == MOST_STATES) {
            return UNKNOWN;
        }
        states[made] = state;
        int number = 2 * made++ + (expression.isFoundAtEnd(state) ? 1 : 0);
        numbers.put(state, number);
        return number;
    }
}
