package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.List;
import java.util.Optional;

/**
 * A {@code ProxyPass} or {@code ProxyPassMatch} (mod_proxy).
 *
 * @param path the beginning of the URL, or the expression
 * @param target where requests go; {@code !} for nowhere
 */
record ProxyPass(Directive line, String path, Optional<Optional<Pcre>> regex, String target) {
    static boolean takes(String directive) {
        return directive.equals("proxypass") || directive.equals("proxypassmatch");
    }

    /**
     * Reads one.
     *
     * @param location the section's URL or expression where it stands in a {@code <Location>}
     */
    static ProxyPass of(Directive line, Optional<Section> location) throws BadDirectiveException {
        List<String> words = line.words();
        boolean match = line.is("proxypassmatch");
        boolean given = words.size() > 1 && !words.get(1).contains("=") && location.isEmpty();
        if (words.isEmpty() || (location.isEmpty() && !given)) {
            throw new BadDirectiveException(line, line.word() + " needs a path when it stands outside of sections");
        }
        if (location.isPresent()) {
            return new ProxyPass(line, location.get().pattern(), location.get().regex(), words.get(0));
        }
        String path = words.get(0);
        return new ProxyPass(
                line, path, match ? Optional.of(Regexes.compile(line, path)) : Optional.empty(), words.get(1));
    }
}
