package docrootaudit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** audit(1) names every command and option that there is, and no other. */
class ManPageTest {
    private static final Pattern ITEM = Pattern.compile("^\\.It (?<macro>Cm|Fl) (?<text>.*)$", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile("(?:^|Fl )-?[0-9A-Za-z][0-9a-z-]*");

    @Test
    void it_names_all_options() throws IOException {
        Set<String> options = new TreeSet<>();
        commands(audit())
                .flatMap(command -> command.getCommandSpec().options().stream())
                .flatMap(option -> Stream.of(option.names()))
                .forEach(options::add);

        Set<String> described = new TreeSet<>();
        items("Fl")
                .flatMap(item -> OPTION.matcher(item).results())
                .forEach(option -> described.add("-" + option.group().replace("Fl ", "")));

        assertEquals(options, described);
    }

    @Test
    void it_names_all_commands() throws IOException {
        Set<String> commands = new TreeSet<>();
        commands(audit())
                .filter(command -> command.getSubcommands().isEmpty())
                .forEach(command ->
                        commands.add(command.getCommandSpec().qualifiedName().substring("audit ".length())));

        assertEquals(commands, new TreeSet<>(items("Cm").toList()));
    }

    private static CommandLine audit() {
        return new CommandLine(new AuditCommand(), new Commands());
    }

    private static Stream<CommandLine> commands(CommandLine from) {
        return Stream.concat(
                Stream.of(from), from.getSubcommands().values().stream().flatMap(ManPageTest::commands));
    }

    private static Stream<String> items(String macro) throws IOException {
        return ITEM.matcher(Files.readString(Path.of("src/man/audit.1")))
                .results()
                .filter(item -> item.group(1).equals(macro))
                .map(item -> item.group(2));
    }

    /** Their declaration needs no services. */
    static final class Commands implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1) {
                    return type.cast(constructor.newInstance((Object) null));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
