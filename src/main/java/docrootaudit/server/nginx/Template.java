package docrootaudit.server.nginx;

import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A text with variables and captures in it, as {@code ngx_http_script_compile()} reads it. */
final class Template {
    private static final int MAX_LENGTH = 1 << 20;

    private final List<Part> parts;
    private final String source;

    /** A piece of text, or the name of a variable; a capture is a variable named by its digit. */
    private record Part(String text, boolean variable) {}

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    static Template of(String source, Source where) throws ConfigSyntaxException {
        List<Part> parts = new ArrayList<>();
        int literal = 0;
        int at = 0;
        while (at < source.length()) {
            if (source.charAt(at) != '$') {
                at++;
                continue;
            }
            addLiteral(parts, source, literal, at);
            at++;
            boolean braces = at < source.length() && source.charAt(at) == '{';
            int start = braces ? at + 1 : at;
            int end = start;
            if (!braces && at < source.length() && source.charAt(at) >= '1' && source.charAt(at) <= '9') {
                end = start + 1;
            } else {
                while (end < source.length() && isNameCharacter(source.charAt(end))) {
                    end++;
                }
            }
            if (braces && (end >= source.length() || source.charAt(end) != '}')) {
                throw new ConfigSyntaxException(Optional.of(where), "a variable's closing bracket is missing");
            }
            if (end == start) {
                throw new ConfigSyntaxException(Optional.of(where), "invalid variable name");
            }
            parts.add(new Part(source.substring(start, end), true));
            at = braces ? end + 1 : end;
            literal = at;
        }
        addLiteral(parts, source, literal, at);
        return new Template(source, parts);
    }

    /** A text without variables, dollars and all. */
    static Template literal(String text) {
        return new Template(text, text.isEmpty() ? List.of() : List.of(new Part(text, false)));
    }

    /** This text behind another. */
    Template after(String text) {
        List<Part> longer = new ArrayList<>(parts);
        longer.add(0, new Part(text, false));
        return new Template(text + source, longer);
    }

    private static void addLiteral(List<Part> parts, String source, int from, int to) {
        if (to > from) {
            parts.add(new Part(source.substring(from, to), false));
        }
    }

    static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** Whether it is the same for every request. */
    boolean isConstant() {
        return parts.stream().noneMatch(Part::variable);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** As written. */
    String source() {
        return source;
    }

    /** Whether one of its variables is such. */
    boolean mentions(Predicate<String> variable) {
        return parts.stream().anyMatch(p -> p.variable() && variable.test(p.text()));
    }

    Value evaluate(Function<String, Value> variables) {
        if (parts.isEmpty()) {
            return Value.EMPTY;
        }
        if (parts.size() == 1 && !parts.get(0).variable()) {
            return Value.of(parts.get(0).text());
        }
        StringBuilder text = new StringBuilder();
        Optional<Doubt> doubt = Optional.empty();
        for (Part part : parts) {
            Value value = part.variable() ? variables.apply(part.text()) : Value.of(part.text());
            append(text, value.text());
            doubt = doubt.isPresent() ? doubt : value.doubt();
        }
        return new Value(text.toString(), doubt);
    }

    /**
     * A path and its arguments.
     *
     * @param args empty if the text held no question mark of its own
     */
    record Target(String uri, Optional<String> args, Optional<Doubt> doubt) {}

    /** As the replacement of {@code rewrite}: a question mark as written begins the arguments, one out of a variable not. */
    Target evaluateTarget(Function<String, Value> variables) {
        StringBuilder text = new StringBuilder();
        Optional<Doubt> doubt = Optional.empty();
        int args = -1;
        for (Part part : parts) {
            if (part.variable()) {
                Value value = variables.apply(part.text());
                append(text, value.text());
                doubt = doubt.isPresent() ? doubt : value.doubt();
                continue;
            }
            for (int i = 0; i < part.text().length(); i++) {
                if (part.text().charAt(i) == '?') {
                    args = text.length();
                } else {
                    text.append(part.text().charAt(i));
                }
            }
        }
        return args < 0
                ? new Target(text.toString(), Optional.empty(), doubt)
                : new Target(text.substring(0, args), Optional.of(text.substring(args)), doubt);
    }

    /** A loop of rewrites could double a variable again and again. */
    private static void append(StringBuilder text, String more) {
        text.append(more, 0, Math.min(more.length(), MAX_LENGTH - Math.min(text.length(), MAX_LENGTH)));
    }
}
