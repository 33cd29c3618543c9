package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trees that are much larger than the memory that is given. */
@Tag("slow")
class HugeTreesIT {
    private static final Jar SMALL = Jar.audit().heap("96m");

    private static Ground ground;

    /** Links to one inode are as many entries, and quick to make. */
    @BeforeAll
    static void make_them() throws Exception {
        ground = Ground.make();
        ground.bash(
                "mkdir one many; cd one; seq 200000 | xargs touch; chmod 600 199999;"
                        + " cd ../many; mkdir 1; cd 1; seq 100 | xargs touch; chmod 600 *; cd ..;"
                        + " for i in $(seq 2 3000); do echo $i; done | xargs -P 2 -n 50 sh -c 'for i; do cp -al 1 $i; done' sh");
    }

    @AfterAll
    static void remove_them() throws Exception {
        if (ground != null) {
            ground.close();
        }
    }

    @Test
    void a_directory_of_200_000_files() throws Exception {
        Json scan = SMALL.run("now", ground.www("one"), "--as", "33", "--no-store", "--format", "json")
                .ended(1)
                .json();

        assertEquals("200001", scan.text("entries"));
        assertEquals("1", scan.list("causes").get(0).text("count"));
    }

    @Test
    void a_report_for_people_of_300_000_refused_files() throws Exception {
        Answer answer = SMALL.run("now", ground.www("many"), "--as", "33", "--store", ground.store())
                .ended(1);
        Answer again = SMALL.run("now", ground.www("many"), "--as", "33", "--store", ground.store(), "--only-new")
                .ended(1);

        assertTrue(
                answer.prose().contains("300000 paths refused")
                        || answer.prose().contains("300,000 paths refused"),
                () -> tail(answer));
        assertTrue(again.prose().contains("nothing to show"), () -> tail(again));
    }

    @Test
    void a_list_of_300_000_refused_files() throws Exception {
        Answer answer = SMALL.run("now", ground.www("many"), "--as", "33", "--no-store", "--each", "-0")
                .ended(1);

        assertEquals(300_000, answer.names().stream().distinct().count());
    }

    /** Java's own word for it, a stack trace and 1, would be that something is refused. */
    @Test
    void too_little_memory_is_a_sentence_and_no_verdict() throws Exception {
        Answer answer = Jar.audit()
                .heap("6m")
                .run("now", ground.www("many"), "--as", "33", "--no-store")
                .ended(4);

        assertEquals("", answer.text());
        assertTrue(answer.err().startsWith("audit: this takes more memory than the "), answer::err);
        assertEquals(1, answer.err().lines().count(), answer::err);
    }

    private static String tail(Answer answer) {
        String text = answer.text();
        return text.substring(Math.max(0, text.length() - 2000)) + answer.err();
    }
}
