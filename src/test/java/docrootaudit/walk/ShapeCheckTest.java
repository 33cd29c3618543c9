package docrootaudit.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.Seed;
import docrootaudit.access.AccessCheck;
import docrootaudit.access.Acl;
import docrootaudit.access.AclEntry;
import docrootaudit.access.Attributes;
import docrootaudit.access.Capability;
import docrootaudit.access.FileType;
import docrootaudit.access.GroupSet;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.OrderedAcl;
import docrootaudit.access.OrderedAclEntry;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deciding by shape says what the check says of each entry alone. */
class ShapeCheckTest {
    private static final int[] IDS = {0, 33, 61001, 0xee6b2801};
    private final long seed = Seed.of("ShapeCheckTest");
    private final Random random = new Random(seed);

    private int anId() {
        return IDS[random.nextInt(IDS.length)];
    }

    private Principal aPrincipal() {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (random.nextInt(4) == 0) {
                capabilities.add(capability);
            }
        }
        return new Principal(anId(), anId(), new GroupSet(anId(), anId()), capabilities);
    }

    private Optional<Acl> anAcl() {
        return switch (random.nextInt(5)) {
            case 0 -> Optional.of(new Acl.Unreadable("damaged"));
            case 1 -> {
                List<OrderedAclEntry> entries = new ArrayList<>();
                OrderedAclEntry.Who[] who = OrderedAclEntry.Who.values();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    entries.add(new OrderedAclEntry(
                            random.nextBoolean(),
                            who[random.nextInt(who.length)],
                            anId(),
                            new Permissions(random.nextInt(8))));
                }
                yield Optional.of(new OrderedAcl(entries));
            }
            case 2 ->
                Optional.of(new PosixAcl(List.of(
                        AclEntry.of(AclEntry.Tag.OWNER, random.nextInt(8)),
                        AclEntry.user(anId(), random.nextInt(8)),
                        AclEntry.of(AclEntry.Tag.OWNING_GROUP, random.nextInt(8)),
                        AclEntry.group(anId(), random.nextInt(8)),
                        AclEntry.of(AclEntry.Tag.MASK, random.nextInt(8)),
                        AclEntry.of(AclEntry.Tag.OTHER, random.nextInt(8)))));
            default -> Optional.empty();
        };
    }

    private Attributes anInode() {
        FileType[] types = FileType.values();
        FileType type = types[random.nextInt(types.length)];
        return new Attributes(type, random.nextInt(010000), anId(), anId(), anAcl());
    }

    /** More shapes than the table holds, many times over, the same again and again between them. */
    @Test
    void a_shape_is_decided_as_each_entry_of_it_would_be() throws Exception {
        for (int round = 0; round < 24; round++) {
            Principal who = aPrincipal();
            Permissions asked = new Permissions(1 + random.nextInt(7));
            ShapeCheck shapes = new ShapeCheck(who, asked);
            List<Attributes> inodes = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                Attributes inode = i > 10 && i % 3 == 0 ? inodes.get(random.nextInt(inodes.size())) : anInode();
                inodes.add(inode);

                Verdict expected = AccessCheck.decide(who, inode, asked);
                Verdict found = shapes.decide(new InodeEntry(new Inode(inode, Mount.plain("ext4"), Optional.empty())));

                if (expected instanceof Verdict.Granted) {
                    assertEquals(Verdict.Granted.class, found.getClass(), "seed " + seed + ": " + inode);
                } else {
                    assertEquals(expected, found, "seed " + seed + ": " + inode);
                }
            }
        }
    }
}
