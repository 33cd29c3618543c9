package docrootaudit.report;

import docrootaudit.access.Names;
import docrootaudit.finding.Identity;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says whose access is judged. */
record IdentityWords(Identity identity, Names names) {
    /** {@code www-data (uid 33)}, or {@code uid 33} without an account. */
    Prose add(Prose prose) {
        String uid = "uid " + Integer.toUnsignedString(identity.principal().uid());
        return identity.user().isPresent()
                ? prose.atom(identity.user().get()).words("(" + uid + ")")
                : prose.words(uid);
    }

    /** The numbers and where they come from. */
    Prose addSource(Prose prose) {
        var who = identity.principal();
        String groups = Arrays.stream(who.groups().gids())
                .mapToObj(Integer::toUnsignedString)
                .collect(Collectors.joining(" "));
        return prose.words("gid " + Integer.toUnsignedString(who.gid()) + ",")
                .words(groups.isEmpty() ? "no other groups:" : "groups " + groups + ":")
                .words(identity.why());
    }

    /** One word for a uid: the judged account, or another one that reads some of the files. */
    String label(int uid) {
        return uid == identity.principal().uid() ? identity.label() : names.userOrNumber(uid);
    }
}
