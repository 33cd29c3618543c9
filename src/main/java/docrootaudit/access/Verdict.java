package docrootaudit.access;

/** The kernel's answer, with the one rule that decided it. */
public sealed interface Verdict {
    /** Access is granted. */
    record Granted(Rule by) implements Verdict {}

    /**
     * Access is refused with EACCES.
     *
     * @param asked what was wanted
     * @param by the rule that withheld it
     */
    record Denied(Permissions asked, Rule by) implements Verdict {}

    /** The path could not be resolved, whoever asks. */
    record Failed(Errno errno) implements Verdict {}

    /**
     * Nobody but the machine itself can tell.
     *
     * @param why one sentence
     */
    record Unknown(String why) implements Verdict {}
}
