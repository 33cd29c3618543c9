package docrootaudit.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that are nearly right: files as people write them, altered in a few places. */
public final class Mutants {
    private static final String SIGNS = "{}();\"'\\#$[]*+?|^~%<>/=-!&,:.\n \0\u00ff";

    private Mutants() {}

    /** One alteration, at so many thousandths of the text. */
    private record Change(int kind, int place, int length, String piece) {
        String of(String text) {
            int at = (int) ((long) place * text.length() / 1000);
            int end = Math.min(text.length(), at + length);
            String cut = text.substring(at, end);
            return switch (kind) {
                case 0 -> text.substring(0, at) + text.substring(end);
                case 1 -> text.substring(0, at) + piece + text.substring(at);
                case 2 -> text.substring(0, at) + piece + text.substring(end);
                case 3 -> text.substring(0, at) + cut.repeat(50) + text.substring(at);
                default -> text.substring(0, at);
            };
        }
    }

    /** Alters one of the texts; what is put in comes from them too, or is a sign that somebody's grammar knows. */
    public static Arbitrary<String> of(List<String> texts) {
        List<String> pieces = new ArrayList<>();
        texts.forEach(t -> pieces.addAll(Arrays.asList(t.split("\\s+"))));
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(pieces.stream().distinct().toList()),
                Arbitraries.chars().with(SIGNS.toCharArray()).map(String::valueOf));
        Arbitrary<Change> change = Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 40),
                        piece)
                .as(Change::new);
        return Combinators.combine(
                        Arbitraries.of(texts), change.list().ofMinSize(1).ofMaxSize(6))
                .as((text, changes) -> {
                    String altered = text;
                    for (Change one : changes) {
                        altered = one.of(altered);
                    }
                    return altered;
                });
    }
}
