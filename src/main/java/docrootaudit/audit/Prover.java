package docrootaudit.audit;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.Principal;
import docrootaudit.access.Trace;
import docrootaudit.finding.Identity;
import docrootaudit.finding.Proof;
import docrootaudit.finding.RefusedPath;
import docrootaudit.walk.EntrySource;
import docrootaudit.walk.PathTracer;
import docrootaudit.walk.TreeWalk;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Holds a scan against the kernel. */
final class Prover {
    private final Host host;
    private final Clock clock;
    private final Consumer<TreeWalk<Place>> running;

    Prover(Host host, Clock clock, Consumer<TreeWalk<Place>> running) {
        this.host = host;
        this.clock = clock;
        this.running = running;
    }

    Proof prove(ScanRequest request, EntrySource tree, int size, Optional<Long> against)
            throws InterruptedException, IOException {
        List<Proof.Disagreement> disagreements = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        long paths = 0;
        long asked = 0;
        for (ScanRequest.Root root : request.roots()) {
            Sampler sampler = new Sampler(size, clock.millis());
            RootScan scan = new RootScan(request, root, tree, host, clock, Optional.empty());
            RootScan.Outcome outcome = scan.run(running, sampler::around);
            if (!(outcome instanceof RootScan.Outcome.Scanned scanned)) {
                failures.add(((RootScan.Outcome.Failed) outcome).sentence());
                continue;
            }
            scanned.unseen().stream()
                    .filter(u -> !u.wanted())
                    .forEach(u -> failures.add(u.path() + " was not seen: " + u.why()));
            if (!scanned.walked().finished()) {
                failures.add("the scan of " + root.given() + " was interrupted");
                break;
            }
            paths += sampler.seen();
            asked += ask(request, tree, scanned, sampler.samples(), against, disagreements::add);
        }
        Identity identity = request.roots().get(0).identity();
        return new Proof(identity, words(against, identity), paths, asked, disagreements, failures);
    }

    private String words(Optional<Long> against, Identity identity) {
        return against.map(pid -> (host.program(pid) + " process " + pid).strip())
                .orElseGet(() -> "a thread that became " + identity.label());
    }

    /** Asks, and answers about how many paths: a link to nothing is no question. */
    private long ask(
            ScanRequest request,
            EntrySource tree,
            RootScan.Outcome.Scanned scanned,
            List<Sampler.Sample> samples,
            Optional<Long> against,
            Consumer<Proof.Disagreement> disagreements)
            throws IOException {
        Set<PathBytes> sampled = samples.stream().map(Sampler.Sample::path).collect(Collectors.toSet());
        Set<PathBytes> refused = new HashSet<>();
        EachPath.of(scanned).map(RefusedPath::path).filter(sampled::contains).forEach(refused::add);
        Identity identity = scanned.root().identity();
        Principal real = against.isPresent() ? host.identityOf(against.get()) : identity.principal();
        PathTracer tracer = new PathTracer(tree, tree.mounts().automounts());
        Reader reader = scanned.context().server();
        long asked = 0;
        try (Host.Kernel kernel = host.kernel(real, against.or(request::pid))) {
            for (Sampler.Sample sample : samples) {
                Trace trace = tracer.trace(sample.path());
                List<Need> needs = needs(sample, trace, scanned.context());
                if (needs.isEmpty()) {
                    continue;
                }
                asked++;
                Answer answer = ask(kernel, sample.path(), needs);
                PathVerdict verdict = reader.check().judge(trace, needs);
                boolean known = verdict.answer() != PathVerdict.Answer.UNCERTAIN;
                boolean refusedByScan = refused.contains(sample.path());
                if (known && answer.isRefusal() != refusedByScan) {
                    disagreements.accept(new Proof.Disagreement(
                            sample.path(),
                            answer.need(),
                            refusedByScan ? "denied" : "allowed",
                            words(answer.errno()),
                            verdict.answer().name().toLowerCase(Locale.ROOT)));
                }
            }
        }
        return asked;
    }

    /** What the kernel answered, and to which need. */
    private record Answer(Need need, int errno) {
        boolean isRefusal() {
            return errno == Errno.EACCES.number();
        }
    }

    /** The kernel's first refusal of what a path is needed for, else its first answer: as a scan counts a path. */
    private static Answer ask(Host.Kernel kernel, PathBytes path, List<Need> needs) {
        Answer first = new Answer(needs.get(0), kernel.ask(path, needs.get(0)));
        for (Need need : needs.subList(1, needs.size())) {
            Answer next = new Answer(need, kernel.ask(path, need));
            first = next.isRefusal() && !first.isRefusal() ? next : first;
        }
        return first;
    }

    private static List<Need> needs(Sampler.Sample sample, Trace trace, ScanContext context) {
        if (!sample.needs().isEmpty()) {
            return sample.needs();
        }
        FileType type = trace.end().map(e -> e.inode().attributes().type()).orElse(FileType.UNKNOWN);
        if (type == FileType.DIRECTORY) {
            return context.question.ofDirectory(context.rules.listing());
        }
        // what a link to anything else is refused is no finding of a scan
        return type == FileType.REGULAR && context.readerOf(sample.path()) == context.server()
                ? context.question.ofFile(Question.FileKind.CONTENT)
                : List.of();
    }

    private static String words(int answer) {
        if (answer == 0) {
            return "allowed";
        }
        for (Errno errno : Errno.values()) {
            if (errno.number() == answer) {
                return errno.name();
            }
        }
        return "error " + answer;
    }
}
