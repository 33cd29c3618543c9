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
    private final Map<Alike, Parts> ofPlace = new LinkedHashMap<>();
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
        Parts parts = ofPlace.computeIfAbsent(new Alike(row.way, row.firstScan, row.cause), alike -> new Parts());
        parts.names.add(row.names(OpenRow.GONE));
        parts.paths += row.share(count);
    }

    void endOf(Place place) throws SQLException {
        for (Map.Entry<Alike, Parts> entry : ofPlace.entrySet()) {
            Way way = entry.getKey().way();
            Recovered one = new Recovered(
                    subject,
                    place.directory(),
                    join(entry.getValue().names),
                    place.hasBlame() ? Optional.of(place.blame()) : Optional.empty(),
                    way.kind(),
                    way.rule(),
                    way.intended(),
                    entry.getValue().paths,
                    starts.of(entry.getKey().firstScan()),
                    entry.getKey().cause());
            if (!way.behind()) {
                recovered.add(one);
            }
            if (!one.cause().isEmpty()) {
                over.add(one);
            }
        }
        ofPlace.clear();
    }

    List<Recovered> all() {
        return recovered;
    }

    /** Those that people were told of. */
    List<Recovered> over() {
        return over;
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
