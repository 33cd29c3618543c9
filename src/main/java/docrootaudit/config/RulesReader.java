package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.audit.Glob;
import docrootaudit.audit.Handler;
import docrootaudit.audit.Listing;
import docrootaudit.audit.RootRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;

/** Reads the keys that {@code [defaults]} and each {@code [[root]]} share; what a table leaves out is inherited. */
final class RulesReader {
    private final Accounts accounts;
    private final Problems problems;

    RulesReader(Accounts accounts, Problems problems) {
        this.accounts = accounts;
        this.problems = problems;
    }

    /** The keys that are read. */
    Set<String> keys() {
        Section nothing = new Section(Toml.parse(""), 1, problems);
        read(nothing, RootRules.DEFAULT);
        return nothing.asked();
    }

    RootRules read(Section section, RootRules inherited) {
        List<Glob> secrets = new ArrayList<>(globs(section, "private").orElse(inherited.secrets()));
        secrets.addAll(globs(section, "private-add").orElse(List.of()));
        return new RootRules(
                globs(section, "exclude").orElse(inherited.exclude()),
                globs(section, "scripts").orElse(inherited.scripts()),
                section.flag("listing").map(on -> on ? Listing.ON : Listing.OFF).orElse(inherited.listing()),
                index(section).orElse(inherited.index()),
                secrets,
                handlers(section).orElse(inherited.handlers()),
                section.paths("visit-mounts").orElse(inherited.visitMounts()),
                section.flag("server-rules")
                        .map(on -> on ? RootRules.Servers.ASKED : RootRules.Servers.UNASKED)
                        .orElse(inherited.servers()),
                section.duration("mount-timeout", Duration.ofSeconds(1), Duration.ofHours(1))
                        .orElse(inherited.mountTimeout()));
    }

    private Optional<List<String>> index(Section section) {
        Optional<List<String>> names = section.texts("index");
        for (String name : names.orElse(List.of())) {
            if (name.indexOf('/') >= 0) {
                section.problem("index", "\"index\" holds a slash: " + quote(name) + "; expected names of files");
            }
        }
        return names;
    }

    private Optional<List<Handler>> handlers(Section section) {
        String form = "{glob = \"…\", as = \"…\"}";
        if (!section.has("handlers")) {
            return Optional.empty();
        }
        List<Handler> handlers = new ArrayList<>();
        for (Section entry : section.sections("handlers", form)) {
            Optional<Glob> glob = entry.text("glob").flatMap(text -> glob(text, "glob", entry.line("glob")));
            Optional<String> as = entry.account("as");
            accounts.check(entry, "as", as);
            for (String key : List.of("glob", "as")) {
                if (!entry.has(key)) {
                    problems.addMissing(entry.line(), "\"" + key + "\" is missing in a handler; expected " + form);
                }
            }
            if (glob.isPresent() && as.isPresent()) {
                handlers.add(new Handler(glob.get(), as.get()));
            }
            entry.rejectOthers();
        }
        return Optional.of(handlers);
    }

    private Optional<List<Glob>> globs(Section section, String key) {
        return section.list(key, "patterns", (value, line) -> {
            if (!(value instanceof String text)) {
                problems.add(line, "\"" + key + "\" holds " + Kinds.of(value) + "; expected patterns in quotes");
                return Optional.empty();
            }
            return glob(text, key, line);
        });
    }

    private Optional<Glob> glob(String text, String key, int line) {
        try {
            return Optional.of(Glob.of(text));
        } catch (IllegalArgumentException e) {
            problems.add(
                    line,
                    "\"" + key + "\" holds a bad pattern: " + quote(text) + ": " + e.getMessage()
                            + "; expected one such as \"*.key\", \"cgi-bin/**\" or \"/etc/shadow*\"");
            return Optional.empty();
        }
    }
}
