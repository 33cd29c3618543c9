package docrootaudit.server.apache;

/** ModSecurity: rules that look at a request and may refuse it. */
final class Firewall {
    private final Hop hop;

    Firewall(Hop hop) {
        this.hop = hop;
    }

    int early() {
        return Hop.OK;
    }

    int late() {
        for (Directive line : hop.config().firewall()) {
            if (line.is("secrule") || line.is("secaction")) {
                hop.journey().doubt("a rule of the firewall", line);
            }
        }
        return Hop.OK;
    }
}
