package docrootaudit.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the lines of a configuration's file stand: in which section of which site. Lines that are alike are told apart by
 * that, and not by their order: one that is added above another must not change what the other is called.
 */
final class RulePlaces {
    private static final Pattern SITE = Pattern.compile("(?i)server_?name\\s+(\\S+?);?(?:\\s.*)?");
    private static final int LONGEST = 200;

    private final UnaryOperator<String> told;
    private final List<String> lines;
    private final List<Section> sections = new ArrayList<>();

    /** A block in braces, or between an opening tag and its end. */
    private static final class Section {
        final String head;
        final Optional<Section> outer;
        private Optional<String> site = Optional.empty();

        Section(String head, Optional<Section> outer) {
            this.head = head;
            this.outer = outer;
        }

        /** The first name of the site that the section belongs to. */
        private Optional<String> site() {
            return site.or(() -> outer.flatMap(Section::site));
        }

        @Override
        public String toString() {
            String words = "in " + head + site().map(name -> " of " + name).orElse("");
            return words.length() <= LONGEST ? words : words.substring(0, LONGEST);
        }
    }

    /** Of the server's own configuration. */
    static RulePlaces of(String text) {
        return new RulePlaces(text, head -> head);
    }

    /** Of a tenant's file, of which no more than the names of sections is told. */
    static RulePlaces ofTenants(String text) {
        return new RulePlaces(text, head -> head.replaceFirst("[\\s>].*", ""));
    }

    private RulePlaces(String text, UnaryOperator<String> told) {
        this.told = told;
        lines = text.lines().map(RulePlaces::bare).toList();
        Deque<Section> open = new ArrayDeque<>();
        for (String line : lines) {
            sections.add(open.peek());
            if (!line.startsWith("#")) {
                Matcher name = SITE.matcher(line);
                if (name.matches() && !open.isEmpty() && open.peek().site.isEmpty()) {
                    open.peek().site = Optional.of(name.group(1));
                }
                enter(line, open);
            }
        }
    }

    /** What opens and closes on a line; one section on one line leaves what it found. */
    private void enter(String line, Deque<Section> open) {
        if (line.startsWith("</")) {
            open.poll();
        } else if (line.startsWith("<")) {
            open.push(new Section(told.apply(line), Optional.ofNullable(open.peek())));
        } else {
            int from = 0;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '{') {
                    open.push(
                            new Section(told.apply(line.substring(from, i).strip()), Optional.ofNullable(open.peek())));
                }
                if (c == '}') {
                    open.poll();
                }
                from = c == '{' || c == '}' || c == ';' ? i + 1 : from;
            }
        }
    }

    /**
     * Where a line stands.
     *
     * @param line counted from 1
     * @param rule as written; what stands before a block on the line itself is that block
     * @return which section, and how many of its lines before are alike; empty for the first outside of sections
     */
    String of(int line, String rule) {
        if (line < 1 || line > lines.size()) {
            return "";
        }
        String own = lines.get(line - 1);
        String mark = rule.isEmpty() || !own.contains(bare(rule)) ? own : bare(rule);
        String section = section(line - 1, mark);
        int alike = 1;
        for (int i = 0; i < line - 1; i++) {
            boolean same = !lines.get(i).startsWith("#")
                    && lines.get(i).contains(mark)
                    && section(i, mark).equals(section);
            alike += same ? 1 : 0;
        }
        return section + (alike == 1 ? "" : (section.isEmpty() ? "" : ", ") + alike);
    }

    /** That of a rule within a line is the innermost which opens before it. */
    private String section(int index, String mark) {
        Deque<Section> open = new ArrayDeque<>();
        Optional.ofNullable(sections.get(index)).ifPresent(open::push);
        int at = lines.get(index).indexOf(mark);
        if (at > 0 && !lines.get(index).startsWith("<")) {
            enter(lines.get(index).substring(0, at), open);
        }
        return open.isEmpty() ? "" : open.peek().toString();
    }

    /** Whether any line that holds a rule stands at such a place. */
    boolean hold(String rule, String place) {
        String mark = bare(rule);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith("#") && line.contains(mark) && of(i + 1, rule).equals(place)) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}
