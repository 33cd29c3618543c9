package docrootaudit.walk;

import docrootaudit.access.Acl;
import docrootaudit.access.FileType;
import docrootaudit.access.OrderedAcl;
import docrootaudit.access.OrderedAclEntry;
import docrootaudit.access.OrderedAclEntry.Who;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The ACL of an inode: an NFSv4 one where the file system offers that view and has one, else a POSIX one. */
final class NioAcls {
    private final NioSource source;

    NioAcls(NioSource source) {
        this.source = source;
    }

    /** Whether inodes here can have NFSv4 ACLs. */
    boolean areOrdered() {
        return source.hasOrderedAcls();
    }

    Optional<Acl> access(PathBytes canonical, FileType type) throws SourceException {
        if (type == FileType.SYMLINK) {
            return Optional.empty();
        }
        List<AclEntry> entries = ordered(source.names().path(canonical));
        return entries.isEmpty()
                ? source.posixAcls().of(canonical, NioSource.PosixAcls.Kind.ACCESS)
                : Optional.of(translate(entries));
    }

    Optional<PosixAcl> defaults(PathBytes canonical, FileType type) throws SourceException {
        if (type != FileType.DIRECTORY) {
            return Optional.empty();
        }
        return source.posixAcls()
                .of(canonical, NioSource.PosixAcls.Kind.DEFAULT)
                .filter(PosixAcl.class::isInstance)
                .map(PosixAcl.class::cast);
    }

    private static List<AclEntry> ordered(Path path) throws SourceException {
        AclFileAttributeView view =
                Files.getFileAttributeView(path, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return List.of();
        }
        try {
            return view.getAcl();
        } catch (IOException e) {
            throw NioErrors.of(e);
        }
    }

    /** RFC 7530, section 6.2.1: audit, alarm and inherit-only entries decide nothing. */
    private Acl translate(List<AclEntry> entries) {
        List<OrderedAclEntry> translated = new ArrayList<>();
        for (AclEntry entry : entries) {
            boolean decides = entry.type() == AclEntryType.ALLOW || entry.type() == AclEntryType.DENY;
            if (!decides || entry.flags().contains(AclEntryFlag.INHERIT_ONLY)) {
                continue;
            }
            Who who = who(entry.principal());
            OptionalInt id =
                    who == Who.USER || who == Who.GROUP ? source.numbers().apply(entry.principal()) : OptionalInt.of(0);
            if (id.isEmpty()) {
                return new Acl.Unreadable("its ACL names an account without a number: "
                        + PathBytes.of(entry.principal().getName()));
            }
            boolean allow = entry.type() == AclEntryType.ALLOW;
            translated.add(new OrderedAclEntry(allow, who, id.getAsInt(), permissions(entry)));
        }
        return new OrderedAcl(translated);
    }

    private static Who who(UserPrincipal principal) {
        return switch (principal.getName()) {
            case "OWNER@" -> Who.OWNER;
            case "GROUP@" -> Who.OWNING_GROUP;
            case "EVERYONE@" -> Who.EVERYONE;
            default -> principal instanceof GroupPrincipal ? Who.GROUP : Who.USER;
        };
    }

    /** LIST_DIRECTORY and ADD_FILE are other names of READ_DATA and WRITE_DATA. */
    private static Permissions permissions(AclEntry entry) {
        int bits = (entry.permissions().contains(AclEntryPermission.READ_DATA) ? 4 : 0)
                | (entry.permissions().contains(AclEntryPermission.WRITE_DATA) ? 2 : 0)
                | (entry.permissions().contains(AclEntryPermission.EXECUTE) ? 1 : 0);
        return new Permissions(bits);
    }
}
