package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code Redirect} or one of its kin, which may be a refusal as well: {@code Redirect 403 /x}, {@code gone}.
 *
 * @param prefix the beginning of the URL, or the expression; empty where all of a section is meant
 * @param target where to; empty for a status that is no redirection
 */
record Redirect(Directive line, String prefix, Optional<Optional<Pcre>> regex, Optional<String> target, int status) {
    static boolean takes(String directive) {
        return switch (directive) {
            case "redirect", "redirectmatch", "redirecttemp", "redirectpermanent" -> true;
            default -> false;
        };
    }

    /** Whether it stands for everything that the section is about ({@code add_redirect_internal()}). */
    boolean isWhole() {
        return prefix.isEmpty();
    }

    /**
     * Reads one.
     *
     * @param inSection whether it stands in a section or .htaccess, where one argument may be enough
     */
    static Redirect of(Directive line, boolean inSection) throws BadDirectiveException {
        List<String> words = line.words();
        boolean match = line.is("redirectmatch");
        if (words.isEmpty() || words.size() > 3) {
            throw new BadDirectiveException(line, line.word() + " has a wrong number of arguments");
        }
        String first = words.get(0);
        int status = switch (first.toLowerCase(Locale.ROOT)) {
            case "permanent" -> 301;
            case "temp" -> 302;
            case "seeother" -> 303;
            case "gone" -> 410;
            default -> first.matches("\\d.*") ? number(first) : 0;
        };
        boolean named = status != 0;
        if (!named) {
            status = line.is("redirectpermanent") ? 301 : 302;
        }
        if (words.size() == 3 && !named) {
            throw new BadDirectiveException(line, line.word() + " has an invalid first argument");
        }
        boolean redirects = status >= 300 && status < 400;
        int rest = words.size() - (named ? 1 : 0);
        if (inSection && !match && redirects && rest == 1) {
            return new Redirect(line, "", Optional.empty(), Optional.of(words.get(words.size() - 1)), status);
        } else if (inSection && !match && !redirects && rest == 0) {
            return new Redirect(line, "", Optional.empty(), Optional.empty(), status);
        }
        int at = named ? 1 : 0;
        String prefix = rest > 0 ? words.get(at) : "";
        Optional<String> target = rest > 1 ? Optional.of(words.get(at + 1)) : Optional.empty();
        if (prefix.isEmpty() || redirects != target.isPresent()) {
            throw new BadDirectiveException(line, line.word() + " lacks a URL, or has one that is not valid");
        }
        boolean url = target.map(t -> t.startsWith("/") || t.matches("[A-Za-z][A-Za-z0-9+.-]*://?.*"))
                .orElse(true);
        if (!match && !url) {
            throw new BadDirectiveException(line, line.word() + " leads to what is no URL");
        }
        Optional<Optional<Pcre>> regex = match ? Optional.of(Regexes.compile(line, prefix)) : Optional.empty();
        return new Redirect(line, prefix, regex, target, status);
    }

    private static int number(String digits) {
        String leading = digits.replaceFirst("\\D.*", "");
        return leading.length() > 4 ? 500 : Integer.parseInt(leading);
    }
}
