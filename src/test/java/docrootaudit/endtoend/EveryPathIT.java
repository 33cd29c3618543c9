package docrootaudit.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of refused paths against what the kernel says to test(1) in a process of that user. */
class EveryPathIT {
    private static final String TREE = """
            mkdir -p open closed/deep/deeper list search acl/mask out loop ../elsewhere/d;
            touch open/f open/secret closed/f closed/deep/deeper/f list/f search/f acl/named acl/masked acl/empty;
            touch ../elsewhere/f ../elsewhere/d/f ../elsewhere/no; chmod 600 ../elsewhere/no;
            chmod 600 open/secret closed/deep/deeper/f; chmod 700 closed; chmod 744 list; chmod 711 search;
            chmod 640 acl/named; setfacl -m u:33:r acl/named; chmod 644 acl/masked; setfacl -m u:33:r,m:- acl/masked;
            chmod 604 acl/empty; setfacl -n -m u:33:-,m:- acl/empty; setfacl -m u:33:- acl/mask; touch acl/mask/f;
            ln -s ../open/f out/good; ln -s ../open/secret out/secret; ln -s ../closed/f out/behind;
            ln -s ../closed out/directory; ln -s nowhere out/dangling; ln -s ../closed/nowhere out/hidden;
            ln -s ../closed/../open/f out/through; ln -s ../../elsewhere out/away; ln -s ../../elsewhere/no out/no;
            ln -s ../loop/b loop/a; ln -s a loop/b; ln -s . loop/self; ln -s /etc/shadow out/shadow;
            ln -s behind out/twice; mkfifo open/pipe; chmod 0 open/pipe; ln -s ../open/pipe out/pipe;
            touch 'open/with space' open/$'new\\nline'; chmod 0 open/*[!a-z]*;
            """;

    private Ground ground;

    @BeforeEach
    void make_a_site() throws Exception {
        ground = Ground.make();
        ground.bash("export LC_ALL=C; " + TREE.replace("\n", " "));
    }

    @AfterEach
    void remove_it() throws Exception {
        ground.close();
    }

    /**
     * What the kernel refuses: every regular file, directory and link to one below the root, as bash itself lists them.
     *
     * @param file the test that a file has to pass
     * @param directory the test that a directory has to pass
     */
    private List<String> refused(String file, String directory) throws Exception {
        String list =
                "shopt -s globstar dotglob nullglob; export LC_ALL=C; for p in " + ground.www() + " " + ground.www()
                        + "/**; do if [ -f \"$p\" ]; then printf 'f%s\\0' \"$p\"; elif [ -d \"$p\" ]; then printf 'd%s\\0' \"$p\";"
                        + " fi; done";
        String ask = "export LC_ALL=C; while IFS= read -r -d \"\" p; do case $p in"
                + " f*) test " + file + " \"${p#f}\" || printf \"%s\\0\" \"${p#f}\";;"
                + " d*) test " + directory + " \"${p#d}\" || printf \"%s\\0\" \"${p#d}\";; esac; done";
        return Shell.run("(" + list + ") | setpriv --reuid 33 --regid 33 --clear-groups bash -c '" + ask + "'")
                .names()
                .stream()
                .sorted()
                .toList();
    }

    private List<String> listed(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("now", ground.www(), "--as", "33", "--no-store", "--each", "-0"));
        all.addAll(Arrays.asList(options));
        return Jar.audit().run(all.toArray(String[]::new)).clean().names().stream()
                .sorted()
                .toList();
    }

    @Test
    void is_what_the_kernel_refuses() throws Exception {
        List<String> refused = refused("-r", "-x");

        assertTrue(refused.size() > 15, refused::toString);
        assertEquals(refused, listed());
    }

    @Test
    void is_what_the_kernel_refuses_to_execute() throws Exception {
        ground.bash("chmod a+x open/f search/f; setfacl -m u:33:rx acl/named");

        assertEquals(refused("-x", "-x"), listed("--need", "execute"));
    }

    @Test
    void is_what_the_kernel_refuses_to_list() throws Exception {
        assertEquals(refused("-r", "-r"), listed("--need", "list"));
    }

    @Test
    void is_the_same_with_one_thread_and_with_many() throws Exception {
        assertEquals(listed("--threads", "1"), listed("--threads", "16"));
    }

    @Test
    void has_the_paths_of_a_cause_each_once() throws Exception {
        Json scan = Jar.audit()
                .run("now", ground.www(), "--as", "33", "--no-store", "--format", "json")
                .ended(1)
                .json();

        List<String> all = new ArrayList<>();
        for (Json cause : scan.list("causes")) {
            List<String> of = listed("--cause", cause.text("id"));
            assertEquals(cause.text("count"), Integer.toString(of.size()), () -> cause + " has " + of);
            all.addAll(of);
        }
        assertEquals(refused("-r", "-x"), all.stream().sorted().toList());
    }

    @Test
    void has_the_paths_of_a_group() throws Exception {
        ground.bash("mkdir group; cd group; seq 30 | xargs touch; chmod 600 *");
        String text = Jar.audit()
                .run("now", ground.www(), "--as", "33", "--no-store")
                .ended(1)
                .prose();
        String id = text.replaceAll("(?s).* 30 files in \\S*/group .*?cause ([0-9a-f]{16}).*", "$1");

        assertEquals(
                Stream.iterate(1, i -> i + 1)
                        .limit(30)
                        .map(i -> ground.www("group/" + i))
                        .sorted()
                        .toList(),
                listed("--cause", id));
    }

    @Test
    void is_told_in_every_format_alike() throws Exception {
        List<String> raw = listed();
        Json json = Jar.audit()
                .run("now", ground.www(), "--as", "33", "--no-store", "--each", "--format", "json")
                .json();

        assertEquals(raw, json.all("denied").map(d -> d.bytes("path")).sorted().toList());
    }

    @Test
    void follows_links_out_of_the_root_only_when_told() throws Exception {
        ground.bash("chmod 600 ../elsewhere/d/f");

        assertTrue(listed().stream().noneMatch(p -> p.endsWith("away/d/f")));
        assertTrue(listed("--follow").stream().anyMatch(p -> p.equals(ground.www("out/away/d/f"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "../www", "sub"})
    void ends_where_links_lead_in_circles(String target) throws Exception {
        ground.bash("mkdir -p ../elsewhere/sub; ln -s " + target
                + " ../elsewhere/round; ln -s ../../www ../elsewhere/sub/back");

        List<String> once = listed("--follow");

        assertEquals(once.size(), once.stream().distinct().count());
    }
}
