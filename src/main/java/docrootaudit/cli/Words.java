package docrootaudit.cli;

import docrootaudit.access.PathBytes;

/** What users wrote, for messages to them. */
final class Words {
    private Words() {}

    /** Escaped: an argument is as hostile as a name. */
    static String show(String argument) {
        return PathBytes.of(RawArguments.encode(argument)).toString();
    }
}
