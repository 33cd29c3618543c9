package docrootaudit.server.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigSyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static List<String> read(MapFiles files) throws ConfigSyntaxException {
        Definitions definitions =
                new Definitions(PathBytes.of("/etc/apache2"), Set.of("GIVEN"), Map.of("RUN_USER", "web"));
        List<String> rules = new ArrayList<>();
        flatten(ConfigReader.read(PathBytes.of("/etc/apache2/conf"), new Includes(files), definitions), rules);
        return rules;
    }

    private static void flatten(List<Directive> lines, List<String> into) {
        for (Directive line : lines) {
            into.add(line.source().line() + " " + line.rule());
            flatten(line.body(), into);
        }
    }

    private static List<String> read(String text) throws ConfigSyntaxException {
        return read(new MapFiles().with("/etc/apache2/conf", text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    User ${RUN_USER}                                        | 1 User web
                    User ${NOBODY}                                          | 1 User ${NOBODY}
                    Define x y\\nUser ${x}                                  | 2 User y
                    <IfDefine GIVEN>\\nUser a\\n</IfDefine>                 | 2 User a
                    <IfDefine !GIVEN>\\nUser a\\n</IfDefine>\\nUser b       | 4 User b
                    <IfModule mod_so.c>\\nUser a\\n</IfModule>              | 2 User a
                    <IfModule x>\\n<Directory /a>\\n</Directory>\\n</IfModule>\\nUser b | 5 User b
                    LoadModule rewrite_module x.so\\n<IfModule rewrite_module>\\nUser a\\n</IfModule> | 3 User a
                    User \\\\\\n  a                                         | 1 User a
                    # comment \\\\\\nUser a\\nUser b                        | 3 User b
                    <IfVersion >= 2.4>\\nUser a\\n</IfVersion>              | 2 User a
                    <IfVersion < 2.4>\\nUser a\\n</IfVersion>\\nUser b      | 4 User b
                    <IfFile /etc/apache2/conf>\\nUser a\\n</IfFile>         | 2 User a
                    """)
    void what_is_executed_while_reading_is_gone(String text, String left) throws Exception {
        assertEquals(
                List.of(left.strip()),
                read(text.strip().replace("\\\\\\n", "\\\n").replace("\\n", "\n")));
    }

    @Test
    void files_are_included_in_the_order_of_their_names() throws Exception {
        MapFiles files = new MapFiles()
                .with("/etc/apache2/conf", "Include sites/*.conf\nIncludeOptional none/*.conf\nInclude dir")
                .with("/etc/apache2/sites/b.conf", "User b")
                .with("/etc/apache2/sites/a.conf", "User a")
                .with("/etc/apache2/sites/c.txt", "User c")
                .with("/etc/apache2/dir/x/y.conf", "User y");

        assertEquals(List.of("1 User a", "1 User b", "1 User y"), read(files));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    <Directory />                     | /etc/apache2/conf:1: <Directory> is not closed
                    \\n</Directory>                   | /etc/apache2/conf:2: </Directory> closes nothing
                    <Directory />\\n</Files>          | /etc/apache2/conf:2: expected </Directory> but saw </Files>
                    Include conf                      | /etc/apache2/conf:1: files include each other more than 20 deep
                    Include missing                   | /etc/apache2/conf:1: /etc/apache2/missing: no such file
                    Include x/*.conf                  | /etc/apache2/conf:1: nothing matches the pattern of Include
                    <IfModule x>                      | /etc/apache2/conf:1: <IfModule> is not closed
                    LoadModule macro_module x\\nUse M | /etc/apache2/conf:2: Use names no macro that is defined
                    <Directory                        | /etc/apache2/conf:1: <Directory> is missing its closing '>'
                    """)
    void what_the_server_would_refuse_is_refused_with_its_place(String text, String message) {
        var problem = assertThrows(ConfigSyntaxException.class, () -> read(text.replace("\\n", "\n")));

        assertEquals(message, problem.getMessage());
    }

    @Test
    void a_macro_that_uses_itself_ends() {
        String text = "LoadModule macro_module x\n<Macro M>\nUse M\nUse M\n</Macro>\nUse M\n";

        assertThrows(ConfigSyntaxException.class, () -> read(text));
    }

    @Test
    void a_hundred_thousand_lines_are_read_at_once() {
        String text = "<Directory /a>\nRequire all granted\n</Directory>\n".repeat(35_000);

        List<String> rules = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> read(text));

        assertEquals(70_000, rules.size());
    }

    @Test
    void sections_in_sections_without_end_are_refused_without_a_fall() {
        String text = "<Directory /a>\n".repeat(100_000);

        var problem = assertThrows(ConfigSyntaxException.class, () -> read(text));

        assertTrue(
                problem.getMessage().startsWith("/etc/apache2/conf:101: more than 100 sections"), problem::getMessage);
    }

    @Test
    void variables_of_envvars_are_taken_without_running_it() {
        String script = """
                unset HOME
                if [ "${APACHE_CONFDIR##/etc/apache2-}" != "${APACHE_CONFDIR}" ] ; then
                \tSUFFIX="-${APACHE_CONFDIR##/etc/apache2-}"
                else
                \tSUFFIX=
                fi
                export APACHE_RUN_USER=www-data
                export APACHE_RUN_DIR=/var/run/apache2$SUFFIX
                export BAD=`id`
                export LANG=C
                export LANG
                """;

        Map<String, String> variables = Envvars.read(script, Map.of("LANG", "set"));

        assertEquals(
                Map.of("APACHE_RUN_USER", "www-data", "APACHE_RUN_DIR", "/var/run/apache2", "LANG", "set"), variables);
    }
}
