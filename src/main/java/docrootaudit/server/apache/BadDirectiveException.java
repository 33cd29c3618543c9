package docrootaudit.server.apache;

import docrootaudit.server.Source;

/** A directive that the server refuses: at its start, or with 500 where it stands in .htaccess. */
final class BadDirectiveException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Directive directive;

    /** @param problem a clause that holds nothing of the line but directive names */
    BadDirectiveException(Directive directive, String problem) {
        super(problem);
        this.directive = directive;
    }

    Directive directive() {
        return directive;
    }

    Source source() {
        return directive.source();
    }
}
