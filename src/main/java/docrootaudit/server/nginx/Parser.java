package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a configuration with all that it includes into directives. What they mean is not its business; how deep blocks
 * and files may lie in each other is bounded, so that nobody who walks the result recurses without end.
 */
final class Parser {
    /** Locations in locations: nobody writes more, and nginx itself recurses. */
    private static final int MAX_DEPTH = 200;

    /** nginx would go on until it has no more file descriptors. */
    private static final int MAX_INCLUDES = 100;

    private static final int MAX_FILES = 20_000;
    private static final long MAX_CHARACTERS = 512L << 20;

    private final ConfigFiles files;
    private final Includes includes;
    private final Deque<OpenFile> open = new ArrayDeque<>();
    private final Deque<OpenBlock> blocks = new ArrayDeque<>();
    private List<Directive> current = new ArrayList<>();
    private final Map<PathBytes, String> texts = new HashMap<>();
    private int filesRead;
    private long charactersRead;

    /** A file that is being read, and how many blocks were open when it began. */
    private record OpenFile(PathBytes name, Lexer lexer, int depth) {}

    /** A block that is being read, and what stands beside it. */
    private record OpenBlock(String name, List<String> words, Source source, List<Directive> outside) {}

    private Parser(ConfigFiles files, PathBytes config) {
        this.files = files;
        this.includes = new Includes(files, config.parent().orElse(PathBytes.ROOT));
    }

    /**
     * What was read.
     *
     * @param texts of every file, as it was
     */
    record Parsed(List<Directive> directives, Map<PathBytes, String> texts) {}

    /**
     * Reads a file and all that it includes.
     *
     * @throws ConfigSyntaxException where nginx would not read it either
     */
    static Parsed parse(ConfigFiles files, PathBytes config) throws ConfigSyntaxException {
        Parser parser = new Parser(files, config);
        parser.enter(config, Optional.empty());
        parser.run();
        return new Parsed(parser.current, parser.texts);
    }

    private void run() throws ConfigSyntaxException {
        while (!open.isEmpty()) {
            OpenFile file = open.peek();
            Lexer.Statement statement = file.lexer().next();
            switch (statement.end()) {
                case SEMICOLON -> simple(statement);
                case OPEN -> openBlock(file, statement);
                case CLOSE -> {
                    if (blocks.size() == file.depth()) {
                        throw new ConfigSyntaxException(Optional.of(statement.source()), "unexpected \"}\"");
                    }
                    closeBlock();
                }
                case FILE -> {
                    if (blocks.size() > file.depth()) {
                        throw new ConfigSyntaxException(
                                Optional.of(statement.source()), "unexpected end of file, expecting \"}\"");
                    }
                    open.pop();
                }
            }
        }
    }

    private void simple(Lexer.Statement statement) throws ConfigSyntaxException {
        List<String> words = statement.words();
        if (words.get(0).equals("include")) {
            include(statement);
        } else {
            current.add(
                    new Directive(words.get(0), words.subList(1, words.size()), Optional.empty(), statement.source()));
        }
    }

    private void openBlock(OpenFile file, Lexer.Statement statement) throws ConfigSyntaxException {
        String name = statement.words().get(0);
        List<String> words = statement.words().subList(1, statement.words().size());
        if (name.endsWith("_by_lua_block")) {
            file.lexer().skipLua();
            current.add(new Directive(name, words, Optional.of(List.of()), statement.source()));
            return;
        }
        if (blocks.size() >= MAX_DEPTH) {
            throw new ConfigSyntaxException(
                    Optional.of(statement.source()), "blocks are nested more than " + MAX_DEPTH + " deep");
        }
        blocks.push(new OpenBlock(name, words, statement.source(), current));
        current = new ArrayList<>();
    }

    private void closeBlock() {
        OpenBlock block = blocks.pop();
        List<Directive> inside = current;
        current = block.outside();
        current.add(new Directive(block.name(), block.words(), Optional.of(inside), block.source()));
    }

    private void include(Lexer.Statement statement) throws ConfigSyntaxException {
        if (statement.words().size() != 2) {
            throw new ConfigSyntaxException(
                    Optional.of(statement.source()), "invalid number of arguments in \"include\" directive");
        }
        List<PathBytes> found = includes.find(statement.words().get(1), statement.source());
        for (int i = found.size() - 1; i >= 0; i--) {
            enter(found.get(i), Optional.of(statement.source()));
        }
    }

    private void enter(PathBytes name, Optional<Source> from) throws ConfigSyntaxException {
        if (open.size() >= MAX_INCLUDES
                && open.stream().filter(f -> f.name().equals(name)).count() > 1) {
            throw new ConfigSyntaxException(from, "the file " + name + " includes itself");
        }
        String text;
        try {
            text = files.read(name);
        } catch (IOException e) {
            throw new ConfigSyntaxException(from, e.getMessage());
        }
        texts.put(name, text);
        charactersRead += text.length();
        if (++filesRead > MAX_FILES || charactersRead > MAX_CHARACTERS) {
            throw new ConfigSyntaxException(
                    from,
                    "the includes lead to more than " + MAX_FILES + " files or " + (MAX_CHARACTERS >> 20) + " MiB");
        }
        open.push(new OpenFile(name, new Lexer(text, name), blocks.size()));
    }
}
