package docrootaudit.linux;

import docrootaudit.walk.Entry.Answer;
import java.util.Arrays;

/**
 * The kernel's answers to whether somebody else may read the entries of a directory. Some are asked about at once, for
 * each change of identity costs two system calls. Used by one thread.
 */
final class AskedEntries {
    /** Few enough for a slow disk to answer in time, enough for most directories. */
    private static final int AT_ONCE = 128;

    private static final int R_OK = 4;

    private final FileSystemIdentity who;
    private final Dirents entries;
    /** By the offset of a record, which is a multiple of 8. */
    private final Answer[] answers = new Answer[Dirents.SIZE / 8];

    private int askedTo;

    AskedEntries(FileSystemIdentity who, Dirents entries) {
        this.who = who;
        this.entries = entries;
        // has the class there before somebody else's identity is taken
        Arrays.fill(answers, Answer.NOT_ASKED);
    }

    /** The entries are others than before. */
    void start() {
        askedTo = 0;
    }

    /** Of the entry at hand. */
    Answer answer(int directory) {
        int at = entries.at();
        if (at >= askedTo) {
            askedTo = ask(directory, AT_ONCE);
        }
        return answers[at / 8];
    }

    /** Of the entry at hand, asked anew. */
    Answer answerNow(int directory) {
        ask(directory, 1);
        return answers[entries.at() / 8];
    }

    /** Asks about so many entries from the one at hand on; returns the offset of the one behind. */
    private int ask(int directory, int count) {
        boolean taken = who.take();
        int record = entries.at();
        for (int i = 0; i < count && record < entries.end(); i++) {
            boolean asked = taken && entries.isRegular(record);
            answers[record / 8] = asked ? ask(directory, entries.nameAddress(record)) : Answer.NOT_ASKED;
            record = entries.after(record);
        }
        if (taken) {
            who.putDown();
        }
        return record;
    }

    /** A link that has just taken the file's place is followed, as by everybody who opens that name. */
    private static Answer ask(int directory, long name) {
        if (Libc.syscall(Libc.SYS_FACCESSAT2, directory, name, R_OK, Libc.AT_EACCESS) == 0) {
            return Answer.GRANTED;
        }
        return Libc.errno() == Libc.EACCES ? Answer.REFUSED : Answer.NOT_ASKED;
    }
}
