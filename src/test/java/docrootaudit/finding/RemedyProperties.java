package docrootaudit.finding;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.Attributes;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.Principal;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.access.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever the mode, the ACL and the principal: a fix mends, hands out no write, takes nothing and opens least. */
class RemedyProperties {
    private static final Mount EXT4 = Mount.plain("ext4");
    private static final Inode ROOT = new Inode(DrawnTree.attributes("d 0755 0:0"), EXT4, Optional.empty());
    private static final PathBytes PATH = PathBytes.of("/t");
    private static final Spelling SPELLING = new Spelling(Host.NAMES, ShellQuote.ASCII);

    @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
    void every_fix_mends_and_harms_nobody_and_none_opens_less(@ForAll long seed) {
        Random random = new Random(seed);
        Principal who = Situations.principal(random);
        Attributes what = Situations.attributes(random);
        Need need = what.isDirectory() ? random.nextBoolean() ? Need.SEARCH : Need.LIST : Need.READ;
        Inode inode = new Inode(what, EXT4, Optional.empty());
        Trace trace = new Trace(PATH, List.of(new Step.Search(PathBytes.ROOT, ROOT), new Step.Arrive(PATH, inode)));
        RemedySearch search = new RemedySearch(
                new PathCheck(who, true), Optional.of("www-data"), Host.ACCOUNTS, Host.NAMES, ShellQuote.ASCII);
        List<Remedy> fixes = search.forPath(search.check().judge(trace, need)).fixes();

        for (Remedy fix : fixes) {
            if (!fix.command().startsWith("usermod")) {
                Attributes after = Situations.run(fix.command(), what);
                assertTrue(AccessCheck.decide(who, after, need) instanceof Verdict.Granted, fix::command);
                assertFalse(Situations.harms(who, what, after), () -> fix.command() + " on " + what);
                assertTrue(Situations.gains(who, what, after) == fix.scope(), () -> fix + " on " + what);
            }
        }
        Candidates candidates = new Candidates(who, Optional.of("www-data"), Host.ACCOUNTS, SPELLING);
        boolean refused = AccessCheck.decide(who, what, need) instanceof Verdict.Denied;
        for (Change change : refused ? candidates.edits(PATH, inode, need.permissions()) : List.<Change>of()) {
            Attributes after = ((Change.Edit) change).after();
            boolean mends = AccessCheck.decide(who, after, need) instanceof Verdict.Granted;
            if (mends && !Situations.harms(who, what, after)) {
                assertFalse(fixes.isEmpty(), () -> change + " was missed");
                assertTrue(fixes.get(0).scope() <= Situations.gains(who, what, after), change::toString);
            }
        }
    }
}
