package docrootaudit.server.apache;

import docrootaudit.server.Pcre;
import java.util.Optional;

/** Compiles the regular expressions of directives. */
final class Regexes {
    private Regexes() {}

    /**
     * Compiles one as httpd does.
     *
     * @return empty if it uses what is not understood here
     * @throws BadDirectiveException if it is none: the server refuses the directive
     */
    static Optional<Pcre> compile(Directive line, String pattern, Pcre.Option... more) throws BadDirectiveException {
        if (Pcre.isInvalid(pattern)) {
            throw new BadDirectiveException(line, line.word() + " has a regular expression that cannot be compiled");
        }
        return Pcre.httpd(pattern, more);
    }

    static Optional<Pcre> compile(Directive line, String pattern, boolean caseless) throws BadDirectiveException {
        return caseless ? compile(line, pattern, Pcre.Option.CASELESS) : compile(line, pattern);
    }
}
