package docrootaudit.server;

import java.util.BitSet;
import java.util.Optional;

/** Something that a configuration asks of a file's name. */
@FunctionalInterface
public interface Mark {
    /** What of a file is looked at. */
    enum Subject {
        URI,
        PATH,
        NAME;

        String of(String uri, String path, String name) {
            return switch (this) {
                case URI -> uri;
                case PATH -> path;
                case NAME -> name;
            };
        }
    }

    /**
     * Whether a file has it.
     *
     * @param uri the decoded path of its URL
     * @param path where it lies
     * @param name its last part
     */
    boolean has(String uri, String path, String name);

    /**
     * The same for the files of one directory.
     *
     * @param uri the directory's URL, with its last slash
     * @param path where it lies, with its last slash
     */
    default NameTest in(String uri, String path) {
        return name -> has(uri + name, path + name, name.toString());
    }

    /** Every file has it. */
    static Mark always() {
        return new Always();
    }

    /** A name with a character that is escaped in a URL, or ends it: to an expression that is something else. */
    static Mark oddCharacter() {
        return new OddCharacter();
    }

    /** That the URL begins with a text. */
    static Mark beginning(String text) {
        return new Beginning(text);
    }

    /** That the URL is a text. */
    static Mark whole(String text) {
        return new Whole(text);
    }

    /** That an expression is somewhere in it, or may be. */
    static Mark expression(Pcre expression, Subject subject) {
        return new Expression(expression, subject);
    }

    /** That an expression is in what is left of the URL or the path from some slash on, or from behind it. */
    static Mark inTail(Pcre expression) {
        return new Tail(expression, false);
    }

    /** That it is not in one of them. */
    static Mark notInTail(Pcre expression) {
        return new Tail(expression, true);
    }

    /** See {@link #always}. */
    record Always() implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return true;
        }

        @Override
        public NameTest in(String uri, String path) {
            return NameTest.ALL;
        }
    }

    /** See {@link #oddCharacter}. */
    record OddCharacter() implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return isIn(new FileName(ByteText.path(name).bytes()));
        }

        @Override
        public NameTest in(String uri, String path) {
            return OddCharacter::isIn;
        }

        private static boolean isIn(FileName name) {
            for (byte b : name.bytes()) {
                if ((b >= 0 && b < ' ') || b == 0x7f || b == '%') {
                    return true;
                }
            }
            return false;
        }
    }

    /** See {@link #whole}. */
    record Whole(String text) implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return uri.equals(text);
        }

        @Override
        public NameTest in(String uri, String path) {
            // the same as the URL of the directory itself, it is the whole of that one
            return text.startsWith(uri) ? Mark.super.in(uri, path) : NameTest.NONE;
        }
    }

    /** See {@link #beginning}. */
    record Beginning(String text) implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return uri.startsWith(text);
        }

        @Override
        public NameTest in(String uri, String path) {
            if (uri.startsWith(text)) {
                return NameTest.ALL;
            }
            return text.startsWith(uri) ? Mark.super.in(uri, path) : NameTest.NONE;
        }
    }

    /** See {@link #expression}. */
    record Expression(Pcre expression, Subject subject) implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return expression.mayBeIn(subject.of(uri, path, name));
        }

        @Override
        public NameTest in(String uri, String path) {
            NameTest slow = Mark.super.in(uri, path);
            String before = subject.of(uri, path, "");
            Optional<Automaton> found = expression.automaton().filter(a -> before.length() <= a.longest());
            if (found.isEmpty()) {
                return slow;
            }
            Automaton automaton = found.get();
            int state = automaton.run(automaton.start(), before);
            if (state == Automaton.LOST || state == Automaton.UNKNOWN) {
                return state == Automaton.LOST ? NameTest.NONE : slow;
            }
            int room = automaton.longest() - before.length();
            return name -> {
                int end = name.length() > room ? Automaton.UNKNOWN : automaton.run(state, name.bytes());
                return end == Automaton.UNKNOWN ? slow.has(name) : Automaton.isIn(end);
            };
        }
    }

    /** See {@link #inTail}. */
    record Tail(Pcre expression, boolean missing) implements Mark {
        @Override
        public boolean has(String uri, String path, String name) {
            return isIn(uri) || isIn(path);
        }

        private boolean isIn(String whole) {
            for (int at = 0; at >= 0; at = next(whole, at)) {
                if (expression.mayBeIn(whole.substring(at)) != missing) {
                    return true;
                }
            }
            return false;
        }

        /** Where the next tail begins; below zero behind the last one. */
        private static int next(String whole, int at) {
            int slash = whole.indexOf('/', at);
            return slash < 0 ? -1 : slash + 1;
        }

        @Override
        public NameTest in(String uri, String path) {
            NameTest slow = Mark.super.in(uri, path);
            int longest = Math.max(uri.length(), path.length());
            Optional<Automaton> found = expression.automaton().filter(a -> longest <= a.longest());
            if (found.isEmpty()) {
                return slow;
            }
            Automaton automaton = found.get();
            BitSet states = new BitSet();
            for (String whole : new String[] {uri, path}) {
                for (int at = 0; at >= 0; at = next(whole, at)) {
                    states.set(automaton.run(automaton.start(), whole.substring(at)));
                }
            }
            if (states.get(Automaton.UNKNOWN)) {
                return slow;
            }
            if (states.get(Automaton.LOST) && missing) {
                return NameTest.ALL;
            }
            states.clear(Automaton.LOST);
            int[] open = states.stream().toArray();
            int room = automaton.longest() - longest;
            return open.length == 0
                    ? NameTest.NONE
                    : name -> {
                        boolean unknown = name.length() > room;
                        for (int i = 0; i < open.length && !unknown; i++) {
                            int end = automaton.run(open[i], name.bytes());
                            unknown = end == Automaton.UNKNOWN;
                            if (!unknown && Automaton.isIn(end) != missing) {
                                return true;
                            }
                        }
                        return unknown && slow.has(name);
                    };
        }
    }
}
