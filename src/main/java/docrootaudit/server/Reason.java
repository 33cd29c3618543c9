package docrootaudit.server;

/** Why a server answers with a refusal. Permissions in detail are not its business: it sees an error number. */
public enum Reason {
    /** A path on the disk answers EACCES: mode, ACL, search; which of them, the file system's verdict tells. */
    PERMISSION,
    /** {@code deny}, {@code return 403}, {@code Require all denied}, ExecCGI and the like: whoever asks. */
    DENY_RULE,
    /** A rule on the visitor's address. */
    IP,
    /** Missing or wrong credentials, or what checks them. */
    AUTH,
    /** {@code .htaccess} that cannot be read, or holds what is not allowed there. */
    HTACCESS,
    /** A rewrite rule. */
    REWRITE,
    /** A web application firewall. */
    WAF,
    /** A directory without an index where listing is off. */
    MISSING_INDEX,
    /** The server's own policy on symbolic links. */
    SYMLINK,
    /** There is nothing of that name. */
    MISSING,
    /** Neither a regular file nor a directory. */
    NOT_REGULAR,
    /** A name over 255 bytes or a path of 4096 and more. */
    NAME_TOO_LONG,
    /** Links lead in a circle. */
    SYMLINK_LOOP,
    /** The server remembers a refusal that is none any more. */
    CACHED,
    /** What the server passes the request to, or cannot reach. */
    UPSTREAM
}
