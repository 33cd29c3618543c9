package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where passwords are kept ({@code AuthBasicProvider}).
 *
 * @param kind {@code file} and the like
 * @param file the line that names the file, where it is one
 */
record AuthnProvider(String kind, Optional<Directive> file) {
    private static final String FILE = "file";

    /** Those that are asked for a request, in order: files, if none is named. */
    static List<AuthnProvider> of(Hop hop) {
        Optional<Directive> file = hop.config().find("authuserfile");
        List<AuthnProvider> providers = new ArrayList<>();
        List<String> names =
                hop.config().find("authbasicprovider").map(Directive::words).orElse(List.of(FILE));
        for (String name : names) {
            Optional<Directive> alias = alias(hop.journey().configuration(), name);
            String kind = alias.map(a -> a.words().get(0)).orElse(name).toLowerCase(Locale.ROOT);
            // what the alias says stands for what the place says
            Optional<Directive> own = alias.flatMap(
                    a -> a.body().stream().filter(d -> d.is("authuserfile")).reduce((first, last) -> last));
            providers.add(new AuthnProvider(kind, kind.equals(FILE) ? own.or(() -> file) : Optional.empty()));
        }
        return providers;
    }

    boolean isFile() {
        return kind.equals(FILE);
    }

    /** A name that no module and no {@code <AuthnProviderAlias>} offers, which the server does not accept. */
    static Optional<String> unknown(Configuration configuration, Directive line) {
        return line.words().stream()
                .filter(n -> !isOffered(n.toLowerCase(Locale.ROOT), configuration))
                .findFirst();
    }

    private static boolean isOffered(String name, Configuration configuration) {
        return switch (name) {
            case FILE, "dbm", "dbd", "anon", "socache" -> configuration.has("mod_authn_" + name);
            case "ldap" -> configuration.has("mod_authnz_ldap");
            default ->
                alias(configuration, name).isPresent()
                        || configuration.has("mod_authnz_fcgi")
                        || !configuration.modules().strangers().isEmpty();
        };
    }

    /** {@code <AuthnProviderAlias KIND NAME>} ({@code authaliassection()} in mod_authn_core.c); of the main server only. */
    private static Optional<Directive> alias(Configuration configuration, String name) {
        return configuration.directives().stream()
                .filter(d -> d.is("<authnprovideralias") && d.words().size() > 1)
                .filter(d -> d.words().get(1).equalsIgnoreCase(name))
                .findFirst();
    }
}
