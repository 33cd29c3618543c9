package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import java.util.List;
import java.util.Optional;

/**
 * How well the file that an error log names fits the URL that an access log names, where nobody says which root directory
 * or alias leads from one to the other: by how many names they end with in common.
 */
final class Likeness {
    /** Nothing speaks for it but time and address. */
    static final int NONE = 0;
    /** All of the URL's path is the end of the file's: as below a document root. */
    static final int WHOLE = 1000;

    private Likeness() {}

    static int of(PathBytes url, Spot.Key key) {
        Optional<PathBytes> file = key.file();
        if (file.isEmpty()) {
            return NONE;
        }
        List<PathBytes> asked =
                ByteText.path(RequestLine.decoded(ByteText.of(url))).names();
        List<PathBytes> named = file.get().names();
        if (key.symptom() == Symptom.HTACCESS) {
            return ofDirectory(asked, named.subList(0, Math.max(0, named.size() - 1)));
        }
        int common = common(asked, named);
        boolean whole = common == asked.size() && (common > 0 || key.symptom() == Symptom.MISSING_INDEX);
        return whole ? WHOLE + common : common;
    }

    /** A directory on the way: some directories of the URL, from its first, are the end of the directory's path. */
    private static int ofDirectory(List<PathBytes> asked, List<PathBytes> directory) {
        for (int i = asked.size(); i > 0; i--) {
            if (common(asked.subList(0, i), directory) == i) {
                return WHOLE + i;
            }
        }
        return NONE;
    }

    private static int common(List<PathBytes> a, List<PathBytes> b) {
        int common = 0;
        while (common < a.size()
                && common < b.size()
                && a.get(a.size() - 1 - common).equals(b.get(b.size() - 1 - common))) {
            common++;
        }
        return common;
    }
}
