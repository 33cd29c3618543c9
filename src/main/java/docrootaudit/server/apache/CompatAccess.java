package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code Order}, {@code Allow}, {@code Deny} and {@code Satisfy} of one section (mod_access_compat). There is no
 * merging: a section that says anything of them says everything.
 */
final class CompatAccess {
    /** {@code Order}. */
    enum Order {
        DENY_ALLOW,
        ALLOW_DENY,
        MUTUAL_FAILURE
    }

    /** One {@code Allow from} or {@code Deny from}, word by word. */
    record Rule(Directive line, String what, MethodSet limited) {}

    private record Ordered(Directive line, Order order, MethodSet limited) {}

    private record Satisfied(boolean any, MethodSet limited) {}

    private final List<Ordered> orders = new ArrayList<>();
    private final List<Satisfied> satisfied = new ArrayList<>();
    private final List<Rule> allows = new ArrayList<>();
    private final List<Rule> denies = new ArrayList<>();

    List<Rule> allows() {
        return allows;
    }

    List<Rule> denies() {
        return denies;
    }

    Order order(String method) {
        Order order = Order.DENY_ALLOW;
        for (Ordered one : orders) {
            order = one.limited().contains(method) ? one.order() : order;
        }
        return order;
    }

    Optional<Directive> orderLine(String method) {
        Optional<Directive> line = Optional.empty();
        for (Ordered one : orders) {
            line = one.limited().contains(method) ? Optional.of(one.line()) : line;
        }
        return line;
    }

    /** Whether either the address or the user is enough. */
    boolean satisfiesAny(String method) {
        boolean any = false;
        for (Satisfied one : satisfied) {
            any = one.limited().contains(method) ? one.any() : any;
        }
        return any;
    }

    void order(Directive line, MethodSet limited) throws BadDirectiveException {
        Order order = switch (line.args().replaceAll("\\s+", "").toLowerCase(Locale.ROOT)) {
            case "deny,allow" -> Order.DENY_ALLOW;
            case "allow,deny" -> Order.ALLOW_DENY;
            case "mutual-failure" -> Order.MUTUAL_FAILURE;
            default -> throw new BadDirectiveException(line, "Order is not understood by the server");
        };
        if (line.words().size() != 1) {
            throw new BadDirectiveException(line, "Order takes one argument");
        }
        orders.add(new Ordered(line, order, limited));
    }

    void satisfy(Directive line, MethodSet limited) throws BadDirectiveException {
        boolean any = line.first().equalsIgnoreCase("any");
        if (!any && !line.first().equalsIgnoreCase("all")) {
            throw new BadDirectiveException(line, "Satisfy is either all or any");
        }
        satisfied.add(new Satisfied(any, limited));
    }

    void rule(Directive line, MethodSet limited) throws BadDirectiveException {
        List<String> words = line.words();
        if (words.size() < 2 || !words.get(0).equalsIgnoreCase("from")) {
            throw new BadDirectiveException(line, line.word() + " must be followed by 'from'");
        }
        for (String word : words.subList(1, words.size())) {
            check(line, word);
            (line.is("allow") ? allows : denies).add(new Rule(line, word, limited));
        }
    }

    /** {@code allow_cmd()}: what has a slash is a network, and nothing is a comment. */
    private static void check(Directive line, String word) throws BadDirectiveException {
        boolean variable = word.regionMatches(true, 0, "env=", 0, 4);
        if (!variable && word.contains("/") && Subnet.parse(word).isEmpty()) {
            throw new BadDirectiveException(line, line.word() + " is given what is no network");
        } else if (!variable && word.contains("#")) {
            throw new BadDirectiveException(line, line.word() + " takes no comment behind it");
        }
    }
}
