package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code Require} lines and their containers ask for (mod_authz_core). */
sealed interface Requirement {
    /** The methods that it is about. */
    MethodSet limited();

    /** Whether it is turned around. */
    boolean negated();

    /**
     * One {@code Require}.
     *
     * @param provider in lower case: all, ip, user …
     * @param arguments what is behind it
     */
    record Test(
            Directive line,
            boolean negated,
            String provider,
            String arguments,
            Optional<Expression> expression,
            MethodSet limited)
            implements Requirement {}

    /** {@code RequireAll} (AND), {@code RequireAny} (OR), {@code RequireNone} (OR, negated). */
    record Group(Operator operator, boolean negated, List<Requirement> children, MethodSet limited)
            implements Requirement {
        public Group {
            children = List.copyOf(children);
        }
    }

    /** How the children of a group are joined. */
    enum Operator {
        AND,
        OR
    }

    /** A group that is still being read ({@code add_authz_provider()}, {@code add_authz_section()}). */
    final class Builder {
        private final Operator operator;
        private final boolean negated;
        private final List<Requirement> children = new ArrayList<>();
        private MethodSet limited = new MethodSet(Set.of(), MethodSet.Kind.THESE);

        Builder(Operator operator, boolean negated) {
            this.operator = operator;
            this.negated = negated;
        }

        boolean isEmpty() {
            return children.isEmpty();
        }

        Operator operator() {
            return operator;
        }

        void add(Requirement child) {
            limited = limited.or(child.limited());
            if (child instanceof Group group && !group.negated() && group.operator() == operator) {
                children.addAll(group.children());
            } else {
                children.add(child);
            }
        }

        Group build() {
            return new Group(operator, negated, children, limited);
        }
    }
}
