package docrootaudit.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands that go to the service, which runs as an account of its own that sees every tree, as under systemd: asked by
 * root, by a member of its group and by anybody else.
 */
class ControlSocketIT {
    private static final String SERVICE = "setpriv --reuid 61000 --regid 61001 --clear-groups"
            + " --inh-caps +dac_read_search --ambient-caps +dac_read_search --bounding-set -all,+dac_read_search";
    private static final String MEMBER =
            "setpriv --reuid 61002 --regid 61002 --groups 61001 --inh-caps -all --bounding-set -all";
    private static final String STRANGER =
            "setpriv --reuid 61003 --regid 61003 --clear-groups --inh-caps -all --bounding-set -all";

    private Ground ground;
    private Service service;

    @BeforeEach
    void start() throws Exception {
        ground = Ground.make();
        ground.bash("mkdir shop secret; touch index.html shop/a secret/plan; chmod 700 shop; mkdir ../run ../store;"
                + " chown 61000:61001 ../run ../store; chmod 700 ../store; chmod 755 ../run");
        ground.config(Service.configuration(ground, "every = \"1 day\"", ""));
        service = Service.start(ground, Jar.audit().through(SERVICE)).logs("this is the baseline");
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        ground.close();
    }

    private Jar audit() {
        return Jar.audit().with("audit.config=" + ground.path() + "/audit.toml");
    }

    private Answer as(String who, String... arguments) throws Exception {
        return audit().through(who).run(arguments).clean();
    }

    @Test
    void the_socket_is_for_the_group_and_nobody_else() throws Exception {
        assertEquals("srw-rw---- 61000 61001", Shell.bash("stat -c '%A %u %g' " + Service.socket(ground)));
    }

    @Test
    void what_the_service_prints_is_what_the_command_prints_without_it() throws Exception {
        List<String[]> commands = List.of(
                new String[] {"history"},
                new String[] {"history", "--format", "json"},
                new String[] {"history", ground.www("shop", "a")},
                new String[] {"status", "--format", "json"},
                new String[] {"now", "--format", "csv", "--no-such-option"});
        List<Answer> asked = new ArrayList<>();
        for (String[] command : commands) {
            asked.add(audit().run(command));
        }
        service.stop().ended(0);

        for (int i = 0; i < commands.size(); i++) {
            Answer alone = audit().run(commands.get(i));
            assertEquals(asked.get(i).status(), alone.status());
            assertEquals(withoutSize(asked.get(i).text()), withoutSize(alone.text()));
            assertEquals(asked.get(i).err(), alone.err());
        }
    }

    /** The file shrinks when it is closed, and the service is told of apart. */
    private static String withoutSize(String text) {
        return text.replaceAll("\"bytes\": ?[0-9]+|\"service\": ?[{][^}]*[}]", "");
    }

    @Test
    void a_scan_by_the_service_is_told_as_one_without_it() throws Exception {
        Answer asked = audit().run("now").clean();
        service.logs("scanned ", 2).stop().ended(0);
        Answer alone = audit().run("now").clean();

        assertEquals(1, alone.ended(1).status());
        assertEquals(1, asked.status());
        assertEquals(withoutTimes(alone.text()), withoutTimes(asked.text()));
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}", "");
    }

    @Test
    void root_may_name_any_directory_and_anybody() throws Exception {
        ground.bash("mkdir ../other; touch ../other/f; chmod 600 ../other/f");
        Answer answer = audit().run("now", ground.path() + "/other", "--as", "61003", "--format", "json")
                .clean();

        assertEquals(
                "1",
                answer.ended(1).json().all("causes").findFirst().orElseThrow().text("count"));
        service.logs("scanned " + ground.path() + "/other for 61003");
    }

    @Test
    void relative_paths_start_where_the_caller_is() throws Exception {
        Answer answer = audit().after("cd " + ground.path() + ";").run("now", "www", "--format", "json");

        assertEquals("[www]", answer.ended(1).json().list("roots").toString(), answer::toString);
        service.logs("scanned " + ground.www(), 2);
    }

    @Test
    void so_do_those_of_a_directory_whose_name_no_locale_spells() throws Exception {
        ground.bash("mkdir $'../+ \\xff%41' && touch $'../+ \\xff%41/f'");
        Answer answer = audit().after("cd " + ground.path() + "/$'+ \\xff%41'; LC_ALL=C")
                .run("now", ".");

        answer.ended(0);
        service.logs("scanned " + ground.path() + "/+ \\xff%41 for");
    }

    @Test
    void a_member_sees_the_configured_root_as_the_service_does() throws Exception {
        assertEquals(1, as(MEMBER, "now").ended(1).status());
        assertTrue(as(MEMBER, "now", ground.www()).text().contains(ground.www("shop")));
        assertTrue(as(MEMBER, "history").ended(0).text().contains(ground.www()));
        as(MEMBER, "history", ground.www()).ended(0);
        as(MEMBER, "status").ended(0);
    }

    /** Root pastes it from a mail: it must not be what a member calls the program. */
    @Test
    void commands_call_the_program_as_the_service_does() throws Exception {
        ground.bash("mkdir many; touch many/{1..60}; chmod 600 many/*");

        Answer asked = audit().with("audit.command=touch$IFS/tmp/owned;")
                .through(MEMBER)
                .run("now");

        assertTrue(asked.text().contains(" now " + ground.www()), asked.text());
        assertFalse(asked.text().contains("owned"), asked.text());
    }

    @Test
    void a_member_is_not_told_of_roots_that_only_root_has_named() throws Exception {
        ground.bash("mkdir ../hidden; touch ../hidden/f");
        audit().run("now", ground.path() + "/hidden").ended(0);

        for (String command : List.of("status", "history")) {
            assertTrue(audit().run(command).text().contains("hidden"));
            assertFalse(as(MEMBER, command).toString().contains("hidden"));
        }
    }

    @Test
    void a_member_learns_nothing_of_other_paths() throws Exception {
        String there = as(MEMBER, "now", ground.www("secret")).ended(2).sentence();
        String absent = as(MEMBER, "now", ground.www("absent")).ended(2).sentence();

        assertEquals(there.replace("secret", ""), absent.replace("absent", ""));
        assertEquals(
                "", as(MEMBER, "history", ground.www("secret", "plan")).ended(2).text());
        assertEquals("", as(MEMBER, "now", "@/etc/shadow").ended(2).text());
        String hidden = Shell.bash("head -n 1 /etc/shadow");
        assertFalse(as(MEMBER, "now", "@/etc/shadow").err().contains(hidden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--as root", "--as-pid 1", "--group 0", "--groups 0", "--need list", "--follow", "--debug"})
    void a_member_may_not_change_the_question(String option) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("now"));
        arguments.addAll(List.of(option.split(" ")));
        Answer answer = as(MEMBER, arguments.toArray(String[]::new)).ended(2);

        assertTrue(answer.sentence().contains(option.split(" ")[0] + " is for root"), answer::toString);
        assertEquals("", answer.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "status", "history", "now /root", "history /root"})
    void a_stranger_is_denied_and_told_no_path_of_anybody(String line) throws Exception {
        Answer answer = as(STRANGER, line.split(" ")).ended(4);

        assertTrue(answer.sentence().contains("permission denied"), answer::toString);
        assertFalse(answer.toString().contains("www"), answer::toString);
        assertEquals("", answer.text());
    }

    @Test
    void what_the_service_cannot_do_roots_own_process_does_and_says_that_it_is_not_recorded() throws Exception {
        long before = service.logged("scanned ");
        Answer answer = audit().run(
                        "now",
                        ground.www(),
                        "--as-pid",
                        Long.toString(ProcessHandle.current().pid()),
                        "--format",
                        "json")
                .ended(0);

        assertTrue(answer.err().contains("not recorded"), answer::toString);
        assertEquals(before, service.logged("scanned "));
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(Service.socket(ground)));
    }

    /** What came until the other side ended the connection. */
    private static ByteArrayOutputStream ended(SocketChannel channel) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        ByteBuffer some = ByteBuffer.allocate(4096);
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            some.clear();
            int length;
            try {
                length = channel.read(some);
            } catch (IOException reset) {
                return true;
            }
            got.write(some.array(), 0, Math.max(0, length));
            return length < 0;
        });
        return got;
    }

    /** Whatever is sent, the other side ends the connection, and still answers others. */
    private void isCutOff(SocketChannel channel) throws Exception {
        ByteArrayOutputStream got = ended(channel);
        assertFalse(got.toString(UTF_8).contains("fault"), got::toString);
        assertEquals(0, service.ask(OutputStream.nullOutputStream(), System.err, "status"));
        service.isClean();
    }

    @Test
    void random_bytes_do_no_harm() throws Exception {
        long seed = Seed.of("ControlSocketIT");
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[1 + random.nextInt(2000)];
            random.nextBytes(bytes);
            if (random.nextBoolean() && bytes.length > 16) {
                // the right beginning
                ByteBuffer.wrap(bytes).putInt(0x41554401).putInt(bytes.length - 8);
            }
            try (SocketChannel channel = connect()) {
                channel.write(ByteBuffer.wrap(bytes));
                channel.shutdownOutput();
                isCutOff(channel);
            }
        }
    }

    /** What is nearly a request gets further: to lengths, names of charsets and zones, and arguments that nobody means. */
    @Test
    void what_is_nearly_a_request_does_no_harm() throws Exception {
        long seed = Seed.of("ControlSocketIT");
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = random.nextBoolean() ? request("status") : request("history", ground.www());
            for (int n = random.nextInt(4); n >= 0; n--) {
                // the form stays
                int at = 4 + random.nextInt(bytes.length - 4);
                bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (bytes[at] + 1);
            }
            int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
            try (SocketChannel channel = connect()) {
                channel.write(ByteBuffer.wrap(bytes, 0, length));
                channel.shutdownOutput();
                ended(channel);
            }
        }
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap(new byte[] {'A'}));
            channel.shutdownOutput();
            isCutOff(channel);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void an_oversized_request_is_refused_unread() throws Exception {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.allocate(8)
                    .putInt(0x41554401)
                    .putInt(Integer.MAX_VALUE)
                    .flip());
            isCutOff(channel);
        }
    }

    @Test
    void who_says_nothing_is_cut_off() throws Exception {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap(new byte[] {'A', 'U', 'D'}));
            isCutOff(channel);
        }
    }

    @Test
    void a_hundred_at_once_are_all_answered() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(100);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String[] line = i % 10 == 0 ? new String[] {"now"} : new String[] {"history"};
                answers.add(callers.submit(
                        () -> service.ask(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), line)));
            }
            int refused = 0;
            for (Future<Integer> answer : answers) {
                refused += answer.get();
            }
            // the ten that scanned found the shop closed
            assertEquals(10, refused);
        } finally {
            callers.shutdownNow();
        }
        service.isClean();
    }

    @Test
    void members_who_connect_and_say_nothing_keep_root_waiting_not_at_all() throws Exception {
        String perl = "my @all; for (1 .. 200) { socket(my $s, AF_UNIX, SOCK_STREAM, 0) or die;"
                + " connect($s, pack_sockaddr_un($ARGV[0])) or die; push @all, $s; }"
                + " open(my $done, \">\", $ARGV[1]) or die; sleep 600;";
        Path done = ground.path().resolve("run/done");
        Shell.bash("chmod 777 " + done.getParent());
        try (Running members = Running.start(
                "exec " + MEMBER + " perl -MSocket -e '" + perl + "' " + Service.socket(ground) + " " + done)) {
            await().until(() -> Files.exists(done));
            long began = System.nanoTime();

            assertEquals(0, service.ask(OutputStream.nullOutputStream(), System.err, "status"));
            // those who say nothing are cut off after thirty seconds: it did not wait for that
            assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 20);
            members.signal("KILL");
        }
        as(MEMBER, "status").ended(0);
        service.isClean();
    }

    @Test
    void who_is_told_and_does_not_listen_keeps_nobody_else_waiting() throws Exception {
        ground.bash("for i in $(seq 3000); do mkdir n$i; : > n$i/f; chmod 600 n$i/f; done");
        List<SocketChannel> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                SocketChannel channel = connect();
                deaf.add(channel);
                channel.write(ByteBuffer.wrap(request("now", "--format", "json")));
            }
            service.logs("scanned ", 4);

            assertEquals(1, service.ask(OutputStream.nullOutputStream(), System.err, "now"));
        } finally {
            for (SocketChannel channel : deaf) {
                channel.close();
            }
        }
    }

    @Test
    void a_caller_that_goes_away_ends_its_scan_and_the_next_has_its_turn() throws Exception {
        ground.bash("mkdir d && cd d && seq 4000 | xargs touch && cd .. && for i in $(seq 200); do cp -al d e$i; done");
        try (SocketChannel caller = connect()) {
            caller.write(ByteBuffer.wrap(request("now")));
            assertTrue(service.process().opens(ground.www() + "/"));
        }
        service.logs("; not complete");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(1, service.ask(out, System.err, "now", "--format", "json"));

        assertEquals("true", Json.of(out.toByteArray()).text("complete"));
    }

    /** A request as it is sent, form and length in front. */
    private static byte[] request(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var data = new java.io.DataOutputStream(out);
        data.writeInt(arguments.length);
        List<String> texts = new ArrayList<>(List.of(arguments));
        texts.addAll(List.of("/", "UTF-8", "UTC"));
        for (String text : texts) {
            data.writeInt(text.length());
            data.writeBytes(text);
        }
        data.writeBoolean(false);
        data.writeBoolean(false);
        data.writeInt(0);
        byte[] body = out.toByteArray();
        return ByteBuffer.allocate(8 + body.length)
                .putInt(0x41554401)
                .putInt(body.length)
                .put(body)
                .array();
    }
}
