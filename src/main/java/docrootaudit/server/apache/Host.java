package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The main server or a virtual one, with what it inherits.
 *
 * @param source where it begins
 * @param names {@code ServerName} first, if it has one, then the aliases as written
 * @param port the port of {@code ServerName}, or of its first address; 0 for none
 * @param binds what stands behind {@code <VirtualHost}; empty for the main server
 * @param aliases in the order in which they are tried
 * @param redirects those of the server
 * @param envRules those that look at a request as soon as it is read
 * @param rewriting what mod_rewrite is told outside of directories
 * @param defaults what is said of all files, outside of sections
 * @param directories in the order in which they are merged: by depth, expressions last
 * @param settings other directives of which the nearest wins, by their key
 * @param proxies {@code ProxyPass} and kin outside of sections, in the order in which they are tried
 */
record Host(
        Source source,
        Optional<String> serverName,
        List<String> names,
        int port,
        List<Bind> binds,
        PathBytes documentRoot,
        Optional<Directive> documentRootLine,
        List<Alias> aliases,
        List<Redirect> redirects,
        List<EnvRule> envRules,
        Optional<RewriteConfig> rewriting,
        DirConfig defaults,
        List<Section> directories,
        List<Section> locations,
        List<Section> proxySections,
        Map<String, Directive> settings,
        List<UserDirs> userDirs,
        List<ProxyPass> proxies,
        List<Directive> remoteIp,
        Set<String> accessFiles) {
    /**
     * An address that a virtual server is for.
     *
     * @param address empty for any ({@code *})
     * @param port 0 for any
     * @param isDefault whether it is written {@code _default_}
     */
    record Bind(Optional<Address> address, int port, boolean isDefault) {}

    Optional<Directive> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    boolean isOn(String key) {
        return setting(key).map(Directive::isOn).orElse(false);
    }

    boolean isOff(String key) {
        return setting(key).map(d -> d.first().equalsIgnoreCase("off")).orElse(false);
    }
}
