package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import docrootaudit.server.apache.Expression.Node;
import docrootaudit.server.apache.Expression.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the language of {@code ap_expr}; what is not of it is not understood, and said so by an empty answer. */
final class ExpressionParser {
    private static final int DEEPEST = 50;
    private static final Set<String> COMPARISONS =
            Set.of("eq", "ne", "lt", "le", "gt", "ge", "ipmatch", "strmatch", "strcmatch", "fnmatch");

    private final String in;
    private int at;
    private int depth;
    private boolean asksUser;

    ExpressionParser(String in) {
        this.in = in;
    }

    boolean asksUser() {
        return asksUser;
    }

    Optional<Node> condition() {
        try {
            Node node = or();
            space();
            return at == in.length() ? Optional.of(node) : Optional.empty();
        } catch (NotUnderstood e) {
            return Optional.empty();
        }
    }

    Optional<Word> text() {
        try {
            return Optional.of(interpolated((char) 0));
        } catch (NotUnderstood e) {
            return Optional.empty();
        }
    }

    private static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotUnderstood() {
            super("not understood", null, false, false);
        }
    }

    private Node or() {
        if (++depth > DEEPEST) {
            throw new NotUnderstood();
        }
        Node left = and();
        while (take("||")) {
            left = new Node.Or(left, and());
        }
        depth--;
        return left;
    }

    private Node and() {
        Node left = not();
        while (take("&&")) {
            left = new Node.And(left, not());
        }
        return left;
    }

    private Node not() {
        boolean negated = false;
        space();
        while (at < in.length() && in.charAt(at) == '!' && !in.startsWith("!=", at) && !in.startsWith("!~", at)) {
            negated = !negated;
            at++;
            space();
        }
        Node node = primary();
        return negated ? new Node.Not(node) : node;
    }

    private Node primary() {
        space();
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
        if (at + 2 < in.length() && in.charAt(at) == '-' && Words.isSpace(in.charAt(at + 2))) {
            char operator = in.charAt(at + 1);
            at += 2;
            return new Node.Test(operator, word());
        }
        Word left = word();
        return comparison(left);
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
        if (takeWord("in")) {
            return list(left);
        }
        if (take("-")) {
            String operator = name().toLowerCase(Locale.ROOT);
            if (operator.equals("in")) {
                return list(left);
            } else if (COMPARISONS.contains(operator)) {
                return new Node.Compare(operator, left, word());
            }
            throw new NotUnderstood();
        }
        String operator = peekName().toLowerCase(Locale.ROOT);
        if (COMPARISONS.contains(operator)) {
            name();
            return new Node.Compare(operator, left, word());
        }
        throw new NotUnderstood();
    }

    private Node list(Word left) {
        space();
        if (!take("{")) {
            // a function that returns a list: PeerExtList
            String function = name();
            expect("(");
            word();
            expect(")");
            return new Node.Unknown(function);
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
        if (open == 'm' && at + 1 < in.length()) {
            at++;
            open = peek();
        } else if (open != '/') {
            throw new NotUnderstood();
        }
        int end = in.indexOf(open, at + 1);
        if (end < 0) {
            throw new NotUnderstood();
        }
        String pattern = in.substring(at + 1, end);
        at = end + 1;
        boolean caseless = false;
        while (at < in.length() && "imsxUg".indexOf(in.charAt(at)) >= 0) {
            caseless |= in.charAt(at++) == 'i';
        }
        Optional<Pcre> compiled = caseless ? Pcre.httpd(pattern, Pcre.Option.CASELESS) : Pcre.httpd(pattern);
        return new Node.Matches(left, compiled, negated);
    }

    private Word word() {
        List<Word> parts = new ArrayList<>();
        parts.add(part());
        space();
        while (at < in.length() && in.charAt(at) == '.') {
            at++;
            parts.add(part());
            space();
        }
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
        } else if (c == '$' && at + 1 < in.length() && Character.isDigit(in.charAt(at + 1))) {
            at += 2;
            return new Word.BackReference(in.charAt(at - 1) - '0');
        } else if (Character.isDigit(c) || c == '-') {
            int from = at++;
            while (at < in.length() && Character.isDigit(in.charAt(at))) {
                at++;
            }
            if (at == from + 1 && c == '-') {
                throw new NotUnderstood();
            }
            return new Word.Literal(in.substring(from, at));
        }
        String function = name();
        expect("(");
        Word argument = word();
        expect(")");
        return call(function, argument);
    }

    /** Text up to a quote, or to the end, with variables and back references in it. */
    private Word interpolated(char quote) {
        List<Word> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (at < in.length() && (quote == 0 || in.charAt(at) != quote)) {
            char c = in.charAt(at);
            if (c == '\\' && at + 1 < in.length()) {
                char escaped = in.charAt(at + 1);
                literal.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> escaped;
                        });
                at += 2;
            } else if (in.startsWith("%{", at)) {
                flush(literal, parts);
                parts.add(variable());
            } else if (c == '$' && at + 1 < in.length() && Character.isDigit(in.charAt(at + 1))) {
                flush(literal, parts);
                parts.add(new Word.BackReference(in.charAt(at + 1) - '0'));
                at += 2;
            } else {
                literal.append(c);
                at++;
            }
        }
        if (quote != 0 && at >= in.length()) {
            throw new NotUnderstood();
        }
        flush(literal, parts);
        return parts.size() == 1 ? parts.get(0) : new Word.Join(parts);
    }

    private static void flush(StringBuilder literal, List<Word> parts) {
        if (literal.length() > 0) {
            parts.add(new Word.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private Word variable() {
        expect("%{");
        int end = in.indexOf('}', at);
        if (end < 0) {
            throw new NotUnderstood();
        }
        String name = in.substring(at, end);
        int colon = name.indexOf(':');
        if (colon >= 0 && name.indexOf("%{") < 0) {
            at = end + 1;
            return call(name.substring(0, colon), new Word.Literal(name.substring(colon + 1)));
        } else if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new NotUnderstood();
        }
        at = end + 1;
        asksUser |= name.equalsIgnoreCase("REMOTE_USER");
        return new Word.Variable(name);
    }

    private static Word call(String function, Word argument) {
        return new Word.Call(function.toLowerCase(Locale.ROOT), argument);
    }

    private String name() {
        String name = peekName();
        if (name.isEmpty()) {
            throw new NotUnderstood();
        }
        at += name.length();
        return name;
    }

    private String peekName() {
        space();
        int end = at;
        while (end < in.length() && (Character.isLetterOrDigit(in.charAt(end)) || in.charAt(end) == '_')) {
            end++;
        }
        return in.substring(at, end);
    }

    private char peek() {
        if (at >= in.length()) {
            throw new NotUnderstood();
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
        if (peekName().equalsIgnoreCase(word)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new NotUnderstood();
        }
    }

    private void space() {
        while (at < in.length() && Words.isSpace(in.charAt(at))) {
            at++;
        }
    }
}
