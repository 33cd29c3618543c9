package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import java.nio.charset.StandardCharsets;

/** A pattern without braces and where it looks. Most paths are told apart by a few bytes, before the program runs. */
final class GlobAlternative {
    private enum Scope {
        NAME,
        ROOT,
        FILESYSTEM
    }

    private final Scope scope;
    private final GlobProgram program;
    private final byte[] head;
    private final byte[] part;
    private final byte[] tail;

    private GlobAlternative(Scope scope, GlobProgram program) {
        this.scope = scope;
        this.program = program;
        this.head = bytes(firstName(program.literalHead()));
        this.part = bytes(program.literalPart());
        this.tail = bytes(program.literalTail());
    }

    static GlobAlternative of(String pattern) {
        String body = withoutEnd(GlobParser.checked(pattern));
        if (body.startsWith("/")) {
            return new GlobAlternative(Scope.FILESYSTEM, GlobParser.parse(body.substring(1)));
        }
        if (body.equals(".") || body.startsWith("./")) {
            return new GlobAlternative(Scope.ROOT, GlobParser.parse(body.substring(Math.min(2, body.length()))));
        }
        return new GlobAlternative(body.indexOf('/') >= 0 ? Scope.ROOT : Scope.NAME, GlobParser.parse(body));
    }

    boolean covers(GlobSubject subject) {
        return switch (scope) {
            case FILESYSTEM -> coversPath(subject.path(), 0);
            case ROOT -> subject.isInside() && coversPath(subject.path(), subject.below());
            case NAME -> coversName(subject);
        };
    }

    /**
     * Whether it may cover an entry of a directory that it does not cover.
     *
     * @param root what patterns are relative to
     */
    Chance chanceIn(PathBytes root, PathBytes directory) {
        if (scope == Scope.NAME) {
            return Chance.NAME_ALONE;
        } else if (scope == Scope.ROOT && !directory.startsWith(root)) {
            return Chance.ANY_ENTRY;
        }
        int start = afterSlashes(directory, scope == Scope.ROOT ? root.length() : 0);
        int end = directory.length();
        if (start + head.length <= end && !isAt(directory, start, end, head)) {
            return Chance.NO_ENTRY;
        }
        return isIn(directory, start, end, part) ? Chance.ANY_ENTRY : Chance.BY_NAME;
    }

    /** How much of the entries of a directory a pattern may cover. */
    enum Chance {
        NO_ENTRY,
        /** Those whose names match, wherever they are. */
        NAME_ALONE,
        /** Those whose names hold what every match holds. */
        BY_NAME,
        ANY_ENTRY
    }

    /** Whether a name holds what every match holds. */
    boolean isIn(PathBytes name) {
        return isIn(name, 0, name.length(), part);
    }

    /** Whether the first byte of a name tells that it is not meant. */
    boolean isFoundByFirst() {
        return scope == Scope.NAME && head.length > 0;
    }

    /** Whether the last byte of a name tells that it is not meant, and the first does not. */
    boolean isFoundByLast() {
        return scope == Scope.NAME && head.length == 0 && tail.length > 0;
    }

    byte firstByte() {
        return head[0];
    }

    byte lastByte() {
        return tail[tail.length - 1];
    }

    private boolean coversName(GlobSubject subject) {
        for (int name = 0; name < subject.names(); name++) {
            if (coversName(subject.path(), subject.start(name), subject.end(name))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it covers one name of a path, being a pattern of names. */
    boolean coversName(PathBytes path, int start, int end) {
        return isAt(path, start, end, head)
                && isAt(path, end - tail.length, end, tail)
                && isIn(path, start, end, part)
                && program.matches(Symbols.of(path, start, end));
    }

    private boolean coversPath(PathBytes path, int from) {
        int start = afterSlashes(path, from);
        return isAt(path, start, path.length(), head)
                && isIn(path, start, path.length(), part)
                && program.matches(Symbols.of(path, start, path.length()));
    }

    private static int afterSlashes(PathBytes path, int from) {
        int start = from;
        while (start < path.length() && path.at(start) == '/') {
            start++;
        }
        return start;
    }

    private static boolean isAt(PathBytes path, int from, int to, byte[] literal) {
        if (from < 0 || to - from < literal.length) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if (path.at(from + i) != literal[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(PathBytes path, int from, int to, byte[] literal) {
        for (int i = from; i <= to - literal.length; i++) {
            if (isAt(path, i, to, literal)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Up to where a path may have more slashes than the pattern. */
    private static String firstName(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    /** Without what says that all below is meant. */
    private static String withoutEnd(String pattern) {
        String body = pattern;
        while (body.endsWith("/**") || (body.endsWith("/") && body.length() > 1)) {
            String shorter = body.substring(0, body.lastIndexOf('/'));
            body = shorter.isEmpty() ? "/" : shorter;
        }
        return body;
    }
}
