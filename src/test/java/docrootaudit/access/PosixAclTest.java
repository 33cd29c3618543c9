package docrootaudit.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PosixAclTest {
    /** As {@code getfattr -e hex -n system.posix_acl_access} printed it for user::rw-,user:33:r--,group::r--,mask::r--. */
    private static final String SEEN = "02000000"
            + "01000600ffffffff"
            + "0200040021000000"
            + "04000400ffffffff"
            + "10000400ffffffff"
            + "20000000ffffffff";

    @Test
    void what_the_kernel_wrote_is_read_and_written_back() {
        byte[] value = HexFormat.of().parseHex(SEEN);
        PosixAcl acl = (PosixAcl) PosixAcl.parse(value);

        assertEquals(
                "[user::rw-, user:33:r--, group::r--, mask::r--, other::---]",
                acl.entries().toString());
        assertArrayEquals(value, acl.toBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "'', ACL of 0 bytes is cut short",
        "0200, ACL of 2 bytes is cut short",
        "0200000001000600ffffff, ACL of 11 bytes is cut short",
        "0300000001000600ffffffff, ACL of unknown version 3",
        "ffffffff01000600ffffffff, ACL of unknown version 4294967295",
        "0200000003000600ffffffff, 'ACL with an unknown entry (tag 3, permissions 6)'",
        "0200000001000800ffffffff, 'ACL with an unknown entry (tag 1, permissions 8)'",
        "0200000001000600ffffffff, ACL whose entries are not in a valid order",
        "02000000, ACL whose entries are not in a valid order",
    })
    void anything_else_is_reported_not_guessed(String hex, String why) {
        assertEquals(new Acl.Unreadable(why), PosixAcl.parse(HexFormat.of().parseHex(hex)));
    }

    @Test
    void a_named_entry_without_a_mask_is_invalid() {
        PosixAcl noMask = new PosixAcl(List.of(
                AclEntry.of(AclEntry.Tag.OWNER, 6),
                AclEntry.user(33, 4),
                AclEntry.of(AclEntry.Tag.OWNING_GROUP, 4),
                AclEntry.of(AclEntry.Tag.OTHER, 0)));

        assertInstanceOf(Acl.Unreadable.class, PosixAcl.parse(noMask.toBytes()));
    }

    @Test
    void no_bytes_make_it_throw() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            byte[] value = HexFormat.of().parseHex(SEEN);
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                value[random.nextInt(value.length)] = (byte) random.nextInt(256);
            }
            if (PosixAcl.parse(value) instanceof PosixAcl acl) {
                assertEquals(acl, PosixAcl.parse(acl.toBytes()));
            }
        }
    }
}
