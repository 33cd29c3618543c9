package docrootaudit.audit;

import docrootaudit.access.PathBytes;
import docrootaudit.server.log.AccessFormat;
import docrootaudit.server.log.ErrorFormat;
import java.util.List;

/**
 * A log to be read.
 *
 * @param file absolute
 * @param formats of an access log, that a configuration gives it
 * @param errorFormats of an error log
 * @param site the virtual server that alone writes there; empty where several do, or that is not known
 * @param named who says that it is a log
 */
public record LogInput(
        PathBytes file, List<AccessFormat> formats, List<ErrorFormat> errorFormats, String site, Named named) {
    /** Who names it. */
    public enum Named {
        /** Somebody who means this file, wherever it is. */
        BY_SOMEBODY,
        /** A web server's configuration: it may lie where a tenant puts what he likes. */
        BY_SERVER
    }

    public LogInput {
        formats = List.copyOf(formats);
        errorFormats = List.copyOf(errorFormats);
    }

    /** One of which nothing else is known. */
    public static LogInput of(PathBytes file) {
        return new LogInput(file, List.of(), List.of(), "", Named.BY_SOMEBODY);
    }

    /** The same about another file: one that was rotated away. */
    public LogInput at(PathBytes other, Named by) {
        return new LogInput(other, formats, errorFormats, site, by);
    }
}
