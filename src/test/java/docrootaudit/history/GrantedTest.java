package docrootaudit.history;

import static docrootaudit.history.Scans.finished;
import static docrootaudit.history.Scans.interrupted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.AclEntry;
import docrootaudit.access.Attributes;
import docrootaudit.access.FileType;
import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.PosixAcl;
import docrootaudit.finding.GrantedDirectories;
import docrootaudit.finding.ScanRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What directories were like when they were last seen granted. */
class GrantedTest {
    private static final PathBytes A = PathBytes.of("/srv/www/a");
    private static final PathBytes B = PathBytes.of(new byte[] {'/', (byte) 0xff, '\n'});
    private static final Attributes PLAIN = new Attributes(FileType.DIRECTORY, 0755, 0, -2, Optional.empty());
    private static final Attributes WITH_ACL = new Attributes(
            FileType.DIRECTORY,
            02770,
            1000,
            1000,
            Optional.of(new PosixAcl(List.of(
                    AclEntry.of(AclEntry.Tag.OWNER, 7),
                    AclEntry.user(33, 5),
                    AclEntry.of(AclEntry.Tag.OWNING_GROUP, 7),
                    new AclEntry(AclEntry.Tag.MASK, 0, new Permissions(7)),
                    AclEntry.of(AclEntry.Tag.OTHER, 0)))));

    @TempDir
    private Path temporary;

    private History history;

    @BeforeEach
    void open() throws StoreException {
        history = Scans.open(temporary.resolve("store"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void nothing_is_known_before_the_first_scan() throws StoreException {
        assertEquals(List.of(Optional.empty(), Optional.empty()), before(finished(1), seen()));
    }

    @Test
    void all_that_an_inode_has_comes_back() throws StoreException {
        GrantedDirectories seen = seen();
        seen.granted(A, PLAIN);
        seen.granted(B, WITH_ACL);
        before(finished(1), seen);

        assertEquals(List.of(Optional.of(PLAIN), Optional.of(WITH_ACL)), before(finished(2), seen));
    }

    @Test
    void what_is_refused_is_remembered_as_it_was_however_long() throws StoreException {
        GrantedDirectories granted = seen();
        granted.granted(A, PLAIN);
        before(finished(1), granted);
        GrantedDirectories refused = seen();
        refused.refused(A);
        before(finished(2), refused);
        before(finished(3), refused);

        assertEquals(Optional.of(PLAIN), before(finished(4), refused).get(0));
    }

    @Test
    void what_is_gone_is_forgotten_but_not_what_was_not_seen() throws StoreException {
        GrantedDirectories granted = seen();
        granted.granted(A, PLAIN);
        before(finished(1), granted);
        before(interrupted(2), seen());
        before(finished(3, "/srv/www/mount"), seen());
        assertEquals(Optional.of(PLAIN), before(finished(4), seen()).get(0));

        assertEquals(Optional.empty(), before(finished(5), seen()).get(0));
    }

    private static GrantedDirectories seen() {
        return new GrantedDirectories();
    }

    /** What is known of A and B when a scan is recorded. */
    private List<Optional<Attributes>> before(ScanRecord scan, GrantedDirectories seen) throws StoreException {
        List<Optional<Attributes>> known = new ArrayList<>();
        history.record(scan, List.of(), Optional.of(seen), scan.ended(), (changes, past) -> {
            known.add(past.granted().of(A));
            known.add(past.granted().of(B));
            return List.of();
        });
        return known;
    }
}
