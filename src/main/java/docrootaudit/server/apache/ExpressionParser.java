package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import docrootaudit.server.apache.Expression.Node;
import docrootaudit.server.apache.Expression.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the language of {@code ap_expr}, as server/util_expr_scan.l and server/util_expr_parse.y of httpd 2.4 have it: words
 * are of lower case, an expression in slashes takes the flag i alone, operators with names have a dash.
 */
final class ExpressionParser {
    private static final int DEEPEST = 50;

    /** Operators on numbers need no dash; those with a dash are of lower case too. */
    private static final Set<String> NUMERIC = Set.of("eq", "ne", "lt", "le", "gt", "ge");

    /** {@code binary_op_providers} in server/util_expr_eval.c. */
    private static final Set<String> BINARY = Set.of("ipmatch", "strmatch", "strcmatch", "fnmatch");

    /** {@code unary_op_providers}. */
    private static final String UNARY = "nzRTdefsLhxFUA";

    /** {@code string_func_providers}, without {@code file}, which no tenant may call. */
    private static final Set<String> FUNCTIONS = Set.of(
            "osenv",
            "env",
            "req",
            "http",
            "req_novary",
            "note",
            "reqenv",
            "resp",
            "tolower",
            "toupper",
            "escape",
            "unescape",
            "filesize",
            "filemod",
            "base64",
            "unbase64",
            "sha1",
            "md5",
            "ldap");

    private static final Set<String> RESERVED =
            Set.of("true", "false", "and", "or", "not", "in", "eq", "ne", "lt", "le", "gt", "ge");

    /** {@code REG_SEP}: what may stand around a regular expression behind an m. */
    private static final String SEPARATORS = "/#$%^|?!'\",;:._-";

    private final Directive line;
    private final String in;
    private int at;
    private int depth;
    private boolean asksUser;
    private boolean tooDeep;

    ExpressionParser(Directive line, String in) {
        this.line = line;
        this.in = in;
    }

    boolean asksUser() {
        return asksUser;
    }

    /** Whether it is not read because of its depth alone. */
    boolean isTooDeep() {
        return tooDeep;
    }

    /** A condition; empty if it is none. */
    Optional<Node> condition() {
        try {
            Node node = or();
            space();
            return at == in.length() ? Optional.of(node) : Optional.empty();
        } catch (Invalid e) {
            return Optional.empty();
        }
    }

    /** A text with variables in it; empty if it is none. */
    Optional<Word> text() {
        try {
            return Optional.of(interpolated((char) 0));
        } catch (Invalid e) {
            return Optional.empty();
        }
    }

    private static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Invalid() {
            super("no expression", null, false, false);
        }
    }

    private void descend() {
        if (++depth > DEEPEST) {
            tooDeep = true;
            throw new Invalid();
        }
    }

    private Node or() {
        descend();
        Node left = and();
        while (take("||") || takeWord("or")) {
            left = new Node.Or(left, and());
        }
        depth--;
        return left;
    }

    private Node and() {
        Node left = not();
        while (take("&&") || takeWord("and")) {
            left = new Node.And(left, not());
        }
        return left;
    }

    private Node not() {
        boolean negated = false;
        while (takeNot()) {
            negated = !negated;
        }
        Node node = primary();
        return negated ? new Node.Not(node) : node;
    }

    private boolean takeNot() {
        space();
        boolean operator = in.startsWith("!=", at) || in.startsWith("!~", at);
        return (!operator && take("!")) || takeWord("not");
    }

    private Node primary() {
        if (take("(")) {
            Node inner = or();
            expect(")");
            return inner;
        }
        if (takeWord("true")) {
            return new Node.Constant(true);
        } else if (takeWord("false")) {
            return new Node.Constant(false);
        }
        return isUnary() ? unary() : comparison(word());
    }

    /** A dash and one letter, whatever follows that is no part of a name. */
    private boolean isUnary() {
        return at + 1 < in.length()
                && in.charAt(at) == '-'
                && isName(in.charAt(at + 1))
                && !Character.isDigit(in.charAt(at + 1))
                && (at + 2 == in.length() || !isName(in.charAt(at + 2)));
    }

    private Node unary() {
        char operator = in.charAt(at + 1);
        at += 2;
        if (UNARY.indexOf(operator) < 0) {
            throw new Invalid();
        }
        return new Node.Test(operator, operator == 'R' ? network() : word());
    }

    private Node comparison(Word left) {
        space();
        if (take("=~")) {
            return regex(left, false);
        } else if (take("!~")) {
            return regex(left, true);
        }
        for (String operator : List.of("==", "!=", "<=", ">=", "=", "<", ">")) {
            if (take(operator)) {
                return new Node.Compare(operator.equals("=") ? "==" : operator, left, word());
            }
        }
        boolean dash = take("-");
        String operator = name();
        if (operator.equals("in")) {
            return list(left);
        } else if (NUMERIC.contains(operator)) {
            return new Node.Compare(operator, left, word());
        }
        String named = operator.toLowerCase(Locale.ROOT);
        if (!dash || !BINARY.contains(named)) {
            throw new Invalid();
        }
        return new Node.Compare(named, left, named.equals("ipmatch") ? network() : word());
    }

    /** {@code subnet_parse_arg()}: a constant text, and a network. */
    private Word network() {
        space();
        boolean quoted = peek() == '"' || peek() == '\'';
        Word word = word();
        if (!quoted
                || !(word instanceof Word.Literal literal)
                || Subnet.parse(literal.text()).isEmpty()) {
            throw new Invalid();
        }
        return word;
    }

    private Node list(Word left) {
        if (!take("{")) {
            // the one function that returns a list, mod_ssl's
            if (!name().equalsIgnoreCase("PeerExtList")) {
                throw new Invalid();
            }
            expect("(");
            word();
            expect(")");
            return new Node.Unknown("PeerExtList");
        }
        List<Word> words = new ArrayList<>();
        do {
            words.add(word());
        } while (take(","));
        expect("}");
        return new Node.In(left, words);
    }

    private Node regex(Word left, boolean negated) {
        space();
        char open = peek();
        if (open == 'm') {
            at++;
            open = peek();
        } else if (open != '/') {
            throw new Invalid();
        }
        int end = in.indexOf(open, at + 1);
        if (end < 0 || SEPARATORS.indexOf(open) < 0) {
            throw new Invalid();
        }
        String pattern = in.substring(at + 1, end);
        at = end + 1;
        boolean caseless = at < in.length() && in.charAt(at) == 'i';
        at += caseless ? 1 : 0;
        if (Pcre.isInvalid(pattern)) {
            throw new Invalid();
        }
        Optional<Pcre> compiled = caseless ? Pcre.httpd(pattern, Pcre.Option.CASELESS) : Pcre.httpd(pattern);
        return new Node.Matches(left, compiled, negated);
    }

    private Word word() {
        descend();
        List<Word> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (take("."));
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Word.Join(parts);
    }

    private Word part() {
        space();
        char c = peek();
        if (c == '"' || c == '\'') {
            at++;
            Word text = interpolated(c);
            at++;
            return text;
        } else if (c == '%') {
            return variable();
        } else if (c == '$' && at + 1 < in.length() && isDigit(in.charAt(at + 1))) {
            at += 2;
            return new Word.BackReference(in.charAt(at - 1) - '0');
        } else if (isDigit(c) || c == '-') {
            int from = at++;
            while (at < in.length() && isDigit(in.charAt(at))) {
                at++;
            }
            if (at == from + 1 && c == '-') {
                throw new Invalid();
            }
            return new Word.Literal(in.substring(from, at));
        }
        String function = name();
        if (RESERVED.contains(function)) {
            throw new Invalid();
        }
        expect("(");
        Word argument = word();
        expect(")");
        return call(function, argument);
    }

    /** Text up to a quote, or to the end, with variables and back references in it; what ends it is left. */
    private Word interpolated(char stop) {
        List<Word> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (at < in.length() && (stop == 0 || in.charAt(at) != stop)) {
            char c = in.charAt(at);
            if (c == '\\' && at + 1 < in.length()) {
                at++;
                literal.append(escaped());
            } else if (in.startsWith("%{", at)) {
                flush(literal, parts);
                parts.add(variable());
            } else if (c == '$' && at + 1 < in.length() && isDigit(in.charAt(at + 1))) {
                flush(literal, parts);
                parts.add(new Word.BackReference(in.charAt(at + 1) - '0'));
                at += 2;
            } else if (c == '\n') {
                throw new Invalid();
            } else {
                literal.append(c);
                at++;
            }
        }
        if (stop != 0 && at >= in.length()) {
            throw new Invalid();
        }
        flush(literal, parts);
        return parts.size() == 1 ? parts.get(0) : new Word.Join(parts);
    }

    /** What a backslash and the character here stand for. */
    private char escaped() {
        char c = in.charAt(at++);
        int octal = c - '0';
        if (octal < 0 || octal > 9) {
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                default -> c;
            };
        }
        for (int digits = 1; digits < 3 && at < in.length() && isDigit(in.charAt(at)); digits++) {
            octal = octal > 255 || in.charAt(at) > '7' ? 256 : octal * 8 + in.charAt(at) - '0';
            at++;
        }
        if (c > '7' || octal > 255) {
            throw new Invalid();
        }
        return (char) octal;
    }

    private static void flush(StringBuilder literal, List<Word> parts) {
        if (literal.length() > 0) {
            parts.add(new Word.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private Word variable() {
        descend();
        if (!in.startsWith("%{", at)) {
            throw new Invalid();
        }
        at += 2;
        int from = at;
        while (isName(peek())) {
            at++;
        }
        String name = in.substring(from, at);
        Word word;
        if (peek() == ':') {
            at++;
            word = call(name, interpolated('}'));
        } else {
            if (!Variables.isKnownToExpressions(name)) {
                throw new Invalid();
            }
            asksUser |= name.equalsIgnoreCase("REMOTE_USER");
            word = new Word.Variable(name);
        }
        if (peek() != '}') {
            throw new Invalid();
        }
        at++;
        depth--;
        return word;
    }

    private Word call(String name, Word argument) {
        String function = name.toLowerCase(Locale.ROOT);
        if (!FUNCTIONS.contains(function) && (line.isTenants() || !function.equals("file"))) {
            throw new Invalid();
        }
        return new Word.Call(function, argument);
    }

    private String name() {
        String name = peekName();
        if (name.isEmpty()) {
            throw new Invalid();
        }
        at += name.length();
        return name;
    }

    private String peekName() {
        space();
        int end = at;
        while (end < in.length() && isName(in.charAt(end))) {
            end++;
        }
        return end > at && isDigit(in.charAt(at)) ? "" : in.substring(at, end);
    }

    private static boolean isName(char c) {
        return c == '_' || isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private char peek() {
        if (at >= in.length()) {
            throw new Invalid();
        }
        return in.charAt(at);
    }

    private boolean take(String token) {
        space();
        if (in.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private boolean takeWord(String word) {
        if (peekName().equals(word)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new Invalid();
        }
    }

    private void space() {
        while (at < in.length() && Words.isSpace(in.charAt(at))) {
            at++;
        }
    }
}
