package docrootaudit.cli;

import docrootaudit.access.PathBytes;
import docrootaudit.report.CharsetOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a command line and turns every way it can end into an exit status and at most a few sentences. */
public final class Cli {
    /** Of what is said about usage. */
    static final int WIDTH = 100;

    private static final Set<String> HELP = Set.of("-h", "--help");

    private final Services services;
    private final PrintWriter out;
    private final PrintWriter err;

    public Cli(Services services) {
        this.services = services;
        this.out = writer(services.out());
        this.err = writer(services.err());
    }

    private PrintWriter writer(java.io.OutputStream to) {
        Writer text = CharsetOutput.to(to, services.charset());
        return new PrintWriter(text, true);
    }

    /**
     * Runs.
     *
     * @param arguments as {@link RawArguments} has them
     * @return the exit status
     */
    public int run(String... arguments) {
        if (arguments.length == 1 && HELP.contains(arguments[0])) {
            return help();
        }
        CommandLine line = line(arguments);
        line.setOut(out);
        line.setErr(err);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setUsageHelpWidth(WIDTH);
        boolean debug = Arrays.asList(arguments).contains("--debug");
        Complaints complaints = new Complaints(debug);
        line.setParameterExceptionHandler(complaints);
        line.setExecutionExceptionHandler(complaints);
        try {
            return line.execute(arguments);
        } catch (Error e) {
            // too little memory above all; Java's own word for it would be that something was refused
            return failed(e, debug);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** The usage of the program, written down: to describe all commands takes longer than to scan a small site. */
    private int help() {
        try (InputStream text = Objects.requireNonNull(Cli.class.getResourceAsStream("help.txt"))) {
            out.print(new String(text.readAllBytes(), StandardCharsets.UTF_8));
            out.flush();
            return Exit.FINE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says why a command line is not run; answers the exit status. */
    public int refuse(String sentence) {
        complain(sentence);
        return Exit.USAGE;
    }

    /** Reads a command line as {@link #run} would, and runs nothing. */
    CommandLine.ParseResult parse(String... arguments) {
        return line(arguments).parseArgs(arguments);
    }

    /** All commands, or the one that the first argument names: to describe them all takes longer than a short one runs. */
    private CommandLine line(String... arguments) {
        Commands commands = new Commands(services);
        CommandLine line = (arguments.length == 0 ? Optional.<Class<?>>empty() : AuditCommand.named(arguments[0]))
                .map(type -> new CommandLine(CommandSpec.wrapWithoutInspection(null, commands)
                        .name(AuditCommand.NAME)
                        .addSubcommand(arguments[0], new CommandLine(type, commands))))
                .orElseGet(() -> new CommandLine(new AuditCommand(), commands));
        // a path may begin with @, and is no file of arguments
        return line.setExpandAtFiles(false);
    }

    private int failed(Throwable e, boolean debug) {
        if (debug) {
            e.printStackTrace(err);
        }
        if (isOutOfMemory(e)) {
            complain(
                    "this takes more memory than the "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB that Java may use: allow it more, as with JDK_JAVA_OPTIONS=-Xmx2g, or scan fewer roots at once");
        } else if (e instanceof UsageException) {
            complain(e.getMessage());
            return Exit.USAGE;
        } else if (e instanceof FailedException) {
            complain(e.getMessage());
        } else if (e instanceof InterruptedException) {
            complain("interrupted");
        } else if (e instanceof IOException || e instanceof UncheckedIOException) {
            complain("the output could not be written: " + e.getMessage());
        } else {
            complain("a fault of this program: " + e + (debug ? "" : "; --debug tells more"));
        }
        return Exit.INCOMPLETE;
    }

    /** It may have befallen another thread first. */
    private static boolean isOutOfMemory(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** Lines of our own stay lines; what users or files put into them is escaped. */
    private void complain(String message) {
        String text = String.valueOf(message);
        for (String part : text.split("\n", -1)) {
            err.println("audit: "
                    + PathBytes.of(RawArguments.encode(part)).toString().replace("\\\\", "\\"));
        }
    }

    /**
     * Says why a command did not run, or did not end well. A class, and no lambdas: Java archives none whose interface was
     * compiled as long ago as these, and without the interface has to open the jar.
     */
    private final class Complaints
            implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
        private final boolean debug;

        private Complaints(boolean debug) {
            this.debug = debug;
        }

        @Override
        public int handleParseException(CommandLine.ParameterException e, String[] arguments) {
            complain(e.getMessage());
            err.println("Try audit --help.");
            return Exit.USAGE;
        }

        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
            return failed(e, debug);
        }
    }

    /** Makes commands, which are given the services. */
    private record Commands(Services services) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                Class<?>[] parameters = constructor.getParameterTypes();
                if (parameters.length == 1 && parameters[0] == Services.class) {
                    return type.cast(constructor.newInstance(services));
                }
                if (parameters.length == 0) {
                    constructor.setAccessible(true); // picocli's own are private
                    return type.cast(constructor.newInstance());
                }
            }
            return CommandLine.defaultFactory().create(type); // which begins with a search for Groovy
        }
    }
}
