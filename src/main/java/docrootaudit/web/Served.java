package docrootaudit.web;

import docrootaudit.access.PathBytes;
import docrootaudit.audit.Host;
import docrootaudit.server.Address;
import docrootaudit.server.ConfigFiles;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Edit;
import docrootaudit.server.WebServer;
import docrootaudit.walk.EntrySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A web server whose configuration was read.
 *
 * @param program which
 * @param server what it answers
 * @param place where the configuration is
 * @param files how it is read
 * @param written when each file of it had been written
 * @param master the running one that goes by it
 * @param worker one of its workers, which is itself where it has none
 * @param tree the files
 * @param seesProcess whether these are the files as the worker sees them
 * @param why how it was settled that this one is meant; a clause
 * @param notes what else there is to know
 */
record Served(
        Program program,
        WebServer server,
        Program.Place place,
        ConfigFiles files,
        Map<PathBytes, Instant> written,
        Optional<Host.Master> master,
        Optional<Host.Child> worker,
        EntrySource tree,
        boolean seesProcess,
        String why,
        List<String> notes) {
    /** Times of processes are known to a hundredth of a second, of files sometimes to a whole one. */
    private static final Duration SAME_TIME = Duration.ofSeconds(1);

    /** The same configuration with changes of single lines laid over. */
    WebServer with(List<Edit> edits) throws ConfigSyntaxException {
        return edits.isEmpty() ? server : program.load(new EditedFiles(files, edits), place);
    }

    /** Whether it listens there; an address that is not known is any. */
    boolean listensOn(Optional<Address> to, int port) {
        return server.sites().stream()
                .flatMap(s -> s.listens().stream())
                .anyMatch(l -> l.port() == port
                        && (l.address().isEmpty()
                                || to.isEmpty()
                                || l.address().get().isAny()
                                || l.address().equals(to)));
    }

    Served because(String reason, List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new Served(program, server, place, files, written, master, worker, tree, seesProcess, reason, all);
    }

    /** What was written after the workers had read it: they may still go by what it said before. */
    Optional<String> newer() {
        return worker.flatMap(w -> written.entrySet().stream()
                .filter(f -> f.getValue().isAfter(w.started().plus(SAME_TIME)))
                .map(f -> f.getKey() + " was written after " + name() + " had read it: until that is reloaded, it may"
                        + " still go by what the file said before")
                .findFirst());
    }

    /** Those that answer by the configuration as it was read last, the oldest of them; the kernel forks further ones. */
    private Optional<Instant> read() {
        return master.map(m -> m.workers().stream()
                .filter(w -> !w.title().contains("cache ") && !w.title().contains("shutting down"))
                .map(Host.Child::started)
                .min(Comparator.naturalOrder())
                .orElse(m.started()));
    }

    /** What of the configuration the running server cannot have read, written last. */
    Optional<Map.Entry<PathBytes, Instant>> unread() {
        return read().flatMap(read -> written.entrySet().stream()
                .filter(f -> f.getValue().isAfter(read.plus(SAME_TIME)))
                .max(Map.Entry.comparingByValue()));
    }

    /** When anything of the configuration changed last: a file, or which files there are beside it. */
    Instant changed() {
        Traces traces = new Traces(tree);
        return written.keySet().stream()
                .flatMap(f -> Stream.of(f, f.parent().orElse(PathBytes.ROOT)))
                .distinct()
                .map(f -> traces.of(f).stamp().changed())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** The running server in words, or the configuration. */
    String name() {
        return master.map(m -> m.program() + " process " + m.pid()).orElseGet(() -> program.word());
    }
}
