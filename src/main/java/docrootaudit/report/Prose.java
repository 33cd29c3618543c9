package docrootaudit.report;

import java.util.ArrayList;
import java.util.List;

/** A sentence as tokens between which it may wrap: words, and atoms such as paths and rules that are never broken. */
final class Prose {
    private final List<String> tokens = new ArrayList<>();

    static Prose of(String words) {
        return new Prose().words(words);
    }

    /** Adds words; may wrap at each space. */
    Prose words(String words) {
        for (String word : Visible.text(words).split(" +")) {
            if (!word.isEmpty()) {
                tokens.add(word);
            }
        }
        return this;
    }

    /** Adds something that keeps its spaces and stays on one line. */
    Prose atom(Object atom) {
        tokens.add(Visible.text(atom.toString()));
        return this;
    }

    /** Adds to the last token, as punctuation is. */
    Prose glue(String end) {
        int last = tokens.size() - 1;
        tokens.set(last, tokens.get(last) + end);
        return this;
    }

    /** The lines, none wider than {@code width} unless it is a single token. */
    List<String> lines(int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int columns = 0;
        for (String token : tokens) {
            int size = columns(token);
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
