package docrootaudit.server.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An access log: of its lines those with the status 403 or 401. */
final class AccessLog implements LogParser {
    private final List<AccessFormat> formats;

    /** @param first the format that most lines have; of the others each line may have one */
    AccessLog(AccessFormat first, List<AccessFormat> others) {
        formats = new ArrayList<>(others);
        formats.remove(first);
        formats.add(0, first);
    }

    @Override
    public void line(String line, Consumer<LogEvent> to) {
        // most lines hold neither, and need not be taken apart
        if (line.indexOf("403") < 0 && line.indexOf("401") < 0) {
            return;
        }
        for (AccessFormat format : formats) {
            Optional<AccessFormat.Values> values = format.read(line);
            if (values.isPresent()) {
                answer(values.get()).ifPresent(to);
                return;
            }
        }
    }

    private static Optional<LogEvent> answer(AccessFormat.Values values) {
        int status = values.status();
        if (status != 403 && status != 401) {
            return Optional.empty();
        }
        return values.url()
                .map(url -> new LogEvent.Answered(
                        values.second(),
                        new LogEvent.Visitor(values.client(), values.agent()),
                        values.site(),
                        url,
                        status,
                        values.witness()));
    }
}
