package docrootaudit.audit;

/** Whether the web server lists a directory that has no index, and so needs to read it. */
public enum Listing {
    OFF,
    ON
}
