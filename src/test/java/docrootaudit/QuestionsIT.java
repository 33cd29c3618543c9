package docrootaudit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionsIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"target\": null}",
                "{\"target\": \"/etc\", \"as\": null}",
                "{\"target\": \"/etc\", \"target\": \"/usr\"}"
            })
    void a_question_that_says_nothing_or_two_things_is_an_error_and_the_next_is_answered(String question)
            throws Exception {
        byte[] lines = (question + "\n/etc\n").getBytes(UTF_8);

        AuditJar.Result result = AuditJar.run(lines, "explain", "-", "--as", "0", "--format", "jsonl");

        assertEquals(2, result.status());
        assertEquals(
                List.of("error", "explain"),
                result.lines().stream().map(line -> line.text("kind")).toList());
    }

    @Test
    void an_empty_store_is_not_the_working_directory() throws Exception {
        AuditJar.Result result = AuditJar.run("now", "--as", "0", "--store", "", "/etc/opt");

        assertEquals(2, result.status());
        assertTrue(result.err().contains("--store is empty"), result.err());
    }
}
