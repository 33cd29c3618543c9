package docrootaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What is written down for a quick start; the commands' own declaration is what it has to say. */
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

    @Test
    void each_command_is_found_by_its_name_and_nothing_else_is() {
        CommandLine line = new CommandLine(new AuditCommand(), new ManPageTest.Commands());

        line.getSubcommands()
                .forEach((name, command) ->
                        assertEquals(Optional.of(command.getCommand().getClass()), AuditCommand.named(name), name));
        assertEquals(Optional.empty(), AuditCommand.named("sca"));
    }
}
