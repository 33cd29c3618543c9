package docrootaudit.server.nginx;

import docrootaudit.access.PathBytes;
import docrootaudit.server.HttpDate;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.Optional;

/**
 * The status of a file that is sent, by what the visitor says he has of it already:
 * {@code ngx_http_not_modified_filter_module.c}, then {@code ngx_http_range_filter_module.c}.
 */
final class Conditions {
    private final Exchange exchange;

    Conditions(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Sends a file; one that takes the place of an error is sent whatever the conditions are. */
    Turn serve(PathBytes path, Tree.Found.There file) {
        Turn sent = new Turn.Sent(200, Optional.of(path));
        if (exchange.isError()) {
            return sent;
        }
        Optional<Turn> otherwise = modified(path, file);
        if (otherwise.isPresent()) {
            return otherwise.get();
        }
        return header("Range").isPresent() ? range(path, file).orElse(sent) : sent;
    }

    private Optional<String> header(String name) {
        return exchange.request.header(name);
    }

    private Optional<Turn> modified(PathBytes path, Tree.Found.There file) {
        long seconds = file.modified().getEpochSecond();
        Optional<Long> unmodified = header("If-Unmodified-Since").map(Conditions::seconds);
        if (unmodified.isPresent() && unmodified.get() < seconds) {
            return Optional.of(refused(412, "If-Unmodified-Since", path));
        }
        Optional<String> etag = etag(file);
        Optional<String> match = header("If-Match");
        if (match.isPresent() && !isAmong(match.get(), etag, Comparison.STRONG)) {
            return Optional.of(refused(412, "If-Match", path));
        }
        Optional<String> since = header("If-Modified-Since");
        Optional<String> noneMatch = header("If-None-Match");
        if (since.isEmpty() && noneMatch.isEmpty()) {
            return Optional.empty();
        }
        boolean newer = since.isPresent() && isNewer(seconds, seconds(since.get()));
        boolean other = noneMatch.isPresent() && !isAmong(noneMatch.get(), etag, Comparison.WEAK);
        if (newer || other) {
            return Optional.empty();
        }
        exchange.proof.step("conditions", "the visitor has the file as it is");
        return Optional.of(new Turn.Sent(304, Optional.of(path)));
    }

    private boolean isNewer(long modified, long since) {
        String compares = exchange.settings()
                .find("if_modified_since")
                .map(d -> d.word(0))
                .orElse("exact");
        return switch (compares) {
            case "off" -> true;
            case "before" -> since < modified;
            default -> since != modified;
        };
    }

    /** {@code ngx_http_set_etag()}: the times and sizes in hexadecimal digits. */
    private Optional<String> etag(Tree.Found.There file) {
        boolean off = exchange.settings()
                .find("etag")
                .map(d -> d.word(0).equals("off"))
                .orElse(false);
        String tag =
                "\"" + Long.toHexString(file.modified().getEpochSecond()) + "-" + Long.toHexString(file.size()) + "\"";
        return off ? Optional.empty() : Optional.of(tag);
    }

    private enum Comparison {
        STRONG,
        WEAK
    }

    /** {@code ngx_http_test_if_match()}. */
    private static boolean isAmong(String list, Optional<String> etag, Comparison comparison) {
        if (list.equals("*")) {
            return true;
        }
        for (String one : etag.isEmpty() ? new String[0] : list.split(",")) {
            String tag = one.strip();
            boolean weak = comparison == Comparison.WEAK && tag.startsWith("W/");
            if ((weak ? tag.substring(2) : tag).equals(etag.get())) {
                return true;
            }
        }
        return false;
    }

    /** Before everything where it is no time. */
    private static long seconds(String time) {
        return HttpDate.seconds(time).orElse(-1L);
    }

    private Turn refused(int status, String header, PathBytes path) {
        exchange.proof.step("conditions", header + " is not met");
        exchange.proof.refuse(new Refusal(
                Reason.DENY_RULE,
                new Refusal.Blame.Request(),
                "",
                status,
                Optional.of(path),
                Refusal.Meaning.ON_PURPOSE));
        return new Turn.Special(status);
    }

    private Optional<Turn> range(PathBytes path, Tree.Found.There file) {
        int most = exchange.settings()
                .find("max_ranges")
                .map(d -> Reception.size(d.word(0)))
                .orElse(Integer.MAX_VALUE);
        String text = header("Range").orElse("");
        boolean bytes = text.length() > "bytes=".length() && text.regionMatches(true, 0, "bytes=", 0, 6);
        if (most == 0 || !bytes || exchange.request.host().isEmpty() || isAnother(file)) {
            return Optional.empty();
        }
        if (exchange.settings().isOn("gzip") && header("Accept-Encoding").isPresent()) {
            exchange.proof.doubt("what is compressed is not sent in parts (gzip)");
        }
        Ranges ranges = Ranges.parse(text.substring("bytes=".length()), file.size());
        if (ranges.count() == 0) {
            return Optional.of(refused(416, "Range", path));
        }
        boolean whole = ranges.count() > most || ranges.bytes() > file.size();
        if (whole) {
            return Optional.empty();
        }
        exchange.proof.step("conditions", "a part of the file is asked for");
        return Optional.of(new Turn.Sent(206, Optional.of(path)));
    }

    /** Whether the visitor has parts of another file of that name already. */
    private boolean isAnother(Tree.Found.There file) {
        Optional<String> range = header("If-Range");
        if (range.isEmpty()) {
            return false;
        }
        String text = range.get();
        return text.endsWith("\"")
                ? !Optional.of(text).equals(etag(file))
                : seconds(text) != file.modified().getEpochSecond();
    }
}
