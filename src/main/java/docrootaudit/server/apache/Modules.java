package docrootaudit.server.apache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The modules that are loaded, in the order in which they were. */
final class Modules {
    /** What Debian's apache2 has built in ({@code apache2 -l}). */
    private static final List<String> BUILT_IN =
            List.of("core", "so", "watchdog", "http", "log_config", "logio", "version", "unixd");

    /** By identifier ({@code rewrite_module}), the name of the source file without its ending. */
    private final Map<String, String> loaded = new LinkedHashMap<>();
    /** Asked for several times in every request. */
    private final Set<String> sources = new HashSet<>();

    private boolean hasPhp;

    Modules() {
        BUILT_IN.forEach(name -> load(
                name + "_module", name.equals("core") ? "core" : name.equals("http") ? "http_core" : "mod_" + name));
    }

    /** Takes a {@code LoadModule}. */
    void load(String identifier) {
        load(identifier, sourceOf(identifier));
    }

    private void load(String identifier, String source) {
        loaded.put(identifier, source);
        sources.add(source);
        hasPhp |= isPhp(identifier);
    }

    private static boolean isPhp(String identifier) {
        return identifier.matches("php\\d*_module");
    }

    /** Whether {@code <IfModule name>} holds: by identifier or by the source file's name. */
    boolean has(String name) {
        if (loaded.containsKey(name)) {
            return true;
        }
        return name.endsWith(".c") && sources.contains(name.substring(0, name.length() - 2));
    }

    /** Whether a module of the table of directives is loaded. */
    boolean provides(String module) {
        return switch (module) {
            case "core", "mpm", "http_core" -> true;
            case "mod_php" -> hasPhp;
            default -> sources.contains(module);
        };
    }

    /** Modules of which nothing is known here. */
    List<String> strangers() {
        List<String> strangers = new ArrayList<>();
        loaded.forEach((identifier, source) -> {
            boolean ours = DirectiveTable.knowsModule(source)
                    || source.equals("http_core")
                    || identifier.startsWith("mpm_")
                    || isPhp(identifier);
            if (!ours) {
                strangers.add(identifier);
            }
        });
        return strangers;
    }

    private static String sourceOf(String identifier) {
        String name = identifier.toLowerCase(Locale.ROOT).replaceFirst("_module$", "");
        return switch (name) {
            case "mpm_event" -> "event";
            case "mpm_worker" -> "worker";
            case "mpm_prefork" -> "prefork";
            case "mpm_itk" -> "mpm_itk";
            default -> "mod_" + name;
        };
    }
}
