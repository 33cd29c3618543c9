package docrootaudit.audit;

import java.util.ArrayList;
import java.util.List;

/** A pattern with its braces written out: {@code a{b,c}} is {@code ab} and {@code ac}. */
final class Braces {
    static final int MOST = 256;
    private static final int DEEPEST = 16;

    private final String in;
    private int at;
    private int depth;

    private Braces(String pattern) {
        this.in = pattern;
    }

    /**
     * All the patterns.
     *
     * @throws IllegalArgumentException if a brace is not closed, or there are too many
     */
    static List<String> writtenOut(String pattern) {
        return new Braces(pattern).sequence();
    }

    private List<String> sequence() {
        List<String> patterns = List.of("");
        int start = at;
        while (at < in.length() && !endsAlternative()) {
            if (in.charAt(at) == '{') {
                patterns = joined(patterns, List.of(in.substring(start, at)));
                at++;
                patterns = joined(patterns, alternatives());
                start = at;
            } else {
                at = behindItem();
            }
        }
        return joined(patterns, List.of(in.substring(start, at)));
    }

    private boolean endsAlternative() {
        return depth > 0 && (in.charAt(at) == ',' || in.charAt(at) == '}');
    }

    private List<String> alternatives() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("braces are nested more than " + DEEPEST + " deep");
        }
        List<String> all = new ArrayList<>();
        do {
            all.addAll(sequence());
            limit(all.size());
            if (at == in.length()) {
                throw new IllegalArgumentException("a brace is not closed");
            }
        } while (in.charAt(at++) == ',');
        depth--;
        return all;
    }

    /** A set and what is behind a backslash are taken as they are. */
    private int behindItem() {
        int end = behindCharacter(at);
        if (in.charAt(at) != '[') {
            return end;
        }
        if (end < in.length() && (in.charAt(end) == '!' || in.charAt(end) == '^')) {
            end++;
        }
        end = behindCharacter(end);
        while (end < in.length() && in.charAt(end) != ']') {
            end = behindCharacter(end);
        }
        return Math.min(end + 1, in.length());
    }

    private int behindCharacter(int index) {
        boolean escape = index < in.length() && in.charAt(index) == '\\';
        return Math.min(index + (escape ? 2 : 1), in.length());
    }

    private static List<String> joined(List<String> heads, List<String> tails) {
        limit(heads.size() * tails.size());
        return heads.stream().flatMap(head -> tails.stream().map(head::concat)).toList();
    }

    private static void limit(int count) {
        if (count > MOST) {
            throw new IllegalArgumentException("its braces stand for more than " + MOST + " patterns");
        }
    }
}
