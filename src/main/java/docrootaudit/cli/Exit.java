package docrootaudit.cli;

/** The exit statuses, which scripts rely on. Where several would fit: 2, 4, 3, 1, 0. */
final class Exit {
    /** Nothing is refused; what was asked about is allowed. */
    static final int FINE = 0;
    /** Something is refused, or absent. */
    static final int REFUSED = 1;
    /** The command line or the configuration is wrong. */
    static final int USAGE = 2;
    /** With --only-new: something new is refused. */
    static final int NEW = 3;
    /** The scan or the question could not be completed. */
    static final int INCOMPLETE = 4;

    private Exit() {}
}
