package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.Edit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files with changes of single lines laid over, one after the other: the later see the lines as the earlier left them. */
final class EditedFiles implements ConfigFiles {
    private final ConfigFiles files;
    private final List<Edit> edits;

    EditedFiles(ConfigFiles files, List<Edit> edits) {
        this.files = files;
        this.edits = List.copyOf(edits);
    }

    @Override
    public String read(PathBytes file) throws IOException {
        return edited(files.read(file), file, edits);
    }

    /** The text of a file after those changes that are about it. */
    static String edited(String text, PathBytes file, List<Edit> edits) {
        String edited = text;
        for (Edit edit : edits) {
            edited = edit.at().file().equals(file) ? edited(edited, edit) : edited;
        }
        return edited;
    }

    /** The text after one change; unchanged if it has no such line. */
    static String edited(String text, Edit edit) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int at = edit.at().line() - 1;
        if (at < 0 || at >= lines.size()) {
            return text;
        }
        switch (edit.kind()) {
            case REPLACE -> lines.set(at, edit.text());
            case INSERT_BEFORE -> lines.add(at, edit.text());
            case INSERT_AFTER -> lines.add(at + 1, edit.text());
        }
        return String.join("\n", lines);
    }

    /** A line, counted from 1; empty if there is none. */
    static String line(String text, int number) {
        String[] lines = text.split("\n", -1);
        return number >= 1 && number <= lines.length ? lines[number - 1] : "";
    }

    @Override
    public List<PathBytes> names(PathBytes directory) throws IOException {
        return files.names(directory);
    }

    @Override
    public boolean isDirectory(PathBytes path) {
        return files.isDirectory(path);
    }
}
