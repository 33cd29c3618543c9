package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list that root's commands are run over when many files are mended at once. */
class PipelineIT {
    private Path top;

    @BeforeEach
    void make() throws Exception {
        Root.required();
        top = Bash.newDirectory("audit-pipeline");
    }

    @AfterEach
    void remove() throws Exception {
        Bash.remove(top);
    }

    /** As root, setfacl(1) follows a link, and its owner could lead it to what is none of his before it gets there. */
    @Test
    void it_names_no_link_to_the_files_of_its_cause() throws Exception {
        Bash.run("cd " + top + "; mkdir root tenant; touch root/a root/b; chmod 600 root/*; ln -s ../root/a tenant/link"
                + "; chown -h 61001:61001 tenant tenant/link");
        String[] now = {"now", top.toString(), "--as", "www-data", "--no-store"};
        String command = AuditJar.run(now)
                .text()
                .lines()
                .filter(l -> l.contains("xargs"))
                .findFirst()
                .orElseThrow();

        String listed = Bash.run(command.substring(0, command.indexOf('|')) + "| tr '\\0' '\\n'");

        assertEquals(top + "/root/a\n" + top + "/root/b\n", listed);
    }

    /** The files are root's and nobody can replace them, but the way to them can be replaced. */
    @ParameterizedTest
    @ValueSource(strings = {"site --follow", "link", "site/link/files"})
    void there_is_none_where_a_tenants_link_is_on_the_way(String root) throws Exception {
        Bash.run("cd " + top + "; mkdir -p root/files site; touch root/files/a root/files/b; chmod 600 root/files/*"
                + "; ln -s ../root site/link; ln -s site/link/files link; chown -h 61001:61001 site site/link");
        List<String> now = new ArrayList<>(List.of("now", "--as", "www-data", "--no-store"));
        now.addAll(List.of((top + "/" + root).split(" ")));

        String report = AuditJar.run(now.toArray(String[]::new)).text().replaceAll("\\s+", " ");

        assertTrue(report.contains("2 files in"), report);
        assertFalse(report.contains("setfacl"), report);
        assertTrue(report.contains("can replace " + top + "/site/link"), report);
    }
}
