package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Network;
import java.util.Optional;

/**
 * An {@code allow} or {@code deny}.
 *
 * @param network empty for {@code all} and for {@code unix:}
 */
record AccessRule(Directive directive, Kind kind, Optional<Network> network) {
    /** Which of the two. */
    enum Kind {
        ALLOW,
        DENY
    }

    static AccessRule of(Directive directive) throws ConfigSyntaxException {
        String who = directive.word(0);
        Optional<Network> network = Network.parse(who);
        if (network.isEmpty() && !who.equals("all") && !who.equals("unix:")) {
            throw new ConfigSyntaxException(
                    Optional.of(directive.source()), "invalid parameter of " + directive.name());
        }
        return new AccessRule(directive, directive.name().equals("deny") ? Kind.DENY : Kind.ALLOW, network);
    }

    boolean isForAll() {
        return directive.word(0).equals("all");
    }

    boolean matches(Address address) {
        return isForAll() || network.map(n -> n.contains(address)).orElse(false);
    }
}
