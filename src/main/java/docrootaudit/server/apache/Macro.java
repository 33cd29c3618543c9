package docrootaudit.server.apache;

import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A {@code <Macro>}: lines with parameters (mod_macro).
 *
 * @param parameters as written, with the {@code $}, {@code %} or {@code @} that they may begin with
 */
record Macro(String name, List<String> parameters, List<Lines.Line> lines) {
    /** The lines with the parameters replaced: at each place the longest name that fits. */
    List<Lines.Line> expand(List<String> values, Source use) throws ConfigSyntaxException {
        if (values.size() != parameters.size()) {
            throw new ConfigSyntaxException(
                    Optional.of(use), "Use gives another number of arguments than the macro has parameters");
        }
        List<Integer> longestFirst = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            longestFirst.add(i);
        }
        longestFirst.sort(Comparator.comparingInt(i -> -parameters.get(i).length()));
        List<Lines.Line> expanded = new ArrayList<>();
        for (Lines.Line line : lines) {
            expanded.add(new Lines.Line(replace(line.text(), values, longestFirst), line.source(), line.last()));
        }
        return expanded;
    }

    private String replace(String text, List<String> values, List<Integer> longestFirst) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int found = -1;
            for (int i : longestFirst) {
                if (!parameters.get(i).isEmpty() && text.startsWith(parameters.get(i), at)) {
                    found = i;
                    break;
                }
            }
            if (found < 0) {
                out.append(text.charAt(at++));
            } else {
                out.append(values.get(found));
                at += parameters.get(found).length();
            }
        }
        return out.toString();
    }
}
