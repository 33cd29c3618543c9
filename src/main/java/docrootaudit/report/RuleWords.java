package docrootaudit.report;

import docrootaudit.finding.CauseKind;

/**
 * Says in plain words how a rule refused.
 *
 * @param who whose access it is
 * @param permission what it takes, as in {@code search permission}; empty where the model does not tell
 */
public record RuleWords(String who, String permission) {
    /** What a cause of this kind certainly lacked. */
    public static String lacked(CauseKind kind) {
        return switch (kind) {
            case SEARCH -> "search permission";
            case MODE -> "read permission";
            case EXECUTE -> "execute permission";
            default -> "";
        };
    }

    /** Adds the clause, such as {@code other::--- gives everybody else no search permission}. */
    public Prose add(Prose prose, CauseKind kind, String rule) {
        if (rule.isEmpty()) {
            return prose.words(kind.explanation());
        }
        prose.atom(rule);
        String none = permission.isEmpty() ? "too little" : "no " + permission;
        if (rule.endsWith(":deny")) {
            return prose.words("denies it");
        } else if (rule.startsWith("other::")) {
            return prose.words("gives everybody else,")
                    .atom(who)
                    .words("among them,")
                    .words(none);
        } else if (rule.startsWith("user::")) {
            return prose.words("gives the owner, who is").atom(who).glue(",").words(none);
        } else if (rule.startsWith("group::")) {
            return prose.words("gives the owning group, with")
                    .atom(who)
                    .words("in it,")
                    .words(none);
        } else if (rule.startsWith("user:")) {
            return prose.words("gives").atom(who).glue(",").words("by name,").words(none);
        } else if (rule.startsWith("group:")) {
            return prose.words("gives a named group, with")
                    .atom(who)
                    .words("in it,")
                    .words(none);
        } else if (rule.startsWith("mask::")) {
            String what = permission.isEmpty() ? "the permission" : "the " + permission;
            return prose.words("withholds " + what + " that another ACL entry grants");
        } else if (rule.startsWith("fs.protected_symlinks")) {
            return prose.words("refuses a link in a sticky, world-writable directory that belongs neither to")
                    .atom(who)
                    .words("nor to the directory's owner");
        } else if (rule.equals("noexec")) {
            return prose.words("is an option of the mount: no file on it is executed");
        }
        return prose.words("refuses");
    }
}
