package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which {@code <Location>}, {@code <Files>}, {@code <If>} and {@code <Proxy>} a request meets (server/request.c). */
final class Walks {
    private final Hop hop;
    private final Journey journey;

    Walks(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    /** {@code walk_location_and_if()}. */
    void locationsAndBranches() {
        locations();
        branches(hop.config());
    }

    private void locations() {
        // slashes in a row are joined here whatever MergeSlashes says
        String uri = hop.uri().replaceAll("/{2,}", "/");
        List<Section> matching = new ArrayList<>();
        for (Section section : hop.host().locations()) {
            if (section.regex().isPresent() ? matches(section, uri) : isBelow(section, uri)) {
                matching.add(section);
            }
        }
        merge(matching);
    }

    private static boolean isBelow(Section section, String uri) {
        String prefix = section.pattern();
        if (section.isWildcard()) {
            return Fnmatch.matches(prefix, uri);
        }
        boolean whole = prefix.endsWith("/")
                || prefix.isEmpty()
                || uri.length() == prefix.length()
                || (uri.length() > prefix.length() && uri.charAt(prefix.length()) == '/');
        return uri.startsWith(prefix) && whole;
    }

    /** {@code ap_file_walk()}. */
    void files() {
        String file = hop.file();
        String name = file.substring(file.lastIndexOf('/') + 1);
        List<Section> matching = new ArrayList<>();
        for (Section section : hop.config().files()) {
            boolean fits = section.regex().isPresent()
                    ? matches(section, name)
                    : section.isWildcard()
                            ? Fnmatch.matches(section.pattern(), name)
                            : section.pattern().equals(name);
            if (fits) {
                matching.add(section);
            }
        }
        merge(matching);
    }

    /** {@code proxy_walk()} of mod_proxy: what is said of the address that a request is passed to. */
    void proxies(String target) {
        List<Section> matching = new ArrayList<>();
        for (Section section : hop.host().proxySections()) {
            boolean fits = section.regex().isPresent()
                    ? matches(section, target)
                    : section.isWildcard()
                            ? Fnmatch.matches(section.pattern(), target)
                                    || section.pattern().equals("*")
                            : target.startsWith(section.pattern());
            if (fits) {
                matching.add(section);
            }
        }
        merge(matching);
    }

    /** {@code ap_if_walk()}: branches of branches come right behind. */
    private void branches(DirConfig from) {
        boolean last = true;
        List<Section> taken = new ArrayList<>();
        for (Section section : from.branches()) {
            Section.Branch branch = section.branch().orElseThrow();
            if (branch.isElse() && last) {
                continue;
            }
            last = branch.condition().isEmpty()
                    || new ExpressionRun(hop).isTrue(branch.condition().get());
            if (last) {
                taken.add(section);
            }
        }
        Optional<DirConfig> merged = merge(taken);
        if (merged.isPresent() && !merged.get().branches().isEmpty()) {
            branches(merged.get());
        }
    }

    boolean matches(Section section, String text) {
        Optional<Pcre> regex = section.regex().orElseThrow();
        if (regex.isEmpty()) {
            journey.doubt("its expression is not understood", section.line());
            return false;
        }
        Pcre.Result result = regex.get().match(text);
        if (result instanceof Pcre.Result.Match match) {
            match.named().forEach((name, value) -> hop.env().put("MATCH_" + name.toUpperCase(Locale.ROOT), value));
            return true;
        } else if (result instanceof Pcre.Result.Undecided undecided) {
            journey.doubt(undecided.why(), section.line());
        }
        return false;
    }

    /** Merges sections with each other, then onto what is known already. */
    private Optional<DirConfig> merge(List<Section> sections) {
        Optional<DirConfig> together = Optional.empty();
        for (Section section : sections) {
            together = Optional.of(together.map(t -> t.merge(section.config())).orElse(section.config()));
        }
        together.ifPresent(t -> hop.config(hop.config().merge(t)));
        return together;
    }
}
