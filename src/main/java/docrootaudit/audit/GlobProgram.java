package docrootaudit.audit;

import java.util.List;

/**
 * A compiled pattern: a nondeterministic automaton, run with all its states at once (Thompson, "Regular Expression
 * Search Algorithm", CACM 1968), so that no pattern and no name makes it go back.
 *
 * @param code ends with {@link Op.Done}
 * @param literalHead what every match begins with
 * @param literalPart what every match holds within one name
 * @param literalTail what every match ends with, as long as nothing below it is looked at
 */
record GlobProgram(List<Op> code, String literalHead, String literalPart, String literalTail) {
    /** One state. */
    sealed interface Op {
        /** Takes one symbol. */
        record Take(SymbolSet set) implements Op {}

        /** Takes any number of symbols, none included. */
        record TakeMany(SymbolSet set) implements Op {}

        /** Goes on here and there. */
        record Fork(int there) implements Op {}

        record Done() implements Op {}
    }

    /** Some symbols out of all. */
    @FunctionalInterface
    interface SymbolSet {
        SymbolSet ALL = symbol -> true;
        SymbolSet NAME = symbol -> symbol != Symbols.SLASH;

        boolean contains(int symbol);

        static SymbolSet only(int symbol) {
            return other -> other == symbol;
        }
    }

    GlobProgram {
        code = List.copyOf(code);
    }

    /** Whether the path or a directory above it matches. */
    boolean matches(int[] path) {
        return new Run(code).over(path);
    }

    /** One path's way through the states. */
    static final class Run {
        private final Op[] code;
        private States now;
        private States next;
        private final int[] pending;
        private boolean done;
        private long steps;

        Run(List<Op> code) {
            this.code = code.toArray(Op[]::new);
            this.now = new States(code.size());
            this.next = new States(code.size());
            this.pending = new int[2 * code.size() + 1];
        }

        boolean over(int[] path) {
            enter(now, 0);
            for (int symbol : path) {
                if (done && symbol == Symbols.SLASH) {
                    return true;
                }
                done = false;
                next.clear();
                for (int i = 0; i < now.size; i++) {
                    step(now.states[i], symbol);
                }
                States before = now;
                now = next;
                next = before;
                if (now.size == 0) {
                    return false;
                }
            }
            return done;
        }

        /** How many times a state was looked at. */
        long steps() {
            return steps;
        }

        private void step(int state, int symbol) {
            steps++;
            Op op = code[state];
            if (op instanceof Op.Take take) {
                if (take.set().contains(symbol)) {
                    enter(next, state + 1);
                }
            } else if (op instanceof Op.TakeMany many && many.set().contains(symbol)) {
                enter(next, state);
            }
        }

        /** Adds a state and all that can be had from it for nothing. */
        private void enter(States states, int first) {
            int depth = 0;
            pending[depth++] = first;
            while (depth > 0) {
                int state = pending[--depth];
                if (!states.add(state)) {
                    continue;
                }
                steps++;
                Op op = code[state];
                if (op instanceof Op.Fork fork) {
                    pending[depth++] = fork.there();
                    pending[depth++] = state + 1;
                } else if (op instanceof Op.TakeMany) {
                    pending[depth++] = state + 1;
                } else if (op instanceof Op.Done) {
                    done = true;
                }
            }
        }
    }

    /** A set of states that is emptied at no cost (Briggs and Torczon's sparse set). */
    private static final class States {
        private final int[] states;
        private final int[] place;
        private int size;

        States(int capacity) {
            states = new int[capacity];
            place = new int[capacity];
        }

        boolean add(int state) {
            if (place[state] < size && states[place[state]] == state) {
                return false;
            }
            place[state] = size;
            states[size++] = state;
            return true;
        }

        void clear() {
            size = 0;
        }
    }
}
