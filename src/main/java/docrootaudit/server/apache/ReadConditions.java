package docrootaudit.server.apache;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Source;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The sections that are conditions on what is there while the configuration is read. */
final class ReadConditions {
    /** Stands for any release of the branch; a condition on the patch level is doubted. */
    private static final int[] BRANCH = {2, 4};

    private static final int[] OLDEST = {2, 4, 1};
    private static final int[] NEWEST = {2, 4, 999};

    private final Definitions definitions;
    private final Predicate<PathBytes> exists;

    ReadConditions(Definitions definitions, Predicate<PathBytes> exists) {
        this.definitions = definitions;
        this.exists = exists;
    }

    boolean holds(String key, String args, Source source) {
        if (key.equals("<ifversion")) {
            return version(args, source);
        }
        List<String> words = Words.of(args);
        String word = words.isEmpty() ? "" : words.get(0);
        boolean not = word.startsWith("!");
        String bare = not ? word.substring(1) : word;
        boolean holds = switch (key) {
            case "<ifmodule" -> definitions.modules().has(bare);
            case "<ifdefine" -> definitions.isDefined(bare);
            case "<iffile" ->
                exists.test(
                        bare.startsWith("/")
                                ? ByteText.path(bare)
                                : definitions.serverRoot().resolve(ByteText.path(bare)));
            case "<ifsection" -> isKnown("<" + bare.replaceAll("[<>]", ""));
            default -> isKnown(bare);
        };
        return holds != not;
    }

    private boolean isKnown(String name) {
        return DirectiveTable.find(name)
                .map(known -> definitions.modules().provides(known.module()))
                .orElse(false);
    }

    /** {@code <IfVersion [!][op] version>} of mod_version. */
    private boolean version(String args, Source source) {
        List<String> words = Words.of(args);
        if (words.isEmpty()) {
            return false;
        }
        String operator = words.size() > 1 ? words.get(0) : "=";
        String version = words.get(words.size() - 1);
        boolean not = operator.startsWith("!");
        String bare = not ? operator.substring(1) : operator;
        if (bare.isEmpty()) {
            bare = "=";
        }
        if (bare.equals("~") || version.startsWith("/")) {
            definitions.doubt("<IfVersion> asks for the exact release, which is not known", source);
            return false;
        }
        int[] wanted = Arrays.stream(version.split("\\."))
                .filter(p -> p.matches("\\d{1,4}"))
                .mapToInt(Integer::parseInt)
                .toArray();
        boolean oldest = compare(bare, OLDEST, wanted);
        if (oldest != compare(bare, NEWEST, wanted)) {
            definitions.doubt("<IfVersion> asks for a patch level of " + BRANCH[0] + "." + BRANCH[1], source);
        }
        return compare(bare, NEWEST, wanted) != not;
    }

    private static boolean compare(String operator, int[] version, int[] wanted) {
        int order = 0;
        for (int i = 0; i < wanted.length && i < version.length && order == 0; i++) {
            order = Integer.compare(version[i], wanted[i]);
        }
        return switch (operator) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            default -> order == 0;
        };
    }
}
