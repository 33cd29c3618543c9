package docrootaudit.config;

import docrootaudit.daemon.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/** An {@code audit.toml}: read whole, with everything that is wrong with it told at once. */
public final class ConfigFile {
    private static final int LARGEST = 1 << 20;

    private final Directories directories;
    private final Accounts accounts;

    /** Checks roots on this machine, and takes every account. */
    public ConfigFile() {
        this(Directories::onDisk, Accounts.ANY);
    }

    /** Checks roots and accounts. */
    public ConfigFile(Directories directories, Accounts accounts) {
        this.directories = directories;
        this.accounts = accounts;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException with every mistake in it, or why it cannot be read
     */
    public Settings read(Path file) throws ConfigException {
        Problems problems = new Problems(file.toString());
        try {
            // a FIFO would block whoever opens it, a device do what it does
            if (Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return parse(start(file), problems);
            }
            problems.addForFile("it is " + (Files.isDirectory(file) ? "a directory" : "no regular file")
                    + "; expected a configuration in TOML");
        } catch (NoSuchFileException e) {
            problems.addForFile((Files.isSymbolicLink(file) ? "the link leads nowhere" : "the file does not exist")
                    + "; expected a configuration in TOML");
        } catch (AccessDeniedException e) {
            problems.addForFile("permission to read the file is denied");
        } catch (IOException e) {
            problems.addForFile("the file cannot be read: " + Problems.visible(String.valueOf(e.getMessage())));
        }
        throw problems.exception();
    }

    /** As much as can be one, and a byte more. */
    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    /**
     * Reads the bytes of a file.
     *
     * @param name how messages name it
     */
    Settings parse(byte[] bytes, String name) throws ConfigException {
        return parse(bytes, new Problems(name));
    }

    private Settings parse(byte[] bytes, Problems problems) throws ConfigException {
        if (bytes.length > LARGEST) {
            problems.addForFile("the file is larger than 1 MiB; expected a configuration, which is a few KiB");
            throw problems.exception();
        }
        TomlParseResult toml = Toml.parse(decode(bytes, problems));
        for (TomlParseError error : toml.errors()) {
            problems.addSyntax(error.position().line(), Syntax.sentence(error));
        }
        Settings settings = new SettingsReader(directories, accounts, problems).read(new Section(toml, 1, problems));
        if (!problems.isEmpty()) {
            throw problems.exception();
        }
        return settings;
    }

    private static String decode(byte[] bytes, Problems problems) throws ConfigException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            problems.add(1 + newlines(bytes, in.position()), "the text is not UTF-8; expected that encoding");
            throw problems.exception();
        }
    }

    private static int newlines(byte[] bytes, int end) {
        int count = 0;
        for (int i = 0; i < end; i++) {
            count += bytes[i] == '\n' ? 1 : 0;
        }
        return count;
    }
}
