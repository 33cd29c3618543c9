package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL, and who asks for it how; nothing is looked up.
 *
 * @param target the URL as given
 * @param from the visitor's address; empty: see {@link Asked}
 * @param to where the visitor connects to, {@code ADDRESS} or {@code ADDRESS:PORT}, if not where the URL says
 * @param method the request method
 * @param headers {@code Name: value} each; without a {@code User-Agent} among them the visitor has a browser's
 * @param user whom the visitor says to be
 * @param password with which; empty: whichever is right
 */
public record UrlQuestion(
        PathBytes target,
        Optional<String> from,
        Optional<String> to,
        String method,
        List<PathBytes> headers,
        Optional<PathBytes> user,
        Optional<PathBytes> password) {
    private static final Pattern URL = Pattern.compile("(?is)(https?)://([^/?#]*)([^#]*).*");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(?::(\\d*))?");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** An address that is nobody's: TEST-NET-1 (RFC 5737), and for IPv6 the block for documentation (RFC 3849). */
    static final Address ANYBODY = Address.parse("192.0.2.1").orElseThrow();

    private static final Address ANYBODY_V6 = Address.parse("2001:db8::1").orElseThrow();

    /** What every browser begins with: rules against robots often refuse whoever sends none. */
    static final Request.Header BROWSER = new Request.Header("User-Agent", "Mozilla/5.0");

    public UrlQuestion {
        headers = List.copyOf(headers);
    }

    /** Passwords stay out of messages. */
    @Override
    public String toString() {
        return "UrlQuestion[" + target + "]";
    }

    /** The same with one more header, before those that are given. */
    UrlQuestion withHeader(PathBytes header) {
        List<PathBytes> more = new ArrayList<>(headers);
        String name = ByteText.of(header).split(":", 2)[0];
        boolean given =
                headers.stream().anyMatch(h -> ByteText.of(h).regionMatches(true, 0, name + ":", 0, name.length() + 1));
        if (!given) {
            more.add(header);
        }
        return new UrlQuestion(target, from, to, method, more, user, password);
    }

    /** Whether a target is a URL rather than a path. */
    public static boolean isUrl(PathBytes target) {
        return ByteText.of(target).matches("(?is)https?://.*");
    }

    /**
     * The question as a server meets it.
     *
     * @param origin whether somebody said where the visitor is
     */
    record Asked(Request request, Origin origin) {}

    /** Where the visitor's address is from. */
    enum Origin {
        /** It was said. */
        GIVEN,
        /** The server is at a loopback address, which only this machine reaches. */
        LOOPBACK,
        /** Anybody, anywhere. */
        ANYWHERE
    }

    /** Where the URL or {@code to} leads. */
    private record Connection(Optional<Address> address, int port) {}

    Asked asked() throws WebException {
        Matcher url = URL.matcher(ByteText.of(target));
        if (!url.matches()) {
            throw new WebException(target + " is no URL such as http://www.example.org/page");
        }
        Request.Scheme scheme = url.group(1).equalsIgnoreCase("https") ? Request.Scheme.HTTPS : Request.Scheme.HTTP;
        Matcher authority = AUTHORITY.matcher(url.group(2));
        if (url.group(2).contains("@")) {
            throw new WebException("a URL with a user in it is not taken: name the visitor with --user");
        } else if (!authority.matches() || authority.group(1).isEmpty()) {
            throw new WebException(target + " names no host, or a port that is no number");
        }
        boolean hasPort = authority.group(2) != null && !authority.group(2).isEmpty();
        int port = hasPort ? port(authority.group(2)) : scheme.defaultPort();
        Connection connection = connection(authority.group(1), port);
        String path = path(url.group(3));
        List<Request.Header> others = new ArrayList<>();
        String sentHost = url.group(2).toLowerCase(Locale.ROOT).replaceAll(":" + scheme.defaultPort() + "$|:$", "");
        for (PathBytes header : headers) {
            Request.Header one = header(ByteText.of(header));
            if (one.name().equalsIgnoreCase("Host")) {
                sentHost = one.value();
            } else {
                others.add(one);
            }
        }
        if (others.stream().noneMatch(h -> h.name().equalsIgnoreCase(BROWSER.name()))) {
            others.add(BROWSER);
        }
        if (!TOKEN.matcher(method).matches()) {
            throw new WebException("--method " + PathBytes.of(method) + " is no method such as GET or POST");
        }
        Origin origin = from.isPresent() ? Origin.GIVEN : origin(connection);
        Request request = new Request(
                scheme,
                connection.address(),
                connection.port(),
                visitor(origin, connection),
                method,
                path,
                Optional.of(sentHost),
                others,
                credentials());
        return new Asked(request, origin);
    }

    private Connection connection(String urlHost, int port) throws WebException {
        if (to.isEmpty()) {
            Optional<Address> address = Address.parse(urlHost.equalsIgnoreCase("localhost") ? "127.0.0.1" : urlHost);
            return new Connection(address, port);
        }
        Optional<Address> whole = Address.parse(to.get());
        if (whole.isPresent()) {
            return new Connection(whole, port);
        }
        Matcher split = AUTHORITY.matcher(to.get());
        Optional<Address> address = split.matches() ? Address.parse(split.group(1)) : Optional.empty();
        if (address.isEmpty() || split.group(2) == null) {
            throw new WebException(
                    "--to " + PathBytes.of(to.get()) + " is neither an address nor an address with a port");
        }
        return new Connection(address, port(split.group(2)));
    }

    private static int port(String digits) throws WebException {
        int port = digits.length() > 5 || digits.isEmpty() ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw new WebException("port " + PathBytes.of(digits) + " is none: expected 1 to 65535");
        }
        return port;
    }

    private String path(String behindHost) throws WebException {
        if (behindHost.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new WebException(target + " holds a blank or a control character: write it as %20 and the like");
        }
        return behindHost.startsWith("/") ? behindHost : "/" + behindHost;
    }

    private static Request.Header header(String text) throws WebException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        if (!TOKEN.matcher(name).matches()) {
            throw new WebException("a header is written Name: value; what begins with "
                    + ByteText.visible(name.isEmpty() ? text.split("[ =]", 2)[0] : name) + " is none");
        }
        return new Request.Header(name, text.substring(colon + 1).trim());
    }

    private static Origin origin(Connection connection) {
        return connection.address().map(Address::isLoopback).orElse(false) ? Origin.LOOPBACK : Origin.ANYWHERE;
    }

    private Address visitor(Origin origin, Connection connection) throws WebException {
        boolean v6 =
                connection.address().isPresent() && !connection.address().get().isV4();
        return switch (origin) {
            case GIVEN ->
                Address.parse(from.get())
                        .orElseThrow(() -> new WebException("--from " + PathBytes.of(from.get()) + " is no address"));
            case LOOPBACK -> Address.parse(v6 ? "::1" : "127.0.0.1").orElseThrow();
            case ANYWHERE -> v6 ? ANYBODY_V6 : ANYBODY;
        };
    }

    private Request.Visitor credentials() throws WebException {
        if (user.isEmpty()) {
            return new Request.Visitor.Anonymous();
        }
        String name = ByteText.of(user.get());
        if (name.contains(":")) {
            throw new WebException("a user's name has no colon: give the password with --password-file");
        }
        return password.isPresent()
                ? new Request.Visitor.Login(name, ByteText.of(password.get()))
                : new Request.Visitor.Named(name);
    }
}
