package docrootaudit.audit;

import docrootaudit.access.Acl;
import docrootaudit.access.Attributes;
import docrootaudit.access.Names;
import docrootaudit.access.OrderedAcl;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Rule;
import java.util.List;
import java.util.stream.Collectors;

/** Attributes in words. */
final class Shown {
    private Shown() {}

    /** As {@code drwxr-x--- root:root}. */
    static String brief(Attributes attributes, Names names) {
        return attributes.modeText() + " " + names.userOrNumber(attributes.uid()) + ":"
                + names.groupOrNumber(attributes.gid());
    }

    /** The same, with the ACL behind it if there is one. */
    static String whole(Attributes attributes, Names names) {
        return attributes
                .acl()
                .map(acl -> brief(attributes, names) + " " + entries(acl, names))
                .orElseGet(() -> brief(attributes, names));
    }

    private static String entries(Acl acl, Names names) {
        if (acl instanceof Acl.Unreadable unreadable) {
            return "(" + unreadable.why() + ")";
        }
        List<? extends Rule> rules = acl instanceof PosixAcl posix ? posix.entries() : ((OrderedAcl) acl).entries();
        return rules.stream().map(rule -> rule.text(names)).collect(Collectors.joining(","));
    }
}
