package docrootaudit.finding;

import java.util.Locale;

/** The causes of a refusal, by the names that people and scripts see. */
public enum CauseKind {
    SEARCH(Family.PERMISSION, "a directory on the way refuses search by its owner, group or other bits"),
    MODE(Family.PERMISSION, "the target's own owner, group or other bits refuse"),
    ACL_ENTRY(Family.PERMISSION, "a named ACL entry refuses; no other entry is asked after it"),
    ACL_MASK(Family.PERMISSION, "an ACL entry grants, the mask withholds"),
    ACL_DEFAULT(Family.PERMISSION, "a default ACL names the user; the directory's own access ACL does not"),
    EXECUTE(Family.PERMISSION, "the file may not be executed"),
    MOUNT(Family.MOUNT, "an option of the mount refuses, whatever the file's permissions"),
    NAMESPACE(Family.PROCESS, "the process sees other mounts there than the host does"),
    STALE_GROUPS(Family.PROCESS, "the running process has other groups than its account has now"),
    SYMLINK(Family.LINK, "the kernel does not follow this link for this user"),
    SYMLINK_LOOP(Family.LINK, "links lead in a circle, or through more than 40 of them"),
    NAME_TOO_LONG(Family.NAME, "a name over 255 bytes or a path of 4096 bytes or more"),
    MISSING(Family.NAME, "there is nothing of that name"),
    MISSING_INDEX(Family.INDEX, "the directory has no index, and listing it is off"),
    NOT_REGULAR(Family.TYPE, "it is neither a regular file nor a directory"),
    DENY_RULE(Family.SERVER, "a rule of the web server's configuration refuses it, whoever asks"),
    IP(Family.SERVER, "a rule of the web server's configuration refuses the visitor's address"),
    AUTH(Family.SERVER, "credentials are missing or wrong, or what checks them fails"),
    HTACCESS(Family.SERVER, "a .htaccess file cannot be read, or holds what is not allowed there"),
    REWRITE(Family.SERVER, "a rewrite rule refuses it"),
    WAF(Family.SERVER, "a rule of the web application firewall refuses it"),
    UPSTREAM(Family.SERVER, "the server that requests are passed to refuses it or cannot be reached"),
    CACHED(Family.SERVER, "the web server still remembers an old refusal"),
    LSM(Family.SERVER, "a security module such as SELinux or AppArmor refuses what permissions grant");

    /** What a cause stays the same cause by while its rule or mode changes; a part of its identity over scans. */
    public enum Family {
        PERMISSION,
        MOUNT,
        PROCESS,
        LINK,
        NAME,
        INDEX,
        TYPE,
        SERVER
    }

    private final Family family;
    private final String explanation;

    CauseKind(Family family, String explanation) {
        this.family = family;
        this.explanation = explanation;
    }

    public Family family() {
        return family;
    }

    /** One sentence without a full stop. */
    public String explanation() {
        return explanation;
    }

    /** The name in the JSON documents: {@code acl-mask}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of this {@link #word()}. */
    public static CauseKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
