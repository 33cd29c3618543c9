package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a section, a .htaccess, or several of them merged say of the files that they are about. */
final class DirConfig {
    static final DirConfig EMPTY = new DirConfig();

    /** Directives of which the nearest wins, by their key. */
    private final Map<String, Directive> single = new HashMap<>();

    private final Map<Integer, Directive> errorDocuments = new HashMap<>();
    private final List<Section> files = new ArrayList<>();
    private final List<Section> branches = new ArrayList<>();
    private final List<Redirect> redirects = new ArrayList<>();
    private final List<EnvRule> envRules = new ArrayList<>();
    private final List<Directive> env = new ArrayList<>();
    private final List<Directive> firewall = new ArrayList<>();
    private final List<Directive> strange = new ArrayList<>();
    private OptionSet options = new OptionSet();
    private AllowOverride override = AllowOverride.UNSET;
    private Authorization authorization = Authorization.NONE;
    private MimeMap mime = new MimeMap();
    private Optional<CompatAccess> compat = Optional.empty();
    private Optional<RewriteConfig> rewriting = Optional.empty();
    private Optional<List<String>> index = Optional.empty();
    private Optional<Directive> indexLine = Optional.empty();
    private Optional<Redirect> wholeRedirect = Optional.empty();
    private Optional<Alias> wholeAlias = Optional.empty();
    private Optional<ProxyPass> wholeProxy = Optional.empty();

    /** This with what a section nearer to the file says ({@code ap_merge_per_dir_configs()}). */
    DirConfig merge(DirConfig nearer) {
        if (nearer == EMPTY) {
            return this;
        }
        DirConfig merged = new DirConfig();
        merged.single.putAll(single);
        merged.single.putAll(nearer.single);
        merged.errorDocuments.putAll(errorDocuments);
        merged.errorDocuments.putAll(nearer.errorDocuments);
        join(files, nearer.files, merged.files);
        join(branches, nearer.branches, merged.branches);
        // merge_alias_dir_config(): the nearer ones are asked first
        join(nearer.redirects, redirects, merged.redirects);
        join(envRules, nearer.envRules, merged.envRules);
        join(env, nearer.env, merged.env);
        join(firewall, nearer.firewall, merged.firewall);
        join(strange, nearer.strange, merged.strange);
        merged.options = options.merge(nearer.options);
        merged.override = override.merge(nearer.override);
        merged.authorization = authorization.merge(nearer.authorization);
        merged.mime = mime.merge(nearer.mime);
        merged.compat = nearer.compat.isPresent() ? nearer.compat : compat;
        merged.rewriting = nearer.rewriting.isPresent() && rewriting.isPresent()
                ? Optional.of(rewriting.get().merge(nearer.rewriting.get()))
                : nearer.rewriting.or(() -> rewriting);
        merged.wholeRedirect = nearer.wholeRedirect.or(() -> wholeRedirect);
        merged.wholeAlias = nearer.wholeAlias.or(() -> wholeAlias);
        merged.wholeProxy = nearer.wholeProxy.or(() -> wholeProxy);
        merged.indexLine = nearer.index.isPresent() ? nearer.indexLine : indexLine;
        merged.index = nearer.index.isPresent() ? nearer.index : index;
        return merged;
    }

    private static <T> void join(List<T> first, List<T> second, List<T> into) {
        into.addAll(first);
        into.addAll(second);
    }

    /** The directive of that key that counts, if there is one. */
    Optional<Directive> find(String key) {
        return Optional.ofNullable(single.get(key));
    }

    /** Whether a directive says on; what nobody says is off. */
    boolean isOn(String key) {
        return find(key).map(Directive::isOn).orElse(false);
    }

    /** Whether a directive says off; what nobody says is on. */
    boolean isOff(String key) {
        return find(key).map(d -> d.first().equalsIgnoreCase("off")).orElse(false);
    }

    Optional<Directive> errorDocument(int status) {
        return Optional.ofNullable(errorDocuments.get(status));
    }

    List<Section> files() {
        return files;
    }

    List<Section> branches() {
        return branches;
    }

    List<Redirect> redirects() {
        return redirects;
    }

    List<EnvRule> envRules() {
        return envRules;
    }

    List<Directive> env() {
        return env;
    }

    /** The lines of the web application firewall. */
    List<Directive> firewall() {
        return firewall;
    }

    /** Directives that are not understood here and could alter an answer. */
    List<Directive> strange() {
        return strange;
    }

    OptionSet options() {
        return options;
    }

    AllowOverride override() {
        return override;
    }

    Authorization authorization() {
        return authorization;
    }

    MimeMap mime() {
        return mime;
    }

    Optional<CompatAccess> compat() {
        return compat;
    }

    Optional<RewriteConfig> rewriting() {
        return rewriting;
    }

    /** The last line that says which names stand for a directory. */
    Optional<Directive> indexLine() {
        return indexLine;
    }

    /** The names tried for a directory; empty where nobody names any. */
    Optional<List<String>> index() {
        return index;
    }

    /** A redirect of everything that the section is about. */
    Optional<Redirect> wholeRedirect() {
        return wholeRedirect;
    }

    /** Where everything that the section is about lies. */
    Optional<Alias> wholeAlias() {
        return wholeAlias;
    }

    /** Where everything that the section is about is passed on to. */
    Optional<ProxyPass> wholeProxy() {
        return wholeProxy;
    }

    // what a reader of directives puts in

    void put(Directive line) {
        single.put(line.key(), line);
    }

    /** Puts a line under a key of its own, where several of its name count. */
    void put(String key, Directive line) {
        single.put(key, line);
    }

    void errorDocument(int status, Directive line) {
        errorDocuments.put(status, line);
    }

    void wholeRedirect(Redirect said) {
        wholeRedirect = Optional.of(said);
    }

    void wholeAlias(Alias said) {
        wholeAlias = Optional.of(said);
    }

    void wholeProxy(ProxyPass said) {
        wholeProxy = Optional.of(said);
    }

    void authorization(Authorization said) {
        authorization = said;
    }

    void override(AllowOverride said) {
        override = said;
    }

    void options(OptionSet said) {
        options = said;
    }

    CompatAccess compatToWrite() {
        if (compat.isEmpty()) {
            compat = Optional.of(new CompatAccess());
        }
        return compat.get();
    }

    RewriteConfig rewritingToWrite(Optional<String> path) {
        if (rewriting.isEmpty()) {
            rewriting = Optional.of(new RewriteConfig(path));
        }
        return rewriting.get();
    }

    /** {@code DirectoryIndex}: names of one section are one list; a lone {@code disabled} empties it. */
    void index(Directive line) {
        List<String> names = new ArrayList<>(index.orElse(List.of()));
        List<String> words = line.words();
        if (words.size() == 1 && words.get(0).equalsIgnoreCase("disabled")) {
            names.clear();
        } else {
            names.addAll(words);
        }
        index = Optional.of(names);
        indexLine = Optional.of(line);
    }
}
