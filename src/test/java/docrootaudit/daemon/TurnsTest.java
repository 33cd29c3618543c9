package docrootaudit.daemon;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    private static List<PathBytes> roots(String... names) {
        return Stream.of(names).map(PathBytes::of).toList();
    }

    private CompletableFuture<Turns.Turn> ask(Turns turns, String... names) {
        return ask(turns, () -> true, names);
    }

    private CompletableFuture<Turns.Turn> ask(Turns turns, Turns.Patience patience, String... names) {
        CompletableFuture<Turns.Turn> turn = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                Turns.Turn taken = turns.take(roots(names), patience);
                begun.add(String.join(" ", names));
                turn.complete(taken);
            } catch (InterruptedException e) {
                turn.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        // it either has its turn or waits for it: who asks next comes after
        await().until(() -> turn.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return turn;
    }

    @Test
    void one_root_is_never_scanned_twice_at_once() throws Exception {
        Turns turns = new Turns(2);
        Turns.Turn first = turns.take(roots("/a"), () -> true);
        CompletableFuture<Turns.Turn> second = ask(turns, "/a");

        assertFalse(second.isDone());
        first.close();
        second.get().close();
    }

    @Test
    void not_more_run_at_once_than_are_allowed() throws Exception {
        Turns turns = new Turns(2);
        Turns.Turn first = turns.take(roots("/a"), () -> true);
        turns.take(roots("/b"), () -> true);
        CompletableFuture<Turns.Turn> third = ask(turns, "/c");

        assertFalse(third.isDone());
        first.close();
        third.get();
    }

    @Test
    void who_came_first_is_not_overtaken_at_his_roots() throws Exception {
        Turns turns = new Turns(3);
        Turns.Turn running = turns.take(roots("/a"), () -> true);
        CompletableFuture<Turns.Turn> all = ask(turns, "/a", "/b");
        CompletableFuture<Turns.Turn> later = ask(turns, "/b");

        assertFalse(later.isDone());
        running.close();
        all.get().close();
        later.get();
    }

    @Test
    void who_waits_for_a_busy_root_keeps_nobody_from_a_free_one() throws Exception {
        Turns turns = new Turns(2);
        turns.take(roots("/a"), () -> true);
        CompletableFuture<Turns.Turn> waiting = ask(turns, "/a");

        ask(turns, "/b").get().close();
        assertFalse(waiting.isDone());
        assertEquals(Set.of("/b"), begun);
    }

    @Test
    void a_scan_that_hangs_leaves_its_place_but_keeps_its_root() throws Exception {
        Turns turns = new Turns(1);
        Turns.Turn hanging = turns.take(roots("/nfs"), () -> true);
        CompletableFuture<Turns.Turn> same = ask(turns, "/nfs");
        CompletableFuture<Turns.Turn> other = ask(turns, "/a");
        hanging.abandon();

        other.get();
        assertFalse(same.isDone());
    }

    @Test
    void who_loses_patience_leaves_his_place_to_others() throws Exception {
        Turns turns = new Turns(1);
        AtomicBoolean there = new AtomicBoolean(true);
        Turns.Turn running = turns.take(roots("/a"), () -> true);
        CompletableFuture<Turns.Turn> gone = ask(turns, there::get, "/a");
        there.set(false);
        CompletableFuture<Turns.Turn> next = ask(turns, "/a");

        assertThrows(ExecutionException.class, gone::get);
        running.close();
        next.get();
    }

    @Test
    void a_new_limit_counts_at_once() throws Exception {
        Turns turns = new Turns(1);
        turns.take(roots("/a"), () -> true);
        CompletableFuture<Turns.Turn> waiting = ask(turns, "/b");
        turns.limit(2);

        waiting.get();
    }

    @Test
    void at_the_end_nobody_has_a_turn_any_more() throws Exception {
        Turns turns = new Turns(1);
        turns.take(roots("/a"), () -> true);
        CompletableFuture<Turns.Turn> waiting = ask(turns, "/b");
        turns.end();

        assertThrows(ExecutionException.class, waiting::get);
        assertThrows(InterruptedException.class, () -> turns.take(roots("/c"), () -> true));
    }
}
