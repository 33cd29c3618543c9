package docrootaudit.report;

import java.util.ArrayList;
import java.util.List;

/** A sentence as tokens between which it may wrap: words, and atoms such as paths and rules that are never broken. */
public final class Prose {
    private final List<Token> tokens = new ArrayList<>();

    /**
     * What stays on one line.
     *
     * @param kind whether somebody's name or rule, or a word of ours
     * @param text fit to be shown
     * @param end punctuation behind it
     */
    public record Token(Kind kind, String text, String end) {
        /** What a token is. */
        public enum Kind {
            WORD,
            ATOM
        }

        @Override
        public String toString() {
            return text + end;
        }
    }

    public static Prose of(String words) {
        return new Prose().words(words);
    }

    /** Adds words; may wrap at each space. */
    public Prose words(String words) {
        for (String word : Visible.text(words).split(" +")) {
            if (!word.isEmpty()) {
                tokens.add(new Token(Token.Kind.WORD, word, ""));
            }
        }
        return this;
    }

    /** Adds something that keeps its spaces and stays on one line. */
    public Prose atom(Object atom) {
        tokens.add(new Token(Token.Kind.ATOM, Visible.text(atom.toString()), ""));
        return this;
    }

    /** Adds to the last token, as punctuation is. */
    public Prose glue(String end) {
        int last = tokens.size() - 1;
        Token token = tokens.get(last);
        tokens.set(last, new Token(token.kind(), token.text(), token.end() + end));
        return this;
    }

    /** The tokens, between each two of which is a space. */
    public List<Token> tokens() {
        return List.copyOf(tokens);
    }

    /** The lines, none wider than {@code width} unless it is a single token. */
    public List<String> lines(int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int columns = 0;
        for (Token token : tokens) {
            int size = columns(token.toString());
            if (columns > 0 && columns + 1 + size > width) {
                lines.add(line.toString());
                line.setLength(0);
                columns = 0;
            }
            if (columns > 0) {
                line.append(' ');
                columns++;
            }
            line.append(token);
            columns += size;
        }
        if (columns > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    static int columns(String text) {
        return text.codePointCount(0, text.length());
    }
}
