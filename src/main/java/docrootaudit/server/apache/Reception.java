package docrootaudit.server.apache;

import docrootaudit.server.Request;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the server does not even look at ({@code ap_read_request()} in server/protocol.c, {@code fix_hostname()} in
 * server/vhost.c): a request that is too long, or no request at all.
 */
final class Reception {
    /** {@code T_HTTP_TOKEN_STOP} of gen_test_char.c, the other way round. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** {@code DEFAULT_LIMIT_REQUEST_LINE} and {@code DEFAULT_LIMIT_REQUEST_FIELDSIZE}. */
    private static final int LONGEST_LINE = 8190;

    /** {@code DEFAULT_LIMIT_REQUEST_FIELDS}. */
    private static final int MOST_FIELDS = 100;

    /** A name, or four numbers without zeros in front; the last part of a name begins with a letter. */
    private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z_-])\\.?(?:[A-Za-z0-9_-]+\\.)*[A-Za-z0-9_-]+\\.?");

    private static final Pattern LAST_PART = Pattern.compile(".*\\.[^A-Za-z.][^.]*");
    private static final Pattern NUMBERS = Pattern.compile("(?:0|[1-9]\\d*)(?:\\.(?:0|[1-9]\\d*)){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+\\]");

    private final Request request;
    private final Host first;
    private final Host host;

    /**
     * For one request.
     *
     * @param first the server whose limits count while the name is not read yet
     * @param host the server that answers
     */
    Reception(Request request, Host first, Host host) {
        this.request = request;
        this.first = first;
        this.host = host;
    }

    /** The status of a request that goes no further; empty if it does. */
    Optional<Integer> refusal() {
        String target = request.target();
        boolean path = target.startsWith("/") || target.equals("*");
        boolean clean = isClean(target);
        String length = request.header("Content-Length").orElse("0").strip();
        if (request.method().length() + target.length() + 10 > limit("limitrequestline", LONGEST_LINE)) {
            return Optional.of(414);
        } else if (!path
                || !clean
                || hasTooMuch()
                || hasBadHeader()
                || !isNumber(length, 19)
                || request.host().map(h -> !isHost(h)).orElse(true)) {
            return Optional.of(400);
        }
        boolean strict = first.isOn("stricthostcheck") && !host.binds().isEmpty();
        if (strict
                && !VirtualHosts.isNamed(host, VirtualHosts.bare(request.host().get()))) {
            return Optional.of(400);
        }
        String expected = request.header("Expect").orElse("");
        return expected.isEmpty() || expected.equalsIgnoreCase("100-continue") ? Optional.empty() : Optional.of(417);
    }

    private static boolean isClean(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** {@code ap_get_mime_headers_core()} and {@code ap_check_request_header()}: a name that is no token, a coding unknown. */
    private boolean hasBadHeader() {
        boolean named =
                request.headers().stream().allMatch(h -> TOKEN.matcher(h.name()).matches());
        String coding = request.header("Transfer-Encoding").orElse("chunked").strip();
        boolean chunked = coding.toLowerCase(Locale.ROOT).endsWith("chunked");
        return (!named && isStrict()) || request.repeatsHost() || !chunked;
    }

    private boolean isStrict() {
        return first.setting("httpprotocoloptions")
                .map(d -> d.words().stream().noneMatch(w -> w.equalsIgnoreCase("unsafe")))
                .orElse(true);
    }

    private boolean hasTooMuch() {
        int longest = limit("limitrequestfieldsize", LONGEST_LINE);
        int most = limit("limitrequestfields", MOST_FIELDS);
        return request.headers().stream()
                        .anyMatch(h -> h.name().length() + h.value().length() + 1 > longest)
                || (most > 0 && request.headers().size() + 1 > most);
    }

    private int limit(String directive, int standard) {
        return first.setting(directive)
                .map(Directive::first)
                .filter(n -> isNumber(n, 9))
                .map(Integer::parseInt)
                .orElse(standard);
    }

    private static boolean isNumber(String text, int mostDigits) {
        return !text.isEmpty() && text.length() <= mostDigits && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether the server takes it for a host, by {@code HttpProtocolOptions} strictly or not. */
    private boolean isHost(String written) {
        if (written.isEmpty()) {
            return true;
        }
        int colon = written.lastIndexOf(':');
        boolean port = colon > written.lastIndexOf(']');
        String name = port ? written.substring(0, colon) : written;
        if (port && !isNumber(written.substring(colon + 1), 5)) {
            return false;
        } else if (!isStrict()) {
            return !name.contains("..") && !name.contains("/") && !name.contains("\\");
        }
        boolean named = NAME.matcher(name).matches()
                && !LAST_PART
                        .matcher(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                        .matches();
        return named || NUMBERS.matcher(name).matches() || IPV6.matcher(name).matches();
    }
}
