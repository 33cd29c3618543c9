package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.List;
import java.util.Optional;

/**
 * An expression of {@code ap_expr} (server/util_expr_parse.y), read.
 *
 * @param root what it says; empty if it is not understood here
 * @param isInvalid whether it is no expression at all
 * @param asksUser whether it asks who the user is: then a denial may change once he is known
 */
record Expression(Directive line, Optional<Node> root, Optional<Word> text, boolean asksUser, boolean isInvalid) {
    /** Something that is true or false. */
    sealed interface Node {
        record Constant(boolean value) implements Node {}

        record Not(Node inner) implements Node {}

        record And(Node left, Node right) implements Node {}

        record Or(Node left, Node right) implements Node {}

        /** Two words compared; the operator as written, without a dash where it has one. */
        record Compare(String operator, Word left, Word right) implements Node {}

        record Matches(Word word, Optional<Pcre> pattern, boolean negated) implements Node {}

        /** {@code -f word} and kin. */
        record Test(char operator, Word word) implements Node {}

        record In(Word word, List<Word> list) implements Node {}

        /** Something with an answer that is not known here. */
        record Unknown(String what) implements Node {}
    }

    /** Something that is a text. */
    sealed interface Word {
        record Literal(String text) implements Word {}

        record Variable(String name) implements Word {}

        record Call(String function, Word argument) implements Word {}

        record BackReference(int group) implements Word {}

        record Join(List<Word> parts) implements Word {}
    }

    /** Reads a condition. */
    static Expression condition(Directive line, String text) {
        ExpressionParser parser = new ExpressionParser(line, text);
        Optional<Node> root = parser.condition();
        boolean invalid = root.isEmpty() && !parser.isTooDeep();
        return new Expression(line, root, Optional.empty(), parser.asksUser(), invalid);
    }

    /** Reads a text with variables in it, as {@code SetHandler} and {@code Redirect} may have one. */
    static Expression text(Directive line, String text) {
        ExpressionParser parser = new ExpressionParser(line, text);
        Optional<Word> word = parser.text();
        boolean invalid = word.isEmpty() && !parser.isTooDeep();
        return new Expression(line, Optional.empty(), word, parser.asksUser(), invalid);
    }

    /**
     * This, as a directive that is read has it.
     *
     * @throws BadDirectiveException if it is none and a tenant's; the server has accepted those of its own configuration
     */
    Expression accepted() throws BadDirectiveException {
        if (isInvalid && line.isTenants()) {
            throw new BadDirectiveException(line, line.word() + " has an expression that the server cannot read");
        }
        return this;
    }
}
