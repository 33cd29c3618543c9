package docrootaudit.access;

/** The error numbers (errno(3)) with which path resolution ends. */
public enum Errno {
    EACCES(13, "permission denied"),
    ENOENT(2, "no such file or directory"),
    ENOTDIR(20, "not a directory"),
    ELOOP(40, "too many levels of symbolic links"),
    ENAMETOOLONG(36, "file name too long");

    private final int number;
    private final String sentence;

    Errno(int number, String sentence) {
        this.number = number;
        this.sentence = sentence;
    }

    public int number() {
        return number;
    }

    public String sentence() {
        return sentence;
    }
}
