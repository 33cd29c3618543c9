package docrootaudit.server.apache;

import docrootaudit.server.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One directive, or one section with what stands in it, as read. */
final class Directive {
    /** Whose file it stands in. */
    enum Origin {
        CONFIGURATION,
        /** A tenant's: nothing of the line but the directive's name is ever shown. */
        HTACCESS
    }

    private final String word;
    private final String key;
    private final String args;
    private final Source source;
    private final int last;
    private final Origin origin;
    private final Optional<List<Directive>> body;

    /**
     * @param word the directive's name as written, of a section with its {@code <}
     * @param args all behind it, of a section without the last {@code >}; variables are replaced
     * @param last the number of the last line that it is written on, a section's body not counted
     * @param body what stands in the section; empty for a simple line
     */
    Directive(String word, String args, Source source, int last, Origin origin, Optional<List<Directive>> body) {
        this.word = word;
        this.key = word.toLowerCase(Locale.ROOT);
        this.args = args;
        this.source = source;
        this.last = last;
        this.origin = origin;
        this.body = body;
    }

    /** The name in lower case; a section's with its {@code <}. */
    String key() {
        return key;
    }

    /** The name as written. */
    String word() {
        return word;
    }

    String args() {
        return args;
    }

    Source source() {
        return source;
    }

    /** Whether it goes on in further lines. */
    boolean isContinued() {
        return last != source.line();
    }

    /** The last line that it is written on. */
    Source end() {
        return new Source(source.file(), last);
    }

    boolean isTenants() {
        return origin == Origin.HTACCESS;
    }

    boolean isSection() {
        return body.isPresent();
    }

    List<Directive> body() {
        return body.orElse(List.of());
    }

    /** The arguments as words. */
    List<String> words() {
        return Words.of(args);
    }

    /** The first argument; empty if there is none. */
    String first() {
        List<String> words = words();
        return words.isEmpty() ? "" : words.get(0);
    }

    boolean is(String name) {
        return key.equals(name);
    }

    /** What may be shown of it: the line as written, of a tenant's the name only. */
    String rule() {
        if (isTenants()) {
            return isSection() ? word + ">" : word;
        }
        String line = args.isEmpty() ? word : word + " " + args;
        return isSection() ? line + ">" : line;
    }

    /** Whether an argument that is on or off says on; anything else is off. */
    boolean isOn() {
        return first().equalsIgnoreCase("on");
    }
}
