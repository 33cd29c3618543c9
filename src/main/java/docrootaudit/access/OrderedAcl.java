package docrootaudit.access;

import java.util.List;

/** An NFSv4 ACL: allow and deny entries, asked in order until every wanted permission is settled. */
public record OrderedAcl(List<OrderedAclEntry> entries) implements Acl {
    public OrderedAcl {
        entries = List.copyOf(entries);
    }
}
