package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Answer;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code Define}, {@code -D}, the environment, {@code LoadModule} and {@code <Macro>} have set so far. */
final class Definitions {
    private final Set<String> defines;
    private final Map<String, String> variables;
    private final Map<String, String> environment;
    private final Map<String, Macro> macros;
    private final Modules modules;
    private final List<Answer.Doubt> doubts = new ArrayList<>();
    private PathBytes serverRoot;

    Definitions(PathBytes serverRoot, Set<String> defines, Map<String, String> environment) {
        this(serverRoot, new HashSet<>(defines), new HashMap<>(), environment, new HashMap<>(), new Modules());
    }

    private Definitions(
            PathBytes serverRoot,
            Set<String> defines,
            Map<String, String> variables,
            Map<String, String> environment,
            Map<String, Macro> macros,
            Modules modules) {
        this.serverRoot = serverRoot;
        this.defines = defines;
        this.variables = variables;
        this.environment = environment;
        this.macros = macros;
        this.modules = modules;
    }

    /** The same for a file that is read while a request is answered: what it defines is forgotten again. */
    Definitions copy() {
        return new Definitions(
                serverRoot,
                new HashSet<>(defines),
                new HashMap<>(variables),
                environment,
                new HashMap<>(macros),
                modules);
    }

    Modules modules() {
        return modules;
    }

    Map<String, Macro> macros() {
        return macros;
    }

    Map<String, String> environment() {
        return environment;
    }

    PathBytes serverRoot() {
        return serverRoot;
    }

    void serverRoot(PathBytes root) {
        serverRoot = root;
    }

    boolean isDefined(String name) {
        return defines.contains(name);
    }

    void define(String name, Optional<String> value) {
        defines.add(name);
        variables.put(name, value.orElse(""));
    }

    void undefine(String name) {
        defines.remove(name);
        variables.remove(name);
    }

    void doubt(String reason, Source source) {
        doubts.add(new Answer.Doubt(reason, Optional.of(source)));
    }

    List<Answer.Doubt> doubts() {
        return doubts;
    }

    /** Replaces {@code ${NAME}}; one that nothing sets stays ({@code ap_resolve_env()} in server/util.c). */
    String resolve(String text) {
        int at = text.indexOf("${");
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (at >= 0) {
            int end = text.indexOf('}', at);
            if (end < 0) {
                break;
            }
            String name = text.substring(at + 2, end);
            String value = variables.getOrDefault(name, environment.get(name));
            out.append(text, from, at);
            if (value == null) {
                out.append("${");
                from = at + 2;
            } else {
                out.append(value);
                from = end + 1;
            }
            at = text.indexOf("${", from);
        }
        return out.append(text.substring(from)).toString();
    }
}
