package docrootaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What {@code audit --help} prints is written down; the commands' own declaration is what it has to say. */
class HelpTest {
    @Test
    void the_usage_that_is_written_down_is_that_of_the_commands() throws IOException {
        CommandLine line = new CommandLine(new AuditCommand(), new ManPageTest.Commands());
        line.setUsageHelpWidth(Cli.WIDTH);
        String written;
        try (var text = Cli.class.getResourceAsStream("help.txt")) {
            written = new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertEquals(line.getUsageMessage(Ansi.OFF), written, "src/main/resources/docrootaudit/cli/help.txt");
    }
}
