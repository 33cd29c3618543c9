package docrootaudit.history;

import java.nio.ByteBuffer;

/** A row of names that were refused when last looked at, and what the scan at hand makes of each. */
final class OpenRow {
    /** Seen refused in the same way. */
    static final long KEPT = 0;
    /** Not seen refused, but not looked at either. */
    static final long UNSEEN = 1;
    /** Seen refused in another way. */
    static final long CHANGED = 2;
    /** Looked at, and not refused. */
    static final long GONE = 3;
    /** Told of, and not looked at because the configuration leaves it out now. */
    static final long LEFT_OUT = 4;

    final long id;
    final Place place;
    final Way way;
    final long paths;
    final long firstScan;
    final long fromScan;
    /** The id under which the names are told of; empty if they never had to be. */
    final String cause;

    final byte[] firstName;
    final NameCursor names;
    final Runs fates = new Runs();

    /** How many paths the kept names stand for now. */
    long pathsSeen;

    OpenRow(
            long id,
            Place place,
            Way way,
            long paths,
            long firstScan,
            long fromScan,
            String cause,
            byte[] firstName,
            byte[] names) {
        this.id = id;
        this.place = place;
        this.way = way;
        this.paths = paths;
        this.firstScan = firstScan;
        this.fromScan = fromScan;
        this.cause = cause;
        this.firstName = firstName;
        this.names = new NameCursor(ByteBuffer.wrap(names));
    }

    /** Decides about the names from the cursor on to a position, and moves there. */
    void decide(int to, long fate) {
        fates.add(names.at(), to, fate);
        names.moveTo(to);
    }

    int count(long fate) {
        int count = 0;
        for (int i = 0; i < fates.size(); i++) {
            count += fates.tag(i) == fate ? names.count(fates.from(i), fates.to(i)) : 0;
        }
        return count;
    }

    byte[] names(long... wanted) {
        return fates.names(names, wanted);
    }

    /** Of the paths it stood for when last seen, the part of so many names. */
    long share(long count) {
        return count == 0 ? 0 : Math.round((double) paths * count / names.count(0, names.limit()));
    }
}
