package docrootaudit.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * An expression in Java's spelling that is regular in the strict sense, as a program for a machine that is in many places
 * at once: each instruction looks at a character, or goes on to one or two others. Places are numbers of instructions.
 */
final class RegularExpression {
    /** Longer programs are not worth their states. */
    static final int LONGEST_PROGRAM = 2000;

    private static final int LONGEST_TEXT = 2000;

    private final List<Instruction> program;
    private final double ways;
    private final boolean isAnchored;
    private final int stars;

    /** Where in the text a place is reached. */
    enum Place {
        BEGINNING,
        INSIDE,
        END
    }

    /** What the machine does. */
    sealed interface Instruction {
        /** Goes on to the next instruction over one of these characters. */
        record Take(BitSet characters) implements Instruction {}

        /** Goes on to both. */
        record Fork(int one, int other) implements Instruction {}

        /** Goes on to the next instruction at one place of a text only. */
        record Only(Place place) implements Instruction {}

        /** It is found. */
        record Found() implements Instruction {}
    }

    /**
     * @param ways in how many ways its parts can be laid over a text at most, those aside that have a star
     * @param stars the parts that each may be laid over as many places as the text has
     */
    RegularExpression(List<Instruction> program, double ways, int stars) {
        this.program = List.copyOf(program);
        this.ways = ways;
        this.stars = stars;
        this.isAnchored = from(List.of(0), Place.INSIDE).isEmpty();
    }

    /** Reads it; empty if it is not regular, or may be laid over a text in too many ways. */
    static Optional<RegularExpression> parse(String java, int flags) {
        return new RegularParser(java, flags).expression();
    }

    /** The longest text that is matched by trial in so many steps, whatever it is. */
    int longest(int steps) {
        int length = 0;
        while (length < LONGEST_TEXT && trials(length + 1) <= steps) {
            length++;
        }
        return length;
    }

    private double trials(int length) {
        double starts = isAnchored ? 1 : length + 1.0;
        return starts * ways * Math.pow(length + 1.0, stars) * (length + program.size());
    }

    /** The places that are reached from others without a look at a character. */
    BitSet from(List<Integer> places, Place at) {
        BitSet reached = new BitSet();
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(places);
        while (!open.isEmpty()) {
            int place = open.pop();
            if (seen.get(place)) {
                continue;
            }
            seen.set(place);
            if (program.get(place) instanceof Instruction.Fork fork) {
                open.push(fork.one());
                open.push(fork.other());
            } else if (program.get(place) instanceof Instruction.Only only && only.place() == at) {
                open.push(place + 1);
            } else if (!(program.get(place) instanceof Instruction.Only only) || only.place() == Place.END) {
                reached.set(place);
            }
        }
        return reached;
    }

    /** The places that are reached from others over a character. */
    BitSet after(BitSet places, int character) {
        List<Integer> over = new ArrayList<>();
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            if (program.get(place) instanceof Instruction.Take take
                    && take.characters().get(character)) {
                over.add(place + 1);
            }
        }
        return from(over, Place.INSIDE);
    }

    boolean isFound(BitSet places) {
        return places.get(program.size() - 1);
    }

    /** Whether it is found if the text ends here. */
    boolean isFoundAtEnd(BitSet places) {
        return isFound(from(places.stream().boxed().toList(), Place.END));
    }
}
