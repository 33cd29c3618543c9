package docrootaudit.server;

/** What a configuration asks of the names of the files of one directory. */
@FunctionalInterface
public interface NameTest {
    /** The answer is yes whatever the name. */
    NameTest ALL = name -> true;

    /** It is no. */
    NameTest NONE = name -> false;

    boolean has(FileName name);
}
