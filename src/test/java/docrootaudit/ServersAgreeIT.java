package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.access.PathBytes;
import docrootaudit.access.Permissions;
import docrootaudit.access.Principal;
import docrootaudit.linux.KernelAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nginx and Apache answer 403 to, as www-data over a random root, is what the scan lists, and nothing else. */
class ServersAgreeIT {
    private static final int SIZE = 4000;

    private final long seed = Seed.of("servers agree");
    private Path top;
    private HostileTree tree;

    @BeforeEach
    void grow() throws Exception {
        Root.required();
        top = Bash.newDirectory("audit-servers");
        tree = new HostileTree(PathBytes.of(top.toString()), new Random(seed), SIZE);
    }

    @AfterEach
    void fell() throws Exception {
        Bash.remove(top);
    }

    @ParameterizedTest
    @EnumSource
    void forbidden_is_what_the_scan_lists(WebServer.Kind kind) throws Exception {
        Path run = Files.createDirectory(top.resolve("run"));
        List<PathBytes> asked = filesAndLinksToFiles();
        Map<Integer, Integer> statuses = new HashMap<>();
        List<String> differences = new ArrayList<>();
        Set<PathBytes> onlyProtected = new HashSet<>();
        try (WebServer server = new WebServer(kind, run, tree.site());
                Browser browser = new Browser(server)) {
            for (String protectedSymlinks : List.of("1", "0")) {
                try (ProtectedSymlinks setting = new ProtectedSymlinks(protectedSymlinks)) {
                    Set<PathBytes> listed = listed("www-data");
                    for (PathBytes path : asked) {
                        int status = browser.get(below(path));
                        statuses.merge(status, 1, Integer::sum);
                        if ((status == 403) != listed.contains(path) || (status != 403 && status != 200)) {
                            differences.add(status + (listed.contains(path) ? " listed " : " not listed ") + path);
                        }
                    }
                    setting.check();
                    onlyProtected.addAll(protectedSymlinks.equals("1") ? listed : List.of());
                    onlyProtected.removeAll(protectedSymlinks.equals("0") ? listed : List.of());
                }
            }
        }
        System.out.println(kind + ": " + 2 * asked.size() + " requests compared, " + statuses + ", "
                + onlyProtected.size() + " links refused by fs.protected_symlinks alone, " + differences.size()
                + " differences");
        assertEquals(List.of(), differences.subList(0, Math.min(10, differences.size())), "seed " + seed);
        assertTrue(statuses.get(403) > asked.size() / 10 && statuses.get(200) > asked.size() / 10, statuses::toString);
    }

    /** Also where no server can be asked: directories, links to them, other users. */
    @ParameterizedTest
    @ValueSource(ints = {33, 61002, 0xee6b2801})
    void refused_by_the_kernel_is_what_the_scan_lists(int uid) throws Exception {
        Map<PathBytes, Permissions> asked = new LinkedHashMap<>();
        try (ProtectedSymlinks off = new ProtectedSymlinks("0")) {
            for (PathBytes path : tree.inside()) {
                needed(path).ifPresent(need -> asked.put(path, need));
            }
            off.check();
        }
        List<String> differences = new ArrayList<>();
        try (KernelAnswers kernel = new KernelAnswers(Principal.of(uid, uid));
                ProtectedSymlinks on = new ProtectedSymlinks("1")) {
            Set<PathBytes> listed = listed(Integer.toUnsignedString(uid));
            asked.forEach((path, need) -> {
                int errno = kernel.ask(path, need);
                if ((errno == 13) != listed.remove(path)) {
                    differences.add("kernel " + errno + " at " + path);
                }
            });
            on.check();
            listed.forEach(path -> differences.add("listed for no reason: " + path));
        }
        System.out.println("the kernel to uid " + Integer.toUnsignedString(uid) + ": " + asked.size()
                + " paths compared, " + differences.size() + " differences");
        assertEquals(List.of(), differences.subList(0, Math.min(10, differences.size())), "seed " + seed);
    }

    /** What a scan asks of what a path ends at. */
    private static Optional<Permissions> needed(PathBytes path) {
        Optional<Inodes.Held> end = Inodes.hold(path);
        try (Inodes.Held held = end.orElse(null)) {
            return end.filter(h -> h.isRegular() || h.isDirectory())
                    .map(h -> h.isRegular() ? Permissions.READ : Permissions.EXECUTE);
        }
    }

    private PathBytes below(PathBytes path) {
        return PathBytes.of(path.bytes(), tree.site().length(), path.length());
    }

    /**
     * What is compared. Left out are directories, and links that end nowhere or at something that is not a file:
     * whatever a server answers there is not about permissions. What a link ends at is asked as root without
     * fs.protected_symlinks, from which root is not excepted.
     */
    private List<PathBytes> filesAndLinksToFiles() throws IOException {
        List<PathBytes> asked = new ArrayList<>();
        try (ProtectedSymlinks off = new ProtectedSymlinks("0")) {
            for (PathBytes path : tree.inside()) {
                if (needed(path).equals(Optional.of(Permissions.READ))) {
                    asked.add(path);
                }
            }
            off.check();
        }
        return asked;
    }

    private Set<PathBytes> listed(String as) throws IOException, InterruptedException {
        String site = tree.site().utf8().orElseThrow();
        Set<PathBytes> asked = listed("now", site, "--as", as, "--no-store", "--each", "-0");
        assertEquals(asked, listed("now", site, "--as", as, "--no-store", "--each", "-0", "--simulate"));
        return asked;
    }

    private static Set<PathBytes> listed(String... command) throws IOException, InterruptedException {
        AuditJar.Result result = AuditJar.run(command);
        assertEquals("", result.err());
        assertEquals(1, result.status());
        return new HashSet<>(result.paths());
    }
}
