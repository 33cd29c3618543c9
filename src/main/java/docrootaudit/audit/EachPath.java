package docrootaudit.audit;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.finding.CauseId;
import docrootaudit.finding.RefusedPath;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Every refused path of a scan, as walked: the root as given, a slash, then names. */
final class EachPath {
    private EachPath() {}

    static Stream<RefusedPath> of(RootScan.Outcome.Scanned scan) {
        Collected collected = scan.context().collected;
        return Stream.concat(
                collected.refused().stream().flatMap(r -> of(scan, r)),
                collected.byRule().stream().flatMap(r -> of(scan, r)));
    }

    private static Stream<RefusedPath> of(RootScan.Outcome.Scanned scan, Collected.ByRule refused) {
        PathBytes directory = asGiven(scan, refused.directory().path());
        String id = refused.cause().id(scan.context().server().uid());
        return StreamSupport.stream(refused.names().spliterator(), false)
                .map(name -> new RefusedPath(
                        name.length() == 0 ? directory : directory.resolve(name),
                        name.length() == 0 ? Need.SEARCH : Need.READ,
                        id,
                        RefusedPath.Blamed.ANOTHER));
    }

    private static Stream<RefusedPath> of(RootScan.Outcome.Scanned scan, Collected.Refused refused) {
        PathBytes absolute = refused.directory().path();
        PathBytes directory = asGiven(scan, absolute);
        if (refused.names().count() == 0) {
            return Stream.of(refused(refused, directory, absolute));
        }
        return StreamSupport.stream(refused.names().spliterator(), false)
                .map(name -> refused(refused, directory.resolve(name), absolute.resolve(name)));
    }

    private static RefusedPath refused(Collected.Refused refused, PathBytes path, PathBytes absolute) {
        boolean itself = refused.blame() == null || refused.blame().path.equals(absolute);
        RefusedPath.Blamed blamed = itself ? RefusedPath.Blamed.ITSELF : RefusedPath.Blamed.ANOTHER;
        return new RefusedPath(path, refused.need(), causeId(refused, absolute), blamed);
    }

    private static String causeId(Collected.Refused refused, PathBytes path) {
        if (refused.blame() != null) {
            Blame blame = refused.blame();
            return CauseId.of(blame.reader.uid(), blame.path, blame.kind);
        }
        return CauseId.of(refused.group().reader().uid(), path, refused.group().kind());
    }

    private static PathBytes asGiven(RootScan.Outcome.Scanned scan, PathBytes absolute) {
        PathBytes root = scan.context().root;
        PathBytes given = scan.root().given();
        if (given.equals(root)) {
            return absolute;
        }
        byte[] bytes = absolute.bytes();
        int cut = root.length() == 1 ? 0 : root.length();
        return cut == bytes.length ? given : given.resolve(PathBytes.of(bytes, cut + 1, bytes.length));
    }
}
