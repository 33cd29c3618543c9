package docrootaudit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({"exclude,exclude,0", "exclud,exclude,1", "exlcude,exclude,1", "usr,user,1", "'',abc,3", "abc,xyz,3"})
    void counts_the_slips_of_a_hand(String word, String meant, int slips) {
        assertEquals(slips, Spelling.distance(word, meant));
        assertEquals(slips, Spelling.distance(meant, word));
    }

    @Test
    void proposes_nothing_that_is_far() {
        assertEquals(Optional.empty(), Spelling.nearest("color", List.of("user", "group")));
        assertEquals(Optional.empty(), Spelling.nearest("user".repeat(1_000_000), List.of("user")));
    }
}
