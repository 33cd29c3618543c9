package docrootaudit;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code audit}. */
@Command(name = "audit", version = "audit 0.1.0", mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
