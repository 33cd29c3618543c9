package docrootaudit.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedNamesTest {
    /** The most fill several of the runs that are sorted one by one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000, 300_000})
    void names_come_out_sorted_by_unsigned_bytes_and_once(int count) {
        Random random = new Random(count);
        TreeSet<PathBytes> expected =
                new TreeSet<>(Comparator.comparing(PathBytes::bytes, (a, b) -> Arrays.compareUnsigned(a, b)));
        PackedNames.Builder builder = new PackedNames.Builder();
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[1 + random.nextInt(24)];
            for (int j = 0; j < name.length; j++) {
                name[j] = (byte) (1 + random.nextInt(255));
            }
            expected.add(PathBytes.of(name));
            builder.add(name, 0, name.length);
            if (i % 10 == 0) {
                builder.add(name, 0, name.length);
            }
        }

        PackedNames names = builder.build();

        List<PathBytes> found = new ArrayList<>();
        names.forEach(found::add);
        assertEquals(List.copyOf(expected), found);
        assertEquals(expected.size(), names.count());
    }
}
