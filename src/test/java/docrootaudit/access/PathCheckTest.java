package docrootaudit.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import docrootaudit.access.PathVerdict.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathCheckTest {
    private static final PathCheck WWW_DATA = new PathCheck(Principal.of(33, 33), true);
    private static final PathBytes PATH = PathBytes.of("/srv/x");
    private static final Step OPEN = new Step.Search(PathBytes.of("/srv"), directory(0755, 0));
    private static final Step CLOSED = new Step.Search(PathBytes.of("/srv"), directory(0700, 0));

    @Test
    void the_first_refusal_is_the_cause_and_the_others_come_next() {
        PathVerdict verdict = judge(CLOSED, new Step.Arrive(PATH, file(0600)));

        assertEquals(Answer.DENIED, verdict.answer());
        assertEquals(
                List.of(PathBytes.of("/srv"), PATH),
                verdict.refusals().stream().map(r -> r.step().path()).toList());
    }

    @Test
    void what_is_missing_behind_a_closed_directory_is_refused_not_absent() {
        assertEquals(
                Answer.DENIED, judge(CLOSED, new Step.Stop(PATH, Errno.ENOENT)).answer());
        assertEquals(
                Answer.ABSENT, judge(OPEN, new Step.Stop(PATH, Errno.ENOENT)).answer());
        assertEquals(
                Answer.DENIED, judge(OPEN, new Step.Stop(PATH, Errno.ELOOP)).answer());
    }

    @Test
    void a_certain_refusal_stands_behind_something_unknown() {
        Mount nfs = new Mount("nfs4", PathBytes.ROOT, false, false, Optional.of("the server decides"));
        Inode far = new Inode(directory(0755, 0).attributes(), nfs, Optional.empty());
        Step unknown = new Step.Search(PathBytes.of("/srv"), far);

        assertEquals(
                Answer.UNCERTAIN,
                judge(unknown, new Step.Arrive(PATH, file(0644))).answer());
        assertEquals(
                Answer.DENIED, judge(unknown, new Step.Arrive(PATH, file(0600))).answer());
        assertEquals(
                Answer.UNCERTAIN,
                judge(unknown, new Step.Stop(PATH, Errno.ENOENT)).answer());
        assertEquals(
                List.of("the server decides"),
                judge(unknown, new Step.Arrive(PATH, file(0644))).unknowns());
    }

    @Test
    void a_trailing_link_in_a_sticky_directory_is_followed_for_its_owner_only() {
        Inode sticky = directory(01777, 0);

        assertEquals(Answer.DENIED, judge(follow(sticky, 1000, true)).answer());
        assertEquals(Answer.ALLOWED, judge(follow(sticky, 0, true)).answer());
        assertEquals(Answer.ALLOWED, judge(follow(sticky, 33, true)).answer());
        assertEquals(Answer.ALLOWED, judge(follow(sticky, 1000, false)).answer());
        assertEquals(
                Answer.ALLOWED, judge(follow(directory(0777, 0), 1000, true)).answer());
        assertEquals(
                Answer.ALLOWED,
                new PathCheck(Principal.of(33, 33), false)
                        .judge(
                                new Trace(PATH, List.of(follow(sticky, 1000, true), new Step.Arrive(PATH, file(0644)))),
                                Need.READ)
                        .answer());
    }

    @Test
    void noexec_refuses_before_any_permission_is_asked() {
        Mount noexec = new Mount("tmpfs", PathBytes.ROOT, true, false, Optional.empty());
        Inode script = new Inode(file(0755).attributes(), noexec, Optional.empty());

        assertEquals(
                new Verdict.Denied(Permissions.EXECUTE, new Rule.MountOption("noexec")),
                new PathCheck(Principal.of(0, 0), true).arrive(script, Need.EXECUTE));
    }

    /** Such an owner is not nobody(65534), and root's capabilities do not reach him; all others are all others. */
    @Test
    void who_owns_what_an_idmapped_mount_does_not_map_cannot_be_told() {
        Mount idmapped = new Mount("ext4", PathBytes.of("/srv"), false, false, Optional.empty(), true, true);
        Inode orphan = new Inode(
                new Attributes(FileType.REGULAR, 0404, 65534, 65534, Optional.empty()), idmapped, Optional.empty());
        Inode owned = new Inode(file(0600).attributes(), idmapped, Optional.empty());

        for (Principal concerned :
                List.of(Principal.of(65534, 65534), Principal.of(1000, 1000, 65534), Principal.of(0, 0))) {
            assertInstanceOf(Verdict.Unknown.class, new PathCheck(concerned, true).arrive(orphan, Need.READ));
        }
        assertInstanceOf(Verdict.Granted.class, WWW_DATA.arrive(orphan, Need.READ));
        assertInstanceOf(Verdict.Granted.class, new PathCheck(Principal.of(0, 0), true).arrive(owned, Need.READ));
    }

    @Test
    void only_a_directory_can_be_searched_or_listed() {
        assertEquals(new Verdict.Failed(Errno.ENOTDIR), WWW_DATA.arrive(file(0755), Need.LIST));
        assertEquals(new Verdict.Failed(Errno.ENOTDIR), WWW_DATA.arrive(file(0755), Need.SEARCH));
    }

    @Test
    void the_link_that_led_to_a_step_is_known() {
        Step follow =
                new Step.Follow(PathBytes.of("/srv/link"), link(0), directory(0755, 0), PathBytes.of("/vault"), false);
        PathVerdict verdict = judge(OPEN, follow, new Step.Search(PathBytes.of("/vault"), directory(0700, 0)));

        assertEquals(
                Optional.of(PathBytes.of("/srv/link")),
                verdict.via(verdict.refusals().get(0)));
    }

    private static PathVerdict judge(Step... steps) {
        List<Step> all = new java.util.ArrayList<>(List.of(steps));
        if (all.get(all.size() - 1) instanceof Step.Follow) {
            all.add(new Step.Arrive(PATH, file(0644)));
        }
        return WWW_DATA.judge(new Trace(PATH, all), Need.READ);
    }

    private static Step follow(Inode directory, int owner, boolean trailing) {
        return new Step.Follow(PATH, link(owner), directory, PathBytes.of("y"), trailing);
    }

    private static Inode directory(int mode, int uid) {
        return inode(FileType.DIRECTORY, mode, uid);
    }

    private static Inode file(int mode) {
        return inode(FileType.REGULAR, mode, 0);
    }

    private static Inode link(int uid) {
        return inode(FileType.SYMLINK, 0777, uid);
    }

    private static Inode inode(FileType type, int mode, int uid) {
        return new Inode(new Attributes(type, mode, uid, 0, Optional.empty()), Mount.plain("ext4"), Optional.empty());
    }
}
