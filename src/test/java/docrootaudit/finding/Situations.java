package docrootaudit.finding;

import docrootaudit.access.AclEntry;
import docrootaudit.access.AclEntry.Tag;
import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random modes, ACLs and principals, few enough ids that they meet. */
final class Situations {
    private static final int[] UIDS = {0, 33, 1000, 1002, 61033};
    private static final int[] GIDS = {0, 33, 500, 1000, 61033};

    private Situations() {}

    static Principal principal(Random random) {
        return random.nextBoolean() ? Principal.of(33, 33) : Principal.of(33, 33, 500);
    }

    static Attributes attributes(Random random) {
        int mode = random.nextInt(01000);
        int uid = UIDS[random.nextInt(UIDS.length)];
        int gid = GIDS[random.nextInt(GIDS.length)];
        FileType type = random.nextBoolean() ? FileType.REGULAR : FileType.DIRECTORY;
        mode |= type == FileType.DIRECTORY && random.nextInt(4) == 0 ? 02000 : 0;
        Attributes bare = new Attributes(type, mode, uid, gid, Optional.empty());
        return random.nextInt(3) == 0 ? bare : withAcl(bare, random);
    }

    private static Attributes withAcl(Attributes bare, Random random) {
        List<AclEntry> entries = new ArrayList<>(List.of(bare.owner(), bare.other()));
        // Masks tend to be small, or nothing would be refused by them.
        int mask = random.nextInt(3) == 0 ? 0 : bare.group().permissions().bits();
        entries.add(AclEntry.of(Tag.OWNING_GROUP, random.nextInt(8)));
        entries.add(AclEntry.of(Tag.MASK, mask));
        for (int uid : UIDS) {
            if (random.nextInt(3) == 0) {
                entries.add(AclEntry.user(uid, random.nextInt(8)));
            }
        }
        for (int gid : GIDS) {
            if (random.nextInt(4) == 0) {
                entries.add(AclEntry.group(gid, random.nextInt(8)));
            }
        }
        entries.sort(Comparator.comparing(AclEntry::tag).thenComparing(AclEntry::id, Integer::compareUnsigned));
        int mode = (bare.mode() & 07707) | mask << 3;
        return new Attributes(bare.type(), mode, bare.uid(), bare.gid(), Optional.of(new PosixAcl(entries)));
    }

    /** Everybody who matters: the accounts, an id that nobody has, and every id above alone and in each group. */
    static List<Principal> everybody(Principal who) {
        List<Principal> all = new ArrayList<>(List.of(who, Principal.of(99999, 99999)));
        Host.ACCOUNTS.forEach(a -> all.add(a.principal()));
        for (int gid : GIDS) {
            all.add(Principal.of(99999, gid));
            Arrays.stream(UIDS).filter(uid -> uid != who.uid()).forEach(uid -> all.add(Principal.of(uid, gid)));
            Arrays.stream(GIDS).forEach(other -> all.add(Principal.of(99999, gid, other)));
        }
        Arrays.stream(UIDS).forEach(uid -> all.add(Principal.of(uid, 99999)));
        return all;
    }

    /** How many accounts (the principal and one unknown among them) gain each right. */
    static long gains(Principal who, Attributes before, Attributes after) {
        List<Principal> counted = new ArrayList<>(List.of(who, Principal.of(99999, 99999)));
        Host.ACCOUNTS.stream()
                .map(Account::principal)
                .filter(p -> p.uid() != who.uid())
                .forEach(counted::add);
        return counted.stream()
                .mapToLong(p -> Integer.bitCount(
                        Rights.of(p, after).since(Rights.of(p, before)).bits()))
                .sum();
    }

    static boolean harms(Principal who, Attributes before, Attributes after) {
        return everybody(who).stream().anyMatch(p -> {
            Rights had = Rights.of(p, before);
            Rights has = Rights.of(p, after);
            return has.lacks(had) || has.since(had).contains(new Permissions(2));
        });
    }

    /** What one printed command, of those that change an inode, makes of its attributes. */
    static Attributes run(String command, Attributes what) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        while (!List.of("setfacl", "chmod").contains(words.get(0))) {
            words.remove(0);
        }
        if ("chmod".equals(words.get(0))) {
            String spec = words.get(1);
            Tag tag = spec.startsWith("u") ? Tag.OWNER : spec.startsWith("g") ? Tag.OWNING_GROUP : Tag.OTHER;
            return AclModel.chmod(what, tag, permissions(spec.substring(2)));
        } else if ("-n".equals(words.get(1))) {
            return AclModel.removeUser(what, id(words.get(3).substring(2)));
        }
        String[] specs = words.get(2).split(",");
        if (specs[0].startsWith("m::")) {
            return AclModel.mask(what, permissions(specs[0].substring(3)));
        }
        String[] parts = specs[0].split(":");
        int bits = permissions(parts[2]).bits();
        AclEntry entry = parts[1].isEmpty()
                ? AclEntry.of(Tag.OWNING_GROUP, bits)
                : "u".equals(parts[0]) ? AclEntry.user(id(parts[1]), bits) : AclEntry.group(id(parts[1]), bits);
        return specs.length == 1
                ? AclModel.put(what, entry)
                : AclModel.put(what, entry, permissions(specs[1].substring(3)));
    }

    private static int id(String name) {
        return name.matches("[0-9]+") ? Integer.parseUnsignedInt(name) : name.equals("web") ? 500 : 33;
    }

    private static Permissions permissions(String letters) {
        return new Permissions(
                (letters.contains("r") ? 4 : 0) | (letters.contains("w") ? 2 : 0) | (letters.contains("x") ? 1 : 0));
    }
}
