package docrootaudit.daemon;

import java.io.IOException;

/** What the service sends: a letter, a length, and so many bytes. */
enum Frame {
    /** Standard output. */
    OUT('o'),
    /** Standard error. An empty one only shows whether somebody is still there. */
    ERR('e'),
    /** The exit status, four bytes: the last frame. */
    END('x'),
    /** The service does not do this, and why: the last frame. */
    DECLINED('d');

    /** No frame is larger; longer output comes in several. */
    static final int LARGEST = 1 << 16;

    static final int HEAD = 5;

    final byte letter;

    Frame(char letter) {
        this.letter = (byte) letter;
    }

    static Frame of(byte letter) throws IOException {
        for (Frame frame : values()) {
            if (frame.letter == letter) {
                return frame;
            }
        }
        throw new IOException("the service sends what this version does not understand");
    }
}
