package docrootaudit.server.log;

import java.util.List;
import java.util.Locale;

/** What a visitor calls himself: browsers all say {@code Mozilla/5.0}, programs that do not hide say what they are. */
public enum Agent {
    /** As browsers do. */
    BROWSER,
    /** A crawler, monitor, scanner, library or command. */
    BOT,
    /** The log does not say. */
    UNKNOWN;

    /** Words of programs, in lower case. {@code bot} is also in robot, and never in a browser's own words. */
    private static final List<String> WORDS = List.of(
            "bot",
            "crawl",
            "spider",
            "slurp",
            "fetch",
            "monitor",
            "scan",
            "preview",
            "archive",
            "feed",
            "headless",
            "phantom",
            "lighthouse",
            "pingdom",
            "uptime",
            "check",
            "validator",
            "externalhit",
            "facebookcatalog",
            "curl",
            "wget",
            "python",
            "java/",
            "go-http",
            "ruby",
            "perl",
            "libwww",
            "php/",
            "guzzle",
            "okhttp",
            "axios",
            "node",
            "scrapy",
            "http-client",
            "httpclient",
            "nikto",
            "nmap",
            "sqlmap",
            "zgrab",
            "nuclei",
            "wpscan");

    /** Of a {@code User-Agent} as logged; whoever sends none is no browser. */
    static Agent of(String userAgent) {
        if (userAgent.isEmpty() || userAgent.equals("-")) {
            return BOT;
        }
        String lower = userAgent.toLowerCase(Locale.ROOT);
        boolean isLikeBrowsers = lower.startsWith("mozilla/") || lower.startsWith("opera/");
        return isLikeBrowsers && WORDS.stream().noneMatch(lower::contains) ? BROWSER : BOT;
    }
}
