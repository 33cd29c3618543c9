package docrootaudit.server.apache;

import docrootaudit.server.HttpDate;
import docrootaudit.server.Reason;
import docrootaudit.server.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The status of a file that is sent, by what the visitor says he has of it already: {@code ap_meets_conditions()} in
 * modules/http/http_protocol.c, then the filter of {@code Range}.
 */
final class Conditions {
    /** A file that was written so lately may change once more within its second: its dates prove less. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    /** Within a second {@code ETag} is a weak one; a second more for the clocks of two machines. */
    private static final Duration JUST_NOW = Duration.ofSeconds(2);

    /** Filters that do nothing to visitors who do not ask for compressed answers. */
    private static final String COMPRESSING = "(?i)(?:deflate|brotli_compress|;|\\s)*";

    private final Hop hop;
    private final Journey journey;
    private final Tree.Found.There file;

    Conditions(Hop hop, Tree.Found.There file) {
        this.hop = hop;
        this.journey = hop.journey();
        this.file = file;
    }

    /** What a condition came to, as {@code ap_condition_e} has it. */
    private enum Outcome {
        NONE,
        NO_MATCH,
        WEAK,
        STRONG
    }

    /** Sets the status that the answer has, or refuses. */
    int run() {
        if (hop.status() < 200 || hop.status() >= 300) {
            // what takes the place of an error is sent whatever the conditions are
            return Hop.OK;
        }
        doubtFilters();
        Optional<Integer> otherwise = conditions();
        if (otherwise.isPresent()) {
            journey.step("conditions", "the visitor has the file as it is, or asked for it as it is not");
            if (otherwise.get() == 412) {
                hop.refuse(Journey.request(Reason.DENY_RULE, 412));
            }
            // no page for an error: the status is sent as it is
            hop.status(otherwise.get());
            return Hop.OK;
        }
        return hop.status() == 200 ? range() : Hop.OK;
    }

    private Optional<String> header(String name) {
        Optional<String> sent = journey.request().header(name);
        Optional<Directive> change = journey.has("mod_headers")
                ? hop.config().find("requestheader " + name.toLowerCase(Locale.ROOT))
                : Optional.empty();
        if (change.isEmpty()) {
            return sent;
        }
        boolean always = change.get().first().equalsIgnoreCase("unset")
                && change.get().words().size() == 2;
        if (!always && (sent.isPresent() || !change.get().first().equalsIgnoreCase("unset"))) {
            journey.doubt("the header " + name + " is changed before it counts", change.get());
        }
        return always ? Optional.empty() : sent;
    }

    private boolean isConditional() {
        return List.of("Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since").stream()
                .anyMatch(name -> header(name).isPresent());
    }

    /** What alters the content alters its length and {@code ETag}. */
    private void doubtFilters() {
        if (!isConditional()) {
            return;
        }
        String name = hop.file().substring(hop.file().lastIndexOf('/') + 1);
        boolean compressed = journey.request().header("Accept-Encoding").isPresent();
        StringBuilder filters = new StringBuilder();
        hop.config().find("setoutputfilter").ifPresent(d -> filters.append(d.first()));
        hop.config()
                .find("addoutputfilterbytype")
                .ifPresent(d -> filters.append(';').append(d.first()));
        for (String ending : name.split("\\.")) {
            hop.config()
                    .mime()
                    .find(ending, MimeMap.Kind.FILTER)
                    .ifPresent(m -> filters.append(';').append(m.value()));
        }
        boolean harmless = filters.toString().isEmpty()
                || filters.toString().equalsIgnoreCase("none")
                || (!compressed && filters.toString().matches(COMPRESSING));
        if (!harmless || hop.config().find("filterchain").isPresent()) {
            journey.doubt("a filter may alter what is sent: which part is asked for is not known");
        }
    }

    private Optional<Integer> conditions() {
        if (match() == Outcome.NO_MATCH) {
            return Optional.of(412);
        }
        Optional<Boolean> same = Optional.empty();
        Outcome unmodified = unmodifiedSince();
        if (unmodified == Outcome.NO_MATCH) {
            same = Optional.of(false);
        } else if (unmodified != Outcome.NONE) {
            return Optional.of(412);
        }
        Outcome none = noneMatch();
        if (none == Outcome.NO_MATCH) {
            same = Optional.of(false);
        } else if (none != Outcome.NONE) {
            if (!hop.isGet()) {
                return Optional.of(412);
            }
            same = same.or(() -> Optional.of(true));
        }
        Outcome since = modifiedSince();
        if (since == Outcome.NO_MATCH) {
            same = Optional.of(false);
        } else if (since != Outcome.NONE && hop.isGet()) {
            same = same.or(() -> Optional.of(true));
        }
        boolean part = ifRange() != Outcome.NONE;
        return !part && same.orElse(false) ? Optional.of(304) : Optional.empty();
    }

    private Outcome match() {
        Optional<String> list = header("If-Match");
        if (list.isEmpty()) {
            return Outcome.NONE;
        }
        return list.get().startsWith("*") || isAmong(list.get(), Comparison.STRONG) ? Outcome.STRONG : Outcome.NO_MATCH;
    }

    private Outcome noneMatch() {
        Optional<String> list = header("If-None-Match");
        if (list.isEmpty()) {
            return Outcome.NONE;
        } else if (list.get().startsWith("*")) {
            return Outcome.STRONG;
        }
        boolean weak = hop.isGet() && header("Range").isEmpty();
        return isAmong(list.get(), weak ? Comparison.WEAK : Comparison.STRONG) ? Outcome.STRONG : Outcome.NO_MATCH;
    }

    private Outcome unmodifiedSince() {
        Optional<String> time = header("If-Unmodified-Since");
        if (time.isEmpty()) {
            return Outcome.NONE;
        }
        Optional<Long> since = HttpDate.seconds(time.get());
        return since.isPresent() && modified() > since.get() ? ofDate() : Outcome.NO_MATCH;
    }

    private Outcome modifiedSince() {
        Optional<String> time = header("If-Modified-Since");
        if (time.isEmpty()) {
            return Outcome.NONE;
        }
        long since = HttpDate.seconds(time.get()).orElse(0L);
        boolean holds = since >= modified() && since <= journey.now().getEpochSecond();
        return holds ? ofDate() : Outcome.NO_MATCH;
    }

    private Outcome ifRange() {
        Optional<String> what = header("If-Range");
        if (what.isEmpty() || header("Range").isEmpty()) {
            return Outcome.NONE;
        } else if (what.get().startsWith("\"")) {
            return etag().filter(what.get()::equals).isPresent() ? Outcome.STRONG : Outcome.NO_MATCH;
        }
        boolean same = HttpDate.seconds(what.get()).orElse(0L) == modified();
        return same && !isFresh() ? Outcome.STRONG : Outcome.NO_MATCH;
    }

    /** A date proves little of a file that is fresh, and nothing to whoever wants a part of it. */
    private Outcome ofDate() {
        if (!isFresh()) {
            return Outcome.STRONG;
        }
        return header("Range").isPresent() ? Outcome.NO_MATCH : Outcome.WEAK;
    }

    private boolean isFresh() {
        return journey.now().getEpochSecond() < modified() + FRESH.toSeconds();
    }

    private long modified() {
        return file.modified().getEpochSecond();
    }

    private enum Comparison {
        STRONG,
        WEAK
    }

    /** {@code ap_find_etag_strong()} and {@code ap_find_etag_weak()} in server/util.c. */
    private boolean isAmong(String list, Comparison comparison) {
        Optional<String> own = etag();
        for (String one : list.split(",")) {
            String tag = one.strip();
            boolean weak = comparison == Comparison.WEAK && tag.startsWith("W/");
            if (own.isPresent() && own.get().equals(weak ? tag.substring(2) : tag)) {
                return true;
            }
        }
        return false;
    }

    /** {@code ap_make_etag_ex()} in modules/http/http_etag.c: size and time in hexadecimal digits, if nothing else is said. */
    private Optional<String> etag() {
        Optional<Directive> line = hop.config().find("fileetag");
        String parts =
                line.map(Directive::args).orElse("").toLowerCase(Locale.ROOT).strip();
        boolean size = parts.isEmpty() || parts.contains("size");
        boolean time = parts.isEmpty() || parts.contains("mtime");
        if (parts.equals("none")) {
            return Optional.empty();
        } else if (!parts.matches("(?:(?:mtime|size)\\s*)*")) {
            journey.doubt("the ETag is made of what is not looked at", line.orElseThrow());
        } else if (journey.now().isBefore(file.modified().plus(JUST_NOW))) {
            journey.doubt("the file was written just now, and its ETag is still a weak one");
        }
        Instant modified = file.modified();
        long micros = modified.getEpochSecond() * 1_000_000 + modified.getNano() / 1000;
        String both = (size ? Long.toHexString(file.size()) : "")
                + (size && time ? "-" : "")
                + (time ? Long.toHexString(micros) : "");
        return Optional.of("\"" + both + "\"");
    }

    /** {@code ap_byterange_filter()}. */
    private int range() {
        Optional<String> asked = header("Range");
        boolean bytes = asked.isPresent() && asked.get().regionMatches(true, 0, "bytes=", 0, 6);
        if (!bytes || file.size() == 0 || ifRange() == Outcome.NO_MATCH) {
            return Hop.OK;
        }
        ByteRanges ranges = ByteRanges.parse(asked.get().substring("bytes=".length()), file.size());
        if (ranges.count() == 0
                || ranges.count() > most("maxranges", 200)
                || ranges.overlaps() > most("maxrangeoverlaps", 20)
                || ranges.reversals() > most("maxrangereversals", 20)) {
            return Hop.OK;
        } else if (ranges.count() < 0) {
            journey.step("conditions", "the part that is asked for is behind the end of the file");
            return hop.refuse(Journey.request(Reason.DENY_RULE, 416));
        }
        journey.step("conditions", "a part of the file is asked for");
        hop.status(206);
        return Hop.OK;
    }

    private int most(String key, int standard) {
        String word =
                hop.config().find(key).map(Directive::first).orElse("default").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "default" -> standard;
            case "none" -> 0;
            case "unlimited" -> Integer.MAX_VALUE;
            default -> word.matches("\\d{1,9}") ? Integer.parseInt(word) : standard;
        };
    }
}
