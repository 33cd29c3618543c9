package docrootaudit.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.AclEntry;
import docrootaudit.access.AclEntry.Tag;
import docrootaudit.access.Attributes;
import docrootaudit.access.Permissions;
import org.junit.jupiter.api.Test;

/** The tools' lesser known habits. */
class AclModelTest {
    private static final AclEntry READER = AclEntry.user(33, 4);

    @Test
    void a_new_acl_turns_the_group_bits_into_the_mask() {
        assertEquals(file("f 0640 0:0 user:33:r-- group::---"), AclModel.put(file("f 0600 0:0"), READER));
        assertEquals(file("f 0664 0:0 user:33:r-- group::rw-"), AclModel.put(file("f 0664 0:0"), READER));
    }

    @Test
    void without_a_mask_given_setfacl_hands_write_back_to_others() {
        Attributes masked = file("f 0640 0:0 user:1002:rw- group::r--");

        assertEquals(file("f 0660 0:0 user:33:r-- user:1002:rw- group::r--"), AclModel.put(masked, READER));
        assertEquals(
                file("f 0640 0:0 user:33:r-- user:1002:rw- group::r--"),
                AclModel.put(masked, READER, Permissions.READ));
    }

    @Test
    void chmod_of_the_group_sets_the_mask() {
        assertEquals(
                file("f 0640 0:0 user:33:r-- group::---"),
                AclModel.chmod(file("f 0600 0:0 user:33:r-- group::---"), Tag.OWNING_GROUP, Permissions.READ));
        assertEquals(file("f 0640 0:0"), AclModel.chmod(file("f 0600 0:0"), Tag.OWNING_GROUP, Permissions.READ));
    }

    @Test
    void the_mask_outlives_the_last_named_entry() {
        assertEquals(file("f 0644 0:0 group::r--"), AclModel.removeUser(file("f 0644 0:0 user:33:--- group::r--"), 33));
    }

    @Test
    void special_bits_stay() {
        assertEquals(file("d 03775 0:0 user:33:r-- group::rwx"), AclModel.put(file("d 03775 0:0"), READER));
    }

    private static Attributes file(String line) {
        return DrawnTree.attributes(line);
    }
}
