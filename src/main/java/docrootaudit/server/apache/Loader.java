package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a whole configuration. */
final class Loader {
    private final ConfigFiles files;

    Loader(ConfigFiles files) {
        this.files = files;
    }

    Configuration load(PathBytes config, PathBytes serverRoot, Set<String> defines, Map<String, String> environment)
            throws ConfigSyntaxException {
        Map<String, String> all = new HashMap<>(environment);
        try {
            all = new HashMap<>(Envvars.read(files.read(serverRoot.resolve("envvars")), environment));
        } catch (IOException e) {
            // only Debian has one
            all = new HashMap<>(environment);
        }
        Definitions definitions = new Definitions(serverRoot, defines, all);
        PathBytes file = config.isAbsolute() ? config : serverRoot.resolve(config);
        List<Directive> directives = ConfigReader.read(file, new Includes(files), definitions);
        ServerReader reader = new ServerReader(definitions);
        try {
            Host main = reader.main(new Source(file, 1), directives);
            List<Host> hosts = new ArrayList<>();
            for (Directive line : directives) {
                if (line.is("<virtualhost")) {
                    hosts.add(reader.virtual(line, main));
                }
            }
            return new Configuration(
                    definitions, directives, main, hosts, listens(directives), types(main, definitions));
        } catch (BadDirectiveException e) {
            throw new ConfigSyntaxException(Optional.of(e.source()), e.getMessage());
        }
    }

    private static List<Configuration.Listen> listens(List<Directive> directives) {
        List<Configuration.Listen> listens = new ArrayList<>();
        for (Directive line : directives) {
            if (line.is("listen")) {
                List<String> words = line.words();
                String word = words.isEmpty() ? "" : words.get(0);
                int colon = word.lastIndexOf(':');
                String port = word.substring(colon + 1);
                Optional<Address> address = colon < 0
                        ? Optional.empty()
                        : Address.parse(word.substring(0, colon)).filter(a -> !a.isAny());
                boolean secure = words.size() > 1 ? words.get(1).equalsIgnoreCase("https") : port.equals("443");
                if (port.matches("\\d{1,5}")) {
                    listens.add(new Configuration.Listen(address, Integer.parseInt(port), secure));
                }
            }
        }
        return listens;
    }

    /** The system's list of types, {@code TypesConfig}. */
    private Map<String, String> types(Host main, Definitions definitions) {
        String written = main.setting("typesconfig").map(Directive::first).orElse("/etc/mime.types");
        PathBytes file = ByteText.path(written);
        Map<String, String> types = new HashMap<>();
        try {
            String text = files.read(
                    file.isAbsolute() ? file : definitions.serverRoot().resolve(file));
            for (String line : text.split("\n", -1)) {
                List<String> words = line.startsWith("#") ? List.of() : Words.of(line);
                for (String ending : words.isEmpty() ? words : words.subList(1, words.size())) {
                    types.put(ending.toLowerCase(Locale.ROOT), words.get(0));
                }
            }
        } catch (IOException e) {
            main.setting("typesconfig")
                    .ifPresent(line -> definitions.doubt("the list of types cannot be read", line.source()));
        }
        return types;
    }
}
