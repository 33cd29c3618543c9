package docrootaudit.finding;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.Attributes;
import docrootaudit.access.Names;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import docrootaudit.server.ByteText;
import docrootaudit.server.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commands that change or make a file rather than its permissions, safe to paste as root wherever the file is: see
 * {@link PasteSafety}.
 *
 * @param accounts all accounts that the name service lists
 * @param names for numbers in words
 * @param quote how paths are quoted
 * @param paster uid of whoever will run the commands (unsigned)
 */
public record FileCommands(List<Account> accounts, Names names, ShellQuote quote, int paster) {
    private static final Permissions WRITE_AND_SEARCH = new Permissions(3);

    /** A command, or why there is none. */
    public sealed interface Command {
        /** One line for a shell. */
        record Line(String text) implements Command {}

        /** No command is safe; one sentence. */
        record None(String why) implements Command {}
    }

    public FileCommands {
        accounts = List.copyOf(accounts);
    }

    /**
     * Changes a line, if it is still what it was.
     *
     * @param file how the file's path resolves
     * @param was the line as it is now
     */
    public Command edit(PathVerdict file, String was, Edit edit) {
        Chain chain = Chain.of(file);
        PathBytes path = file.steps().get(file.steps().size() - 1).step().path();
        return chain.hopsTo(path).map(hops -> edit(hops, path, was, edit)).orElseGet(FileCommands::unseen);
    }

    private Command edit(List<Chain.Hop> hops, PathBytes path, String was, Edit edit) {
        Chain.Hop last = hops.get(hops.size() - 1);
        PasteSafety.Runner runner = new PasteSafety(accounts, spelling()).runner(hops, last.entry());
        if (runner instanceof PasteSafety.Runner.Owner owner && !mayWrite(owner.uid(), last.directory())) {
            // sed -i writes a new file beside the old one
            return new Command.None("its owner may not write in " + last.directoryPath());
        }
        int line = edit.at().line();
        List<String> script = new ArrayList<>();
        for (String one : script(edit)) {
            script.add("-e");
            script.add(quote.quote(ByteText.path(one)));
        }
        String quoted = quote.quote(path);
        return line(
                runner,
                prefix -> "test \"$(" + prefix + "sed -n " + line + "p " + quoted + ")\" = "
                        + quote.quote(ByteText.path(was)) + " && " + prefix + "sed -i " + String.join(" ", script) + " "
                        + quoted);
    }

    /** GNU sed's one-line forms of {@code a}, {@code c} and {@code i}: behind the backslash blanks are kept. */
    private static List<String> script(Edit edit) {
        List<String> lines = List.of(edit.text().replace("\\", "\\\\").split("\n", -1));
        int at = edit.at().line();
        if (edit.kind() == Edit.Kind.REPLACE && edit.text().isEmpty()) {
            return List.of(at + "s/.*//");
        }
        List<String> script = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            char command = edit.kind() == Edit.Kind.INSERT_AFTER ? 'a' : 'i';
            boolean replaces = edit.kind() == Edit.Kind.REPLACE && i == lines.size() - 1;
            // of an empty text sed makes no line
            String text = lines.get(i).isEmpty() ? " " : lines.get(i);
            script.add(at + (replaces ? "c" : String.valueOf(command)) + "\\" + text);
        }
        return script;
    }

    /**
     * Makes an empty file that everybody may read, where there is none.
     *
     * @param directory how the directory's path resolves
     */
    public Command create(PathVerdict directory, PathBytes name) {
        return inDirectory(directory, name, prefix -> prefix + "install -m 0644 /dev/null ");
    }

    /**
     * Makes a file with one line that root and a group may read, where there is none.
     *
     * @param directory how the directory's path resolves
     * @param gid the group (unsigned)
     */
    public Command createFor(PathVerdict directory, PathBytes name, int gid, PathBytes line) {
        String group = spelling().group(gid);
        Command made = inDirectory(directory, name, prefix -> prefix + "install -m 0640 -g " + group + " /dev/null ");
        if (!(made instanceof Command.Line install) || !install.text().startsWith("install ")) {
            // only root can give a file to a group that he is not in
            return made instanceof Command.Line
                    ? new Command.None("the directory is not root's, and only root can give a file to group " + group)
                    : made;
        }
        PathBytes path =
                directory.steps().get(directory.steps().size() - 1).step().path();
        return new Command.Line(
                install.text() + " && echo " + quote.quote(line) + " > " + quote.quote(path.resolve(name)));
    }

    /**
     * Makes a link to another name of the same directory.
     *
     * @param directory how the directory's path resolves
     */
    public Command link(PathVerdict directory, PathBytes name, PathBytes target) {
        return inDirectory(directory, name, prefix -> prefix + "ln -s -- " + quote.quote(target) + " ");
    }

    /**
     * Has a link be somebody's: it is given to him, or he makes it anew where he could replace it anyway.
     *
     * @param directory how the directory's path resolves
     * @param link what the link is now
     * @param says what is written in it
     * @param owner whose it shall be (unsigned)
     */
    public Command own(PathVerdict directory, PathBytes name, Attributes link, PathBytes says, int owner) {
        Chain chain = Chain.of(directory);
        PathBytes path =
                directory.steps().get(directory.steps().size() - 1).step().path();
        Attributes around = chain.inodes().get(path).attributes();
        Attributes his = new Attributes(link.type(), link.mode(), owner, link.gid(), link.acl());
        String file = quote.quote(path.resolve(name));
        Optional<List<Chain.Hop>> hops = chain.hopsTo(path);
        if (hops.isEmpty()) {
            return unseen();
        }
        List<Chain.Hop> more = new ArrayList<>(hops.get());
        more.add(new Chain.Hop(path, around, path.resolve(name), his));
        PasteSafety.Runner runner = new PasteSafety(accounts, spelling()).runner(more, his);
        if (runner instanceof PasteSafety.Runner.Owner && !mayWrite(owner, around)) {
            return new Command.None("user " + spelling().user(owner) + " may not write in " + path);
        }
        return line(
                runner,
                prefix -> runner instanceof PasteSafety.Runner.Owner
                        ? prefix + "ln -sfT -- " + quote.quote(says) + " " + file
                        : "chown -h " + spelling().user(owner) + " " + file);
    }

    private Command inDirectory(PathVerdict directory, PathBytes name, Words command) {
        Chain chain = Chain.of(directory);
        PathBytes path =
                directory.steps().get(directory.steps().size() - 1).step().path();
        Attributes attributes = chain.inodes().get(path).attributes();
        PathBytes file = path.resolve(name);
        return chain.hopsTo(path)
                .map(hops -> {
                    List<Chain.Hop> more = new ArrayList<>(hops);
                    more.add(new Chain.Hop(path, attributes, file, attributes));
                    PasteSafety.Runner runner = new PasteSafety(accounts, spelling()).runner(more, attributes);
                    return line(runner, prefix -> command.with(prefix) + quote.quote(file));
                })
                .orElseGet(FileCommands::unseen);
    }

    /** A command by the words that have it run as somebody else, which may be none. */
    @FunctionalInterface
    private interface Words {
        String with(String prefix);
    }

    private Command line(PasteSafety.Runner runner, Words words) {
        if (runner instanceof PasteSafety.Runner.Nobody nobody) {
            return new Command.None(nobody.why());
        }
        boolean isOwner = runner instanceof PasteSafety.Runner.Owner owner && owner.uid() != paster;
        String prefix = isOwner ? spelling().line(((PasteSafety.Runner.Owner) runner).prefix()) + " " : "";
        return new Command.Line(words.with(prefix));
    }

    private boolean mayWrite(int uid, Attributes directory) {
        Principal owner = accounts.stream()
                .map(Account::principal)
                .filter(p -> p.uid() == uid)
                .findFirst()
                .orElseGet(() -> Principal.of(uid, uid));
        return AccessCheck.decide(owner, directory, WRITE_AND_SEARCH) instanceof Verdict.Granted;
    }

    private static Command unseen() {
        return new Command.None("not every directory above it could be seen");
    }

    private Spelling spelling() {
        return new Spelling(names, quote);
    }
}
