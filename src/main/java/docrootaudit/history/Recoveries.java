package docrootaudit.history;

import docrootaudit.finding.PackedNames;
import docrootaudit.finding.Recovered;
import docrootaudit.finding.Subject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a scan found recovered, put together again from the rows of a place. */
final class Recoveries {
    /** What is told as one. */
    private record Alike(Way way, long firstScan, String cause) {}

    private static final class Parts {
        final List<byte[]> names = new ArrayList<>();
        long paths;
    }

    private final Subject subject;
    private final Starts starts;
    private final List<Recovered> recovered = new ArrayList<>();
    private final List<Recovered> over = new ArrayList<>();
    private final List<Recovered> leftOut = new ArrayList<>();
    private final Map<Alike, Parts> goneOfPlace = new LinkedHashMap<>();
    private final Map<Alike, Parts> leftOutOfPlace = new LinkedHashMap<>();
    private long names;

    Recoveries(Subject subject, Starts starts) {
        this.subject = subject;
        this.starts = starts;
    }

    /** Adds the names of a row that are gone; those that stood behind another refusal go in silence, unless told of. */
    void add(OpenRow row, int count) {
        if (row.way.behind() && row.cause.isEmpty()) {
            return;
        }
        names += row.way.behind() ? 0 : count;
        add(goneOfPlace, row, OpenRow.GONE, count);
    }

    /** Adds the names of a row that people were told of and that the configuration leaves out now. */
    void leaveOut(OpenRow row, int count) {
        add(leftOutOfPlace, row, OpenRow.LEFT_OUT, count);
    }

    private static void add(Map<Alike, Parts> ofPlace, OpenRow row, long fate, int count) {
        Parts parts = ofPlace.computeIfAbsent(new Alike(row.way, row.firstScan, row.cause), alike -> new Parts());
        parts.names.add(row.names(fate));
        parts.paths += row.share(count);
    }

    void endOf(Place place) throws SQLException {
        for (Map.Entry<Alike, Parts> entry : goneOfPlace.entrySet()) {
            Recovered one = recovered(place, entry.getKey(), entry.getValue());
            if (!entry.getKey().way().behind()) {
                recovered.add(one);
            }
            if (!one.cause().isEmpty()) {
                over.add(one);
            }
        }
        for (Map.Entry<Alike, Parts> entry : leftOutOfPlace.entrySet()) {
            leftOut.add(recovered(place, entry.getKey(), entry.getValue()));
        }
        goneOfPlace.clear();
        leftOutOfPlace.clear();
    }

    private Recovered recovered(Place place, Alike alike, Parts parts) throws SQLException {
        return new Recovered(
                subject,
                place.directory(),
                join(parts.names),
                place.hasBlame() ? Optional.of(place.blame()) : Optional.empty(),
                alike.way().kind(),
                alike.way().rule(),
                alike.way().intended(),
                parts.paths,
                starts.of(alike.firstScan()),
                alike.cause());
    }

    List<Recovered> all() {
        return recovered;
    }

    /** Those that people were told of. */
    List<Recovered> over() {
        return over;
    }

    /** Those that people were told of and that the configuration leaves out now. */
    List<Recovered> leftOut() {
        return leftOut;
    }

    /** How many names recovered. */
    long names() {
        return names;
    }

    private static PackedNames join(List<byte[]> parts) {
        if (parts.size() == 1) {
            return PackedNames.ofBytes(parts.get(0));
        }
        parts.sort(Arrays::compareUnsigned);
        PackedNames.Builder builder = new PackedNames.Builder();
        for (byte[] part : parts) {
            int start = 0;
            for (int i = 0; i < part.length; i++) {
                if (part[i] == 0) {
                    builder.add(part, start, i - start);
                    start = i + 1;
                }
            }
        }
        return builder.build();
    }
}
