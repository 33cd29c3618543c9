package docrootaudit.server.nginx;

import java.util.List;
import java.util.Optional;

/** A step of the rewrite phase, in the order of the configuration. */
sealed interface Instruction {
    Directive directive();

    /** {@code set}. */
    record Set(Directive directive, String variable, Template value) implements Instruction {}

    /**
     * {@code rewrite}.
     *
     * @param redirect the status that the visitor is sent elsewhere with; empty to go on here
     */
    record Rewrite(
            Directive directive,
            Regex pattern,
            Template replacement,
            Then then,
            Optional<Integer> redirect,
            Arguments arguments)
            implements Instruction {}

    /** What follows a rewrite. */
    enum Then {
        NEXT,
        LAST,
        BREAK
    }

    /** What becomes of the request's arguments. */
    enum Arguments {
        KEPT,
        DROPPED
    }

    /** {@code return}. */
    record Return(Directive directive, int code, Template text) implements Instruction {}

    /** {@code break}. */
    record Break(Directive directive) implements Instruction {}

    /**
     * {@code if}.
     *
     * @param place what holds from then on; empty on the level of a server
     */
    record If(Directive directive, Condition condition, List<Instruction> body, Optional<Location> place)
            implements Instruction {}
}
