package docrootaudit.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import docrootaudit.access.Acl;
import docrootaudit.access.OrderedAcl;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The portable source on a file system in memory. */
class NioSourceTest extends EntrySourceContract {
    private final FileSystem world = Jimfs.unix();
    private final EntrySource source = Jimfs.source(world);

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @Override
    protected EntrySource source() {
        return source;
    }

    @Override
    protected FileSystem world() {
        return world;
    }

    @Override
    protected PathBytes top() {
        return PathBytes.of("/work");
    }

    private void acl(Path path, AclEntry... entries) throws IOException {
        Files.getFileAttributeView(path, AclFileAttributeView.class).setAcl(List.of(entries));
    }

    private AclEntry entry(AclEntryType type, String who, AclEntryPermission... permissions) throws IOException {
        UserPrincipalLookupService names = world.getUserPrincipalLookupService();
        return AclEntry.newBuilder()
                .setType(type)
                .setPrincipal(
                        who.startsWith("g:")
                                ? names.lookupPrincipalByGroupName(who.substring(2))
                                : names.lookupPrincipalByName(who))
                .setPermissions(permissions)
                .build();
    }

    @Test
    void an_NFSv4_acl_is_read_entry_by_entry() throws Exception {
        draw("f 600");
        acl(
                path("f"),
                entry(AclEntryType.DENY, "33", AclEntryPermission.WRITE_DATA, AclEntryPermission.EXECUTE),
                entry(AclEntryType.AUDIT, "34", AclEntryPermission.READ_DATA),
                entry(AclEntryType.ALLOW, "g:4000000001", AclEntryPermission.LIST_DIRECTORY),
                entry(AclEntryType.ALLOW, "OWNER@", AclEntryPermission.READ_DATA, AclEntryPermission.READ_ACL),
                entry(AclEntryType.ALLOW, "EVERYONE@", AclEntryPermission.READ_ATTRIBUTES));

        OrderedAcl acl = assertInstanceOf(
                OrderedAcl.class,
                node(top().resolve("f")).inode().attributes().acl().orElseThrow());
        assertEquals(
                "[33:-wx:deny, g:4000000001:r--:allow, OWNER@:r--:allow, EVERYONE@:---:allow]",
                acl.entries().toString());
    }

    @Test
    void an_entry_that_is_only_inherited_decides_nothing() throws Exception {
        draw("d/ 700");
        acl(
                path("d"),
                AclEntry.newBuilder(entry(AclEntryType.DENY, "33", AclEntryPermission.EXECUTE))
                        .setFlags(AclEntryFlag.DIRECTORY_INHERIT, AclEntryFlag.INHERIT_ONLY)
                        .build(),
                entry(AclEntryType.ALLOW, "33", AclEntryPermission.EXECUTE));

        Acl acl = node(top().resolve("d")).inode().attributes().acl().orElseThrow();
        assertEquals("[33:--x:allow]", ((OrderedAcl) acl).entries().toString());
    }

    @Test
    void an_acl_that_names_somebody_without_a_number_is_not_guessed_at() throws Exception {
        draw("f");
        acl(path("f"), entry(AclEntryType.ALLOW, "kim", AclEntryPermission.READ_DATA));

        Acl acl = node(top().resolve("f")).inode().attributes().acl().orElseThrow();
        assertEquals(new Acl.Unreadable("its ACL names an account without a number: kim"), acl);
    }

    @Test
    void an_NFSv4_acl_decides_before_owner_and_mode_whatever_the_shape() throws Exception {
        draw("f 600");
        acl(path("f"), entry(AclEntryType.ALLOW, "33", AclEntryPermission.READ_DATA));
        try (Node top = node(top());
                TreeReader reader = source.reader();
                Listing listing = reader.list(top, PathBytes.of(""))) {
            Entry f = listing.next();
            f.stat();
            ShapeCheck named = new ShapeCheck(Principal.of(33, 33), Permissions.READ);
            ShapeCheck owner = new ShapeCheck(Principal.of(f.uid(), f.gid()), Permissions.READ);

            assertInstanceOf(Verdict.Granted.class, named.decide(f));
            assertInstanceOf(Verdict.Denied.class, owner.decide(f));
        }
    }
}
