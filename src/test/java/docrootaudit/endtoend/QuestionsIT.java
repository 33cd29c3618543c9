package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions on standard input, good and bad. */
class QuestionsIT {
    private static List<Json> answers(int status, String questions) throws Exception {
        try (Running running = Jar.audit().start("explain", "-", "--as", "33", "--format", "jsonl")) {
            running.in().write(questions.getBytes(UTF_8));
            return Json.documents(running.end().ended(status).out());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    {};                                  the question has no target
                    {"target": ""};                      an empty path names nothing
                    {"target": "/etc";                   the line begins like a JSON object
                    {"target": "/etc"} x;                the line begins like a JSON object
                    {"target": {"path": "/etc"}};        the line begins like a JSON object
                    {"target_b64": "!!"};                the line begins like a JSON object
                    {"target": "/etc", "bogus": 1};      unknown key bogus
                    {"target": "/etc", "need": "own"}; --need own
                    {"target": "/etc", "as": "nosuch"};  there is no user nosuch
                    {"target": "http:///x"};             http:///x names no host
                    {"target": "/etc/passwd\\u0000x"};   holds a NUL
                    {"target": "/etc/\\ud800"};          half a character
                    """)
    void a_bad_one_is_answered_and_the_next_one_too(String question, String words) throws Exception {
        List<Json> answers = answers(2, question + "\n/etc/passwd\n");

        assertEquals(
                List.of("error", "explain"),
                answers.stream().map(a -> a.text("kind")).toList());
        assertEquals("allowed", answers.get(1).text("verdict"));
        String message = answers.get(0).text("message");
        assertEquals(
                words,
                message.substring(
                        Math.max(0, message.indexOf(words)), Math.max(0, message.indexOf(words)) + words.length()));
    }

    @Test
    void each_is_answered_before_the_next_is_read() throws Exception {
        Answer answer = Shell.run("coproc audit { "
                + Jar.audit()
                        .command(java.util.stream.Stream.of("explain", "-", "--as", "33", "--format", "jsonl")
                                .map(w -> w.getBytes(UTF_8))
                                .toList())
                + "; }; for i in 1 2; do echo /etc/passwd >&${audit[1]}; read -r -t 30 -u ${audit[0]} line; echo \"$line\";"
                + " done; exec {audit[1]}>&-; wait");

        assertEquals(2, Json.documents(answer.out()).size());
    }

    @Test
    void each_may_ask_for_somebody_and_something_else() throws Exception {
        List<Json> answers = answers(1, """
                {"target": "/etc/shadow"}
                {"target": "/etc/shadow", "as": "0"}
                {"target": "/etc/passwd", "need": "execute", "as": 33}
                """);

        assertEquals(
                List.of("denied", "allowed", "denied"),
                answers.stream().map(a -> a.text("verdict")).toList());
    }

    @Test
    void a_line_without_end_is_a_question() throws Exception {
        assertEquals(1, answers(0, "/etc/passwd").size());
    }

    @Test
    void a_line_of_megabytes_is_told() throws Exception {
        List<Json> answers = answers(2, "x".repeat(3_000_000) + "\n/etc/passwd\n");

        assertEquals(
                List.of("error", "explain"),
                answers.stream().map(a -> a.text("kind")).toList());
    }
}
