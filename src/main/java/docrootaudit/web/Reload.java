package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import docrootaudit.finding.ShellQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a server is made to go by a changed configuration, which is tested before. */
record Reload(Served served, ShellQuote quote) {
    /** The rest of a command line. */
    String command() {
        Program.Place place = served.place();
        Optional<String> reload = served.master().map(this::reload);
        String test = served.program() == Program.NGINX ? testOfNginx(place) : testOfApache(place);
        return reload.map(r -> test + " && " + r).orElse(test);
    }

    private String testOfNginx(Program.Place place) {
        boolean usual = place.config().equals(PathBytes.of("/etc/nginx/nginx.conf"));
        return usual ? "nginx -t" : "nginx -t -p " + quote.quote(place.prefix()) + " -c " + quote.quote(place.config());
    }

    private String testOfApache(Program.Place place) {
        if (place.config().equals(PathBytes.of("/etc/apache2/apache2.conf"))
                || place.config().equals(PathBytes.of("/etc/httpd/conf/httpd.conf"))) {
            return "apachectl configtest";
        }
        String program = served.master()
                .map(Host.Master::program)
                .orElse(served.program().processes().get(0));
        List<String> words = new ArrayList<>(List.of(program, "-t", "-d", quote.quote(place.prefix()), "-f"));
        words.add(quote.quote(place.config()));
        place.defines().stream().sorted().forEach(d -> words.add("-D" + quote.quote(d)));
        return String.join(" ", words);
    }

    /** By its unit where it has one of its name; else by the signal that its manual names for it. */
    String reload(Host.Master master) {
        Optional<String> unit = master.unit().filter(u -> u.startsWith(master.program()));
        if (unit.isPresent()) {
            return "systemctl reload " + quote.quote(unit.get().replaceAll("\\.service$", ""));
        }
        return "kill -" + (served.program() == Program.NGINX ? "HUP " : "USR1 ") + master.pid();
    }
}
