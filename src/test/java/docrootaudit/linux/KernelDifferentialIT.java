package docrootaudit.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import docrootaudit.access.Capability;
import docrootaudit.access.GroupSet;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.access.Verdict;
import docrootaudit.walk.PathTracer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The simulation against the kernel: random trees, several principals, every path asked for every need; the kernel is
 * asked by a thread that became that principal. {@code -Daudit.seed=N} repeats a run.
 */
class KernelDifferentialIT {
    private static final int DECISIONS = Integer.getInteger("audit.decisions", 200_000);

    private static final List<Principal> PRINCIPALS = List.of(
            Principal.of(33, 33, 33),
            Principal.of(33, 33, 33, 61001, 61002),
            Principal.of(61001, 61001),
            Principal.of(61002, 61003, 61001, 33),
            Principal.of(0xee6b2801, 0xee6b2801),
            Principal.of(0, 0),
            new Principal(61001, 61001, new GroupSet(61002), Set.of(Capability.CAP_DAC_READ_SEARCH)),
            new Principal(61002, 61002, new GroupSet(), EnumSet.allOf(Capability.class)));

    private final long seed = Seed.of("differential test");
    private RandomTree tree;

    @BeforeEach
    void grow() throws Exception {
        tree = new RandomTree(Files.createTempDirectory(Path.of("/var/tmp"), "audit-kernel"), new Random(seed));
    }

    @AfterEach
    void fell() throws Exception {
        tree.close();
    }

    @Test
    void every_verdict_is_the_kernels() throws Exception {
        int decisions = 0;
        int denied = 0;
        List<String> differences = new ArrayList<>();
        while (decisions < DECISIONS) {
            List<PathBytes> paths = tree.regrow();
            for (boolean protectedSymlinks : new boolean[] {true, false}) {
                tree.protectSymlinks(protectedSymlinks);
                LinuxSource source = LinuxSource.ofThisProcess();
                PathTracer tracer = new PathTracer(source, Set.of());
                List<Trace> traces = paths.stream().map(tracer::trace).toList();
                for (Principal who : PRINCIPALS) {
                    PathCheck check = new PathCheck(who, protectedSymlinks);
                    try (KernelAnswers kernel = new KernelAnswers(who)) {
                        for (Trace trace : traces) {
                            for (Permissions asked :
                                    List.of(Permissions.READ, Permissions.EXECUTE, new Permissions(5))) {
                                int said = kernel.ask(trace.asked(), asked);
                                int expected = simulate(check, trace, asked);
                                decisions++;
                                denied += said == 13 ? 1 : 0;
                                if (said != expected) {
                                    differences.add("uid " + who + " " + asked + " " + trace.asked() + ": kernel "
                                            + said + ", simulation " + expected + "\n"
                                            + trace.steps());
                                }
                            }
                        }
                    }
                }
            }
            assertEquals(List.of(), differences.subList(0, Math.min(3, differences.size())), "seed " + seed);
        }
        System.out.println("differential test: " + decisions + " decisions, " + denied + " refused, 0 differences");
        assertTrue(denied > decisions / 20, "the trees refuse too little to prove anything: " + denied);
    }

    /** The error number our verdict stands for. */
    private static int simulate(PathCheck check, Trace trace, Permissions asked) {
        if (asked.bits() != 5) {
            Need need = asked.equals(Permissions.READ) ? Need.READ : Need.EXECUTE;
            return errno(check.judge(trace, need));
        }
        // both at once is a question of its own for an ACL: one group entry must grant both
        int way = errno(check.judge(trace, Need.EXECUTE));
        if (trace.end().isEmpty() || refusedOnTheWay(check, trace)) {
            return way;
        }
        Step.Arrive end = trace.end().get();
        boolean noexec = check.arrive(end.inode(), Need.EXECUTE) instanceof Verdict.Denied denied
                && denied.by() instanceof docrootaudit.access.Rule.MountOption;
        boolean granted =
                docrootaudit.access.AccessCheck.decide(check.who(), end.inode().attributes(), asked)
                        instanceof Verdict.Granted;
        return granted && !noexec ? 0 : 13;
    }

    private static boolean refusedOnTheWay(PathCheck check, Trace trace) {
        return check.judge(trace, Need.READ).refusals().stream().anyMatch(r -> !(r.step() instanceof Step.Arrive));
    }

    private static int errno(PathVerdict verdict) {
        for (PathVerdict.Judged judged : verdict.steps()) {
            if (judged.verdict() instanceof Verdict.Denied) {
                return 13;
            } else if (judged.verdict() instanceof Verdict.Failed failed) {
                return failed.errno().number();
            } else if (judged.verdict() instanceof Verdict.Unknown unknown) {
                throw new AssertionError(unknown.why() + ": " + verdict.asked());
            }
        }
        return 0;
    }
}
