package docrootaudit.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttributesTest {
    @Test
    void their_words_are_what_the_ids_of_known_causes_were_made_of() {
        assertEquals(
                "Attributes[type=REGULAR, mode=384, uid=-1, gid=33, acl=Optional.empty]",
                new Attributes(FileType.REGULAR, 0600, -1, 33, Optional.empty()).toString());
        assertEquals(
                "Attributes[type=DIRECTORY, mode=488, uid=0, gid=0, acl=Optional[PosixAcl[entries=[other::r--]]]]",
                new Attributes(
                                FileType.DIRECTORY,
                                0750,
                                0,
                                0,
                                Optional.of(new PosixAcl(List.of(AclEntry.of(AclEntry.Tag.OTHER, 4)))))
                        .toString());
    }
}
