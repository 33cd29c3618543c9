package docrootaudit.server.nginx;

import docrootaudit.server.ConfigSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code error_page} puts in the place of some statuses.
 *
 * @param answered the status it is sent with: empty for that of the error, 0 for its own
 */
record ErrorPage(Directive directive, List<Integer> statuses, Optional<Integer> answered, Template page) {
    static ErrorPage of(Directive directive) throws ConfigSyntaxException {
        List<String> words = directive.words();
        Optional<Integer> answered = Optional.empty();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < words.size() - 1; i++) {
            String word = words.get(i);
            try {
                if (word.startsWith("=")) {
                    answered = Optional.of(word.length() == 1 ? 0 : Integer.parseInt(word.substring(1)));
                } else {
                    statuses.add(Integer.parseInt(word));
                }
            } catch (NumberFormatException e) {
                throw new ConfigSyntaxException(
                        Optional.of(directive.source()), "invalid value of error_page: a status is a number");
            }
        }
        if (words.size() < 2) {
            throw new ConfigSyntaxException(
                    Optional.of(directive.source()), "invalid number of arguments in \"error_page\" directive");
        }
        // the last codes of nginx's own for TLS: 494 to 497 are answered as 400
        if (answered.isEmpty() && statuses.stream().anyMatch(s -> s >= 494 && s <= 497)) {
            answered = Optional.of(400);
        }
        return new ErrorPage(
                directive,
                List.copyOf(statuses),
                answered,
                Template.of(words.get(words.size() - 1), directive.source()));
    }
}
