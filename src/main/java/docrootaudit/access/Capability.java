package docrootaudit.access;

/** The two capabilities that override discretionary access control (capabilities(7)). */
public enum Capability {
    /** Bypasses read, write and execute checks; execute of a file only if some execute bit is set. */
    CAP_DAC_OVERRIDE(1),
    /** Bypasses read checks on files and read and search checks on directories. */
    CAP_DAC_READ_SEARCH(2);

    private final int number;
    private final Rule rule = new Rule.Capability(name());

    Capability(int number) {
        this.number = number;
    }

    /** The bit's number in {@code CapEff} of {@code /proc/PID/status}. */
    public int number() {
        return number;
    }

    Rule rule() {
        return rule;
    }
}
