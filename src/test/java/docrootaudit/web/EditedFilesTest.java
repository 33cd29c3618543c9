package docrootaudit.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Edit;
import docrootaudit.server.Source;
import docrootaudit.server.nginx.NginxDump;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configurations with changes laid over. */
class EditedFilesTest {
    private static final String DUMP = """
            # configuration file /etc/nginx/nginx.conf:
            include sites/*;
            # configuration file /etc/nginx/sites/b:
            server {
            }
            """;

    private static PathBytes path(String path) {
        return PathBytes.of(path);
    }

    @Test
    void changes_are_laid_over_one_after_the_other() throws IOException {
        NginxDump files = new NginxDump(DUMP);
        PathBytes file = path("/etc/nginx/sites/b");
        Edit insert = new Edit(new Source(file, 1), Edit.Kind.INSERT_AFTER, "    root /a;", "");
        Edit replace = new Edit(new Source(file, 2), Edit.Kind.REPLACE, "    root /b;\n    index x;", "");
        Edit before = new Edit(new Source(file, 1), Edit.Kind.INSERT_BEFORE, "# b", "");

        String text = new EditedFiles(files, List.of(insert, replace, before)).read(file);

        assertEquals("# b\nserver {\n    root /b;\n    index x;\n}\n", text);
    }
}
