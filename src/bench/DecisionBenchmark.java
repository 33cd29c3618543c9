package docrootaudit.bench;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.Acl;
import docrootaudit.access.AclEntry;
import docrootaudit.access.AclEntry.Tag;
import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds for a decision by {@link AccessCheck}, and for reading an ACL; {@code src/bench/decision.sh} runs it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {
    private static final int WWW_DATA = 33;

    /** What decides. */
    public enum Decider {
        OWNER(file(WWW_DATA, 0, 0600)),
        GROUP(file(1000, WWW_DATA, 0640)),
        OTHER(file(1000, 1000, 0640)),
        NAMED_USER(file(1000, 1000, 0640, AclEntry.user(WWW_DATA, 4))),
        NAMED_GROUP(file(1000, 1000, 0640, AclEntry.group(WWW_DATA, 4))),
        /** None of twenty named users, one of twenty named groups. */
        MANY_ENTRIES(file(1000, 1000, 0640, many()));

        private final Attributes file;

        Decider(Attributes file) {
            this.file = file;
        }

        private static Attributes file(int uid, int gid, int mode) {
            return new Attributes(FileType.REGULAR, mode, uid, gid, Optional.empty());
        }

        private static Attributes file(int uid, int gid, int mode, AclEntry... named) {
            List<AclEntry> users =
                    List.of(named).stream().filter(e -> e.tag() == Tag.NAMED_USER).toList();
            List<AclEntry> groups =
                    List.of(named).stream().filter(e -> e.tag() == Tag.NAMED_GROUP).toList();
            List<AclEntry> entries = new ArrayList<>();
            entries.add(AclEntry.of(Tag.OWNER, mode >> 6 & 7));
            entries.addAll(users);
            entries.add(AclEntry.of(Tag.OWNING_GROUP, 0));
            entries.addAll(groups);
            entries.add(AclEntry.of(Tag.MASK, mode >> 3 & 7));
            entries.add(AclEntry.of(Tag.OTHER, mode & 7));
            return new Attributes(FileType.REGULAR, mode, uid, gid, Optional.of(new PosixAcl(entries)));
        }

        private static AclEntry[] many() {
            AclEntry[] entries = new AclEntry[40];
            for (int i = 0; i < 20; i++) {
                entries[i] = AclEntry.user(2000 + i, 6);
                entries[20 + i] = AclEntry.group(3000 + i, 4);
            }
            return entries;
        }
    }

    /** A principal and a file. */
    @State(Scope.Benchmark)
    public static class Question {
        @Param
        public Decider decider;

        private final Principal who = Principal.of(WWW_DATA, WWW_DATA, 3019);
    }

    /** An ACL as the kernel hands it out. */
    @State(Scope.Benchmark)
    public static class Value {
        @Param({"NAMED_USER", "MANY_ENTRIES"})
        public Decider decider;

        private byte[] bytes;

        @Setup
        public void write() {
            bytes = decider.file.posixAcl().orElseThrow().toBytes();
        }
    }

    @Benchmark
    public Verdict decide(Question question) {
        return AccessCheck.decide(question.who, question.decider.file, Need.READ);
    }

    @Benchmark
    public Acl parse(Value value) {
        return PosixAcl.parse(value.bytes);
    }
}
