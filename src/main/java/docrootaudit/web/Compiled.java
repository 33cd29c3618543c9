package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.walk.EntrySource;
import java.io.IOException;
import java.util.Optional;

/**
 * What is compiled into a server.
 *
 * @param prefix where relative paths begin
 * @param config the configuration that it takes unless another one is named
 * @param accessLog where requests are logged unless the configuration says; as written
 * @param errorLog where messages are
 */
record Compiled(PathBytes prefix, PathBytes config, String accessLog, String errorLog) {
    static final Compiled APACHE2 = apache("/etc/apache2", "apache2.conf");
    static final Compiled HTTPD = apache("/etc/httpd", "conf/httpd.conf");

    private static Compiled apache(String prefix, String config) {
        // Apache logs no request by itself, and its own messages where its configuration's reader knows
        return new Compiled(PathBytes.of(prefix), PathBytes.of(config), "", "");
    }

    /** nginx holds the arguments of its configure script as a text ({@code nginx -V}); nothing of it is run. */
    static Compiled nginx(EntrySource tree) {
        String text = "";
        try {
            text = new TreeFiles(tree).read(PathBytes.of("/usr/sbin/nginx"));
        } catch (IOException e) {
            // then the usual ones
        }
        return new Compiled(
                ByteText.path(argument(text, "--prefix=", "/usr/share/nginx")),
                ByteText.path(argument(text, "--conf-path=", "/etc/nginx/nginx.conf")),
                argument(text, "--http-log-path=", "/var/log/nginx/access.log"),
                argument(text, "--error-log-path=", "/var/log/nginx/error.log"));
    }

    private static String argument(String text, String name, String usual) {
        int at = text.indexOf(" " + name);
        at = at < 0 ? text.indexOf(name) : at + 1;
        if (at < 0) {
            return usual;
        }
        int end = at;
        while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) < 0x7f) {
            end++;
        }
        String value = text.substring(at + name.length(), end);
        return value.startsWith("/") || value.equals("stderr") ? value : usual;
    }

    Optional<PathBytes> log(String written) {
        return written.startsWith("/") ? Optional.of(ByteText.path(written)) : Optional.empty();
    }
}
